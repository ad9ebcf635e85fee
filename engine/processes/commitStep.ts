import { randomUUID } from 'node:crypto'
import type { Json, JsonObject } from '#forms'
import { writeAudit } from '../audit/writeAudit.ts'
import type { AdvanceResult, CompiledProcess, Effect, Wait } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { followOrders, nextOrder } from '../order.ts'
import { candidateKey, entityOf, type InstalledPack } from '../packs/index.ts'
import type { Db, HistoryDoc, InstanceDoc, RecordDoc, TaskDoc, TimerDoc } from '../persistence/index.ts'
import { stateField, writeRecord } from '../records/index.ts'
import { packState } from './engineState.ts'
import { RevisionMoved } from './RevisionMoved.ts'
import { syncWork } from './syncWork.ts'
import { historyRow } from './historyRow.ts'
import { inboxOf } from './inboxOf.ts'
import { notifyAbout } from './notifyAbout.ts'
import { writePath } from './visitPath.ts'

export interface CommitInput {
  installed: InstalledPack
  definition: CompiledProcess
  /** As loaded; for a start, the new instance with revision 0. */
  instance: InstanceDoc
  isNew: boolean
  record: { entity: string; id: string; stored: RecordDoc | null } | null
  /** Record fields that the person's form changed. */
  formChanges: JsonObject
  form: JsonObject
  result: AdvanceResult
  /** The task this step completed, when it did. */
  completed: { task: TaskDoc; outcome: string; label: string; reason: string | null; data: JsonObject } | null
  /** A message that was sent. */
  message: { name: string; label: string; reason: string | null } | null
  /** What this step comes after besides its own case: its lines come after that one's. */
  after?: { order?: number } | null
}

/** One step, one transaction: instance, record, tasks, timers, outbox, history and audit, all or nothing. */
export async function commitStep(
  ctx: Ctx,
  db: Db,
  input: CommitInput,
): Promise<{ record: RecordDoc | null; opened: TaskDoc[]; closed: TaskDoc | null }> {
  const now = ctx.clock.now()
  const { instance, result } = input
  await saveInstance(ctx, db, input)
  const record = await saveRecord(ctx, db, input)
  await saveVisits(ctx, db, input)
  const closed = input.completed && (await closeTask(ctx, db, input.completed, now))
  await historyOfStep(ctx, db, input)
  for (const effect of result.effects) await applyEffect(ctx, db, input, effect, record)
  await db.timers.insertMany(result.effects.flatMap((effect) => reminderOf(instance, effect)))
  const opened = await syncTasks(ctx, db, input, record)
  await syncTimers(db, input)
  await syncWork(ctx, db, input)
  await writeAudit(ctx, db, {
    action: input.isNew
      ? 'process.started'
      : input.completed
        ? 'task.completed'
        : input.message
          ? 'message.sent'
          : 'process.advanced',
    thing: instance.process,
    entity: instance.record?.entity ?? null,
    record: instance.record?.id ?? null,
    instance: instance._id,
    details: {
      ...(input.completed
        ? { task: input.completed.task.node, outcome: input.completed.outcome, reason: input.completed.reason }
        : {}),
      ...(input.message ? { message: input.message.name, reason: input.message.reason } : {}),
      states: result.states.map((state) => state.value),
    },
  })
  // Notifications last: they tell of the tasks just opened and of the record as it now is.
  for (const effect of result.effects) if (effect.type === 'notify') await notify(ctx, db, input, effect, opened)
  return { record, opened, closed }
}

async function saveInstance(ctx: Ctx, db: Db, input: CommitInput): Promise<void> {
  const { instance, result } = input
  const ended = result.status === 'completed'
  const fields = {
    status: ended ? ('completed' as const) : ('running' as const),
    state: ended || !result.state ? null : packState(result.state),
    order: followOrders(ctx, db, instance, input.record?.stored, input.after),
    vars: result.vars,
    jobs: result.openJobs,
    waits: result.waits.map(({ executionId, node, kind, message }) => ({ executionId, node, kind, message })),
    endedAt: ended ? ctx.clock.now() : null,
  }
  if (input.isNew) {
    await db.instances.insert({ ...instance, ...fields, revision: 1 })
    return
  }
  const matched = await db.instances.updateOne(
    { _id: instance._id, revision: instance.revision },
    { $set: { ...fields, revision: instance.revision + 1 } },
  )
  if (matched === 0) throw new RevisionMoved()
}

async function saveRecord(ctx: Ctx, db: Db, input: CommitInput): Promise<RecordDoc | null> {
  if (!input.record) return null
  const entity = await entityOf(ctx, input.record.entity)
  const changes = { ...input.formChanges, ...input.result.recordChanges }
  if (input.record.stored && Object.keys(changes).length === 0) return input.record.stored
  return writeRecord(ctx, db, {
    entity,
    before: input.record.stored,
    id: input.record.id,
    changes,
    by: 'process',
    instance: input.instance._id,
    // Changes of the person are told; what the process writes by itself shows in the states.
    historyText: input.record.stored ? (Object.keys(input.formChanges).length > 0 ? undefined : null) : undefined,
  })
}

async function saveVisits(ctx: Ctx, db: Db, input: CommitInput): Promise<void> {
  if (input.result.visits.length === 0) return
  await db.visits.insert({
    _id: randomUUID(),
    instance: input.instance._id,
    sequence: nextOrder(ctx, db),
    at: ctx.clock.now(),
    actorName: ctx.actor.name,
    path: writePath(input.result.visits),
  })
}

async function closeTask(
  ctx: Ctx,
  db: Db,
  completed: NonNullable<CommitInput['completed']>,
  now: Date,
): Promise<TaskDoc> {
  const answer = {
    status: 'completed' as const,
    completedBy: ctx.actor.id,
    completedFor: ctx.actor.onBehalf?.id ?? null,
    completedAt: now,
    outcome: completed.outcome,
    form_data: { ...completed.data, ...(completed.reason ? { reason: completed.reason } : {}) },
  }
  const matched = await db.tasks.updateOne({ _id: completed.task._id, status: 'open' }, { $set: answer })
  if (matched === 0) throw new RevisionMoved()
  return { ...completed.task, ...answer }
}

async function historyOfStep(ctx: Ctx, db: Db, input: CommitInput): Promise<void> {
  const { completed, message, result } = input
  const row = (kind: HistoryDoc['kind'], text: string, extra?: Partial<HistoryDoc>): HistoryDoc =>
    historyRow(ctx, db, input.instance, kind, text, extra)
  const rows: HistoryDoc[] = []
  const reason = (given: string | null): string => (given ? `: ${given}` : '')
  if (completed) rows.push(row('task', `${completed.task.title} — ${completed.label}${reason(completed.reason)}`))
  if (message) rows.push(row('message', `${message.label}${reason(message.reason)}`))
  const entity = input.record ? await entityOf(ctx, input.record.entity) : null
  const field = entity ? stateField(entity.definition) : null
  // A new case shows its first state too, although its record was written with it.
  let before: Json = field && !input.isNew ? (input.record?.stored?.data[field] ?? null) : null
  for (const state of result.states) {
    if (state.value === before) continue
    rows.push(row('state', `Estado: ${state.value}`, { changes: field ? [{ field, before, after: state.value }] : [] }))
    before = state.value
  }
  if (result.status === 'completed') rows.push(row('ended', 'Trámite terminado'))
  await db.history.insertMany(rows)
}

async function applyEffect(
  ctx: Ctx,
  db: Db,
  input: CommitInput,
  effect: Effect,
  record: RecordDoc | null,
): Promise<void> {
  switch (effect.type) {
    case 'record.create':
      await writeRecord(ctx, db, {
        entity: await entityOf(ctx, effect.entity),
        before: null,
        id: effect.id,
        changes: effect.data,
        by: 'process',
        instance: input.instance._id,
      })
      return
    case 'record.copy': {
      const entity = await entityOf(ctx, effect.entity)
      const source = await db.records(effect.entity).get(effect.from)
      if (!source) throw new Error(`record ${effect.entity} ${effect.from} does not exist`)
      const copied = Object.fromEntries(
        Object.entries(source.data).filter(([name]) => !entity.definition.properties[name]?.['x-code']),
      )
      await writeRecord(ctx, db, {
        entity,
        before: null,
        id: effect.id,
        changes: { ...copied, ...effect.data },
        by: 'process',
        instance: input.instance._id,
      })
      return
    }
    case 'record.update': {
      const entity = await entityOf(ctx, effect.entity)
      const before = effect.id === record?._id ? record : await db.records(effect.entity).get(effect.id)
      if (!before) throw new Error(`record ${effect.entity} ${effect.id} does not exist`)
      await writeRecord(ctx, db, {
        entity,
        before,
        changes: effect.data,
        by: 'process',
        instance: input.instance._id,
        historyText: null,
      })
      return
    }
    case 'schedule-notify':
    case 'escalate':
    case 'notify':
      return
  }
}

/** The row of a reminder or an escalation; none for other effects. */
function reminderOf(instance: InstanceDoc, effect: Effect): TimerDoc[] {
  if (effect.type !== 'schedule-notify' && effect.type !== 'escalate') return []
  return [
    {
      _id: randomUUID(),
      kind: effect.type === 'escalate' ? 'escalate' : 'notify',
      instance: instance._id,
      executionId: effect.executionId,
      node: effect.node,
      dueAt: effect.at,
      lease: null,
      payload: { ...effect, at: effect.at.toISOString() } as unknown as JsonObject,
    },
  ]
}

async function notify(
  ctx: Ctx,
  db: Db,
  input: CommitInput,
  effect: Extract<Effect, { type: 'notify' }>,
  opened: TaskDoc[],
): Promise<void> {
  await notifyAbout(ctx, db, {
    instance: { ...input.instance, vars: input.result.vars },
    template: effect.template,
    to: effect.to,
    task: opened.find((candidate) => candidate.node === effect.node) ?? input.completed?.task ?? null,
    form: { ...input.form, ...effect.form },
  })
}

/**
 * Opens tasks for new waits, cancels those that are gone, keeps the rest as they are (an assignee stays). Which tasks were
 * open says the case itself: its waits are written in the same commit.
 */
async function syncTasks(ctx: Ctx, db: Db, input: CommitInput, record: RecordDoc | null): Promise<TaskDoc[]> {
  const { instance, result, completed } = input
  const before = instance.waits.filter((wait) => wait.kind === 'task').map((wait) => wait.executionId)
  const known = new Set(before)
  const waiting = result.waits.filter((wait) => wait.kind === 'task')
  const stillOpen = new Set(waiting.map((wait) => wait.executionId))
  const gone = before.filter((id) => !stillOpen.has(id) && id !== completed?.task.executionId)
  if (gone.length > 0)
    await db.tasks.updateMany(
      { instance: instance._id, executionId: { $in: gone }, status: 'open' },
      { $set: { status: 'cancelled', completedAt: ctx.clock.now() } },
    )
  // The label of the record may have changed with this step.
  if (record && input.record?.stored && input.record.stored.label !== record.label && known.size > 0)
    await db.tasks.updateMany({ instance: instance._id, status: 'open' }, { $set: { recordLabel: record.label } })
  const fresh = waiting
    .filter((wait) => !known.has(wait.executionId))
    .map((wait) => taskOf(ctx, input, wait, record, ctx.clock.now()))
  await db.tasks.insertMany(fresh)
  return fresh
}

function taskOf(ctx: Ctx, input: CommitInput, wait: Wait, record: RecordDoc | null, now: Date): TaskDoc {
  const node = input.definition.nodes[wait.node]
  const candidates = wait.candidates.map(candidateKey)
  return {
    _id: randomUUID(),
    executionId: wait.executionId,
    instance: input.instance._id,
    process: input.instance.process,
    pack: input.instance.pack,
    node: wait.node,
    title: wait.title ?? node?.name ?? wait.node,
    form: node?.form ?? null,
    record: input.instance.record,
    recordLabel: record?.label ?? null,
    assignee: wait.assignee,
    candidates,
    ...inboxOf(wait.assignee, candidates),
    dueSort: wait.dueAt ?? END_OF_TIME,
    notSameAs: node?.notSameAs ?? null,
    priority: node?.priority ?? 0,
    dueAt: wait.dueAt,
    status: 'open',
    from: ctx.actor.id,
    createdAt: now,
    completedBy: null,
    completedAt: null,
    outcome: null,
    form_data: null,
  }
}

export const END_OF_TIME = new Date('9999-12-31T00:00:00Z')

/** Timers, reminders and escalations of what is no longer open go; new ones come; those that moved get their new date. */
async function syncTimers(db: Db, input: CommitInput): Promise<void> {
  const { instance, result } = input
  if (!input.isNew) {
    const open = new Set([...result.waits, ...result.timers].map((wait) => wait.executionId))
    await db.timers.deleteMany({ instance: instance._id, executionId: { $nin: [...open] } })
  }
  if (result.timers.length === 0) return
  const stored = input.isNew ? [] : await db.timers.find({ instance: instance._id, kind: 'timer' })
  const fresh: TimerDoc[] = []
  for (const timer of result.timers) {
    const existing = stored.find((candidate) => candidate.executionId === timer.executionId)
    if (existing?.dueAt.getTime() === timer.dueAt.getTime()) continue
    if (existing) await db.timers.updateOne({ _id: existing._id }, { $set: { dueAt: timer.dueAt, lease: null } })
    else {
      fresh.push({
        _id: randomUUID(),
        kind: 'timer',
        instance: instance._id,
        executionId: timer.executionId,
        node: timer.node,
        dueAt: timer.dueAt,
        lease: null,
        payload: {},
      })
    }
  }
  await db.timers.insertMany(fresh)
}

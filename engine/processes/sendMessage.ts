import type { MessageView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { demandStep, isCandidate, mayStep } from '../access/index.ts'
import type { MessageDefinition } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf, resolveForm, settingsOf } from '../packs/index.ts'
import type { InstanceDoc } from '../persistence/index.ts'
import { entityOf } from '../packs/index.ts'
import { formView, visibleRecord } from '../records/index.ts'
import { caseRecord } from './caseRecord.ts'
import { conditionHolds } from './conditionHolds.ts'
import { readForm } from './readForm.ts'
import { onceOnly } from './onceOnly.ts'
import { endedCaseFor, reopenCase } from './reopenCase.ts'
import { definitionOf, runStep, type StepResult } from './runStep.ts'
import { stepFacts } from './stepFacts.ts'

export interface SendMessageInput {
  instance: string
  name: string
  data: JsonObject
  reason?: string
}

/** What a message did: it closes no task. */
export type SentMessage = Omit<StepResult, 'closed'>

/** A move that is not a task: annulling, for example, or re-opening what has ended. 404, 403, 409 `message.not-expected`, 422. */
export async function sendMessage(ctx: Ctx, input: SendMessageInput): Promise<SentMessage> {
  const instance = await visibleInstance(ctx, input.instance)
  return onceOnly(
    ctx,
    'sendMessage',
    () => sendNew(ctx, input, instance),
    (done) => Promise.resolve({ ...done, record: null }),
  )
}

async function sendNew(ctx: Ctx, input: SendMessageInput, instance: InstanceDoc): Promise<SentMessage> {
  if (instance.status !== 'running') return reopenCase(ctx, instance, input)
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  const definition = definitionOf(installed, instance.process)
  const message = Object.values(definition.messages).find((candidate) => candidate.name === input.name)
  if (!message) throw new CauceError('thing.not-found')
  const record = await caseRecord(ctx, instance)
  if (!isCandidate(await packsOf(ctx).all(ctx), ctx.actor, message.candidates, record ?? {}))
    throw new CauceError('access.denied')
  if (instance.record) await demandStep(ctx, ctx.db, instance.record, input.name)
  if (!(await isOffered(ctx, instance, message, record))) throw new CauceError('message.not-expected')
  const form = resolveForm(installed, message.form, await settingsOf(ctx, installed))
  const answer = await readForm(ctx, { form, installed, data: input.data, record, warned: true })
  const value = input.reason ? { ...answer.value, reason: input.reason } : answer.value
  return runStep(ctx, {
    instance: instance._id,
    operation: 'sendMessage',
    event: { type: 'message', name: input.name, form: value },
    formChanges: answer.recordChanges,
    form: value,
    check: async (current) => {
      if (!(await isOffered(ctx, current, message, record))) throw new CauceError('message.not-expected')
      return { completed: null, message: { name: input.name, label: message.label, reason: input.reason ?? null } }
    },
  })
}

/**
 * A message for the case of a record that waits for it: correlation by the record (the default of the vocabulary). 404
 * unless the actor may read the record, 409 when no case of it waits for this message or is re-opened by it.
 */
export async function correlateMessage(
  ctx: Ctx,
  input: { name: string; record: { entity: string; id: string }; data: JsonObject; reason?: string },
): Promise<SentMessage> {
  await visibleRecord(ctx, ctx.db, await entityOf(ctx, input.record.entity), input.record.id)
  const instances = await ctx.db.instances.find({
    'record.entity': input.record.entity,
    'record.id': input.record.id,
  })
  const waiting =
    instances.find(({ status, waits }) => status === 'running' && waits.some((wait) => wait.message === input.name)) ??
    (await endedCaseFor(ctx, input.name, instances))
  if (!waiting) throw new CauceError('message.not-expected')
  const { name, data, reason } = input
  return sendMessage(ctx, { instance: waiting._id, name, data, ...(reason ? { reason } : {}) })
}

/** Messages this actor may send to the open cases of a record, as buttons. */
export async function offeredMessages(ctx: Ctx, instances: InstanceDoc[]): Promise<MessageView[]> {
  const views: MessageView[] = []
  const packs = await packsOf(ctx).all(ctx)
  for (const instance of instances) {
    const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
    const definition = definitionOf(installed, instance.process)
    const record = await caseRecord(ctx, instance)
    for (const message of Object.values(definition.messages)) {
      if (!isCandidate(packs, ctx.actor, message.candidates, record ?? {}) || message.candidates.length === 0) continue
      if (!(await isOffered(ctx, instance, message, record))) continue
      if (instance.record && !(await mayStep(ctx, ctx.db, instance.record, message.name))) continue
      const form = message.form ? resolveForm(installed, message.form, await settingsOf(ctx, installed)) : null
      views.push({
        instance: instance._id,
        name: message.name,
        label: message.label,
        kind: message.kind,
        confirm: message.confirm,
        reason: false,
        form: form ? formView(form) : null,
      })
    }
  }
  return views
}

async function isOffered(
  ctx: Ctx,
  instance: InstanceDoc,
  message: MessageDefinition,
  record: JsonObject | null,
): Promise<boolean> {
  if (instance.status !== 'running' || !instance.waits.some((wait) => wait.message === message.name)) return false
  if (!message.showWhen) return true
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  const facts = await stepFacts(ctx, ctx.db, {
    installed,
    record: instance.record ? { ...instance.record, data: record ?? {} } : null,
    vars: instance.vars,
  })
  return conditionHolds(ctx, installed, facts, message.showWhen)
}

/** An instance whose record this actor may read (or that he started); else 404. */
export async function visibleInstance(ctx: Ctx, id: string): Promise<InstanceDoc> {
  const instance = await ctx.db.instances.get(id)
  if (!instance) throw new CauceError('thing.not-found')
  if (instance.record) await visibleRecord(ctx, ctx.db, await entityOf(ctx, instance.record.entity), instance.record.id)
  else if (ctx.actor.front !== null && instance.startedBy !== ctx.actor.id) throw new CauceError('thing.not-found')
  return instance
}

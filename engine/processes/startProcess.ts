import { randomUUID } from 'node:crypto'
import type { ProcessView } from '#engine/contract'
import { settleForm, type JsonObject } from '#forms'
import { can, isCandidate, mayDo } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, packsOf, processOf, resolveForm, settingsOf, type InstalledPack } from '../packs/index.ts'
import type { InstanceDoc, RecordDoc, TaskDoc } from '../persistence/index.ts'
import {
  environmentView,
  factsQuestion,
  formEnvironment,
  formView,
  labelsForData,
  newId,
  stateField,
  writeRecord,
} from '../records/index.ts'
import { computeStep } from './computeStep.ts'
import { commitStep } from './commitStep.ts'
import { definitionOf } from './runStep.ts'
import { readForm } from './readForm.ts'
import { observeStep, type ObservedStep } from './observeStep.ts'
import { onceOnly, rememberRequest } from './onceOnly.ts'

export interface StartProcessInput {
  process: string
  data: JsonObject
  warned?: boolean
}
export interface Started {
  instance: InstanceDoc
  record: RecordDoc | null
  opened: TaskDoc[]
}

/**
 * Starts a process in the version in force: its record (when it makes one), the first tasks and all else in one commit.
 * 404 unknown, 403 not a candidate, 422 with issues.
 */
export function startProcess(ctx: Ctx, input: StartProcessInput): Promise<Started> {
  return onceOnly(
    ctx,
    'startProcess',
    () => {
      const step: ObservedStep = { process: input.process, instance: null, event: 'start' }
      return observeStep(ctx, step, async () => {
        const started = await startNew(ctx, input)
        step.instance = started.instance._id
        return started
      })
    },
    (done) => again(ctx, done),
  )
}

/** `publicForm`: a stranger begins it with this form, and may do nothing else (see publicProcess.ts, which has checked it). */
export async function startNew(ctx: Ctx, input: StartProcessInput, publicForm?: string): Promise<Started> {
  const installed = await processOf(ctx, input.process)
  const definition = definitionOf(installed, input.process)
  const { process } = definition
  if (publicForm === undefined) await demandStart(ctx, installed, input.process)
  const settings = await settingsOf(ctx, installed)
  const form = resolveForm(installed, publicForm ?? process.start.form, settings)
  const answer = await readForm(ctx, { form, installed, data: input.data, record: null, warned: input.warned ?? false })

  const now = ctx.clock.now()
  const entityKey = process.startOn === 'create' ? process.entity : null
  const recordId = newId()
  const initial: JsonObject = { ...answer.recordChanges }
  if (entityKey) {
    const entity = await entityOf(ctx, entityKey)
    const field = stateField(entity.definition)
    if (field && process.initialState) initial[field] = process.initialState
  }
  const instance: InstanceDoc = {
    _id: randomUUID(),
    process: input.process,
    pack: { name: installed.name, number: installed.number },
    definitionHash: definition.hash,
    status: 'running',
    record: entityKey ? { entity: entityKey, id: recordId } : null,
    revision: 0,
    state: null,
    vars: {},
    waits: [],
    parent: null,
    startedBy: ctx.actor.id,
    startedAt: now,
    endedAt: null,
  }
  const { record, opened } = await ctx.transaction(async (db) => {
    // The record comes first: its code is counted in this transaction, and the first task's title may name it.
    const entity = entityKey ? await entityOf(ctx, entityKey) : null
    const created = entity
      ? await writeRecord(ctx, db, {
          entity,
          before: null,
          id: recordId,
          changes: initial,
          by: 'process',
          instance: instance._id,
        })
      : null
    // The row rule holds for what is started too, computed values included: nobody opens a case for another company.
    if (
      entity &&
      created &&
      publicForm === undefined &&
      !mayDo(ctx, entity, 'create', { ...created.data, id: recordId })
    )
      throw new CauceError('access.denied')
    const result = await computeStep(ctx, db, {
      installed,
      definition,
      instance: null,
      event: { type: 'start', form: answer.value },
      record: created && entityKey ? { entity: entityKey, id: recordId, data: created.data } : null,
      vars: {},
      at: now,
    })
    if (result.status === 'failed') {
      ctx.log.error({ process: input.process, error: result.error }, 'start failed')
      throw new CauceError('step.failed', {}, { details: { incident: result.error ?? null } })
    }
    const states = process.initialState
      ? [{ node: process.start.node, value: process.initialState }, ...result.states]
      : result.states
    const committed = await commitStep(ctx, db, {
      installed,
      definition,
      instance,
      isNew: true,
      record: created && entityKey ? { entity: entityKey, id: recordId, stored: created } : null,
      formChanges: {},
      form: answer.value,
      result: { ...result, states },
      completed: null,
      message: null,
    })
    await rememberRequest(ctx, db, 'startProcess', instance._id, committed.opened)
    if (ctx.actor.id) await db.formDrafts.deleteMany({ user: ctx.actor.id, key: `process:${input.process}` })
    return committed
  })
  return { instance, record, opened }
}

/** The answer of a start that was sent twice. */
async function again(ctx: Ctx, replay: { instance: string; opened: TaskDoc[] }): Promise<Started> {
  const instance = await ctx.db.instances.get(replay.instance)
  if (!instance) throw new CauceError('thing.not-found')
  const record = instance.record ? await ctx.db.records(instance.record.entity).get(instance.record.id) : null
  return { instance, record, opened: replay.opened }
}

/** Throws 403 for who may not start it. */
export async function demandStart(ctx: Ctx, installed: InstalledPack, key: string): Promise<void> {
  const { process } = definitionOf(installed, key)
  if (process.startOn !== 'create' && process.startOn !== 'record') throw new CauceError('access.denied')
  const { candidates } = process.start
  const packs = await packsOf(ctx).all(ctx)
  const allowed =
    candidates.length > 0
      ? isCandidate(packs, ctx.actor, candidates, {})
      : await can(ctx, process.entity ?? key, 'create')
  if (!allowed) throw new CauceError('access.denied')
}

/** The start form of a process with proposed values; 403 for who may not start it. */
export async function processView(ctx: Ctx, key: string): Promise<ProcessView> {
  const installed = await processOf(ctx, key)
  const definition = definitionOf(installed, key)
  await demandStart(ctx, installed, key)
  const settings = await settingsOf(ctx, installed)
  const form = resolveForm(installed, definition.process.start.form, settings)
  const environment = await formEnvironment(ctx, ctx.db, {
    installed,
    form,
    properties: form.schema.properties ?? {},
    record: null,
    value: {},
  })
  const data = settleForm(form.model, {}, environment, { event: 'create', keepHidden: true }).value
  const draft = ctx.actor.id ? await ctx.db.formDrafts.findOne({ user: ctx.actor.id, key: `process:${key}` }) : null
  return {
    key,
    title: definition.name,
    version: installed.number,
    entity: definition.process.entity,
    form: formView(form),
    data,
    labels: await labelsForData(ctx, form.entity, { ...data, ...draft?.data }),
    draft: draft ? { data: draft.data, savedAt: draft.savedAt.toISOString() } : null,
    environment: {
      ...environmentView(environment, form.schema),
      ask: factsQuestion(installed, form, { operation: 'processFacts', params: { key } }),
    },
  }
}

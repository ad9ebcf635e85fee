import { randomUUID } from 'node:crypto'
import type { MessageView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { isCandidate } from '../access/index.ts'
import { type MessageDefinition } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError, readReason } from '../errors.ts'
import { packsOf, processOf, resolveForm, settingsOf, type InstalledPack } from '../packs/index.ts'
import { isDuplicateKey, type InstanceDoc } from '../persistence/index.ts'
import { formView } from '../records/index.ts'
import { caseRecord } from './caseRecord.ts'
import { computeStep } from './computeStep.ts'
import { commitStep } from './commitStep.ts'
import { conditionHolds } from './conditionHolds.ts'
import { observeStep } from './observeStep.ts'
import { rememberRequest } from './onceOnly.ts'
import { readForm } from './readForm.ts'
import { definitionOf, type StepResult } from './runStep.ts'
import { stepFacts } from './stepFacts.ts'

export interface ReopenInput {
  name: string
  data: JsonObject
  reason?: string
}

/**
 * Lets an ended case begin again at the node that the message names (`wf:reopensAt`): as a new case of the version in
 * force, about the same record, with the variables the old one ended with. 403 not a candidate, 409
 * `message.not-expected` when the case goes on already or the message is not for this moment, 422 without a reason.
 */
export async function reopenCase(ctx: Ctx, ended: InstanceDoc, input: ReopenInput): Promise<StepResult> {
  const installed = await processOf(ctx, ended.process)
  const definition = definitionOf(installed, ended.process)
  const message = Object.hasOwn(definition.messages, input.name) ? definition.messages[input.name] : undefined
  if (!message) throw new CauceError('thing.not-found')
  const record = await caseRecord(ctx, ended)
  if (!isCandidate(await packsOf(ctx).all(ctx), ctx.actor, message.candidates, record ?? {}))
    throw new CauceError('access.denied')
  if (!(await isOffered(ctx, installed, ended, message))) throw new CauceError('message.not-expected')
  const reason = readReason(input.reason, asksReason(message))
  const form = resolveForm(installed, message.form, await settingsOf(ctx, installed))
  const answer = await readForm(ctx, { form, installed, data: input.data, record, warned: true })
  const value = reason === '' ? answer.value : { ...answer.value, reason }
  const now = ctx.clock.now()
  const instance: InstanceDoc = {
    _id: randomUUID(),
    process: ended.process,
    pack: { name: installed.name, number: installed.number },
    definitionHash: definition.hash,
    status: 'running',
    record: ended.record,
    revision: 0,
    ...(ended.order === undefined ? {} : { order: ended.order }),
    state: null,
    vars: ended.vars,
    waits: [],
    parent: null,
    reopens: ended._id,
    startedBy: ended.startedBy,
    startedAt: now,
    endedAt: null,
  }
  const step = { process: ended.process, instance: instance._id, event: 'reopen' }
  return observeStep(ctx, step, async () => {
    try {
      return await ctx.transaction(async (db) => {
        const stored = ended.record ? await db.records(ended.record.entity).get(ended.record.id) : null
        const result = await computeStep(ctx, db, {
          installed,
          definition,
          instance: null,
          event: { type: 'start', form: value, reopens: message.name },
          record: ended.record ? { ...ended.record, data: stored?.data ?? {} } : null,
          changes: answer.recordChanges,
          vars: ended.vars,
          at: now,
        })
        if (result.status === 'failed')
          throw new CauceError('step.failed', {}, { details: { incident: result.error ?? null } })
        const committed = await commitStep(ctx, db, {
          installed,
          definition,
          instance,
          isNew: true,
          record: ended.record ? { ...ended.record, stored } : null,
          formChanges: answer.recordChanges,
          form: value,
          result,
          completed: null,
          message: { name: message.name, label: message.label, reason: reason === '' ? null : reason },
        })
        await rememberRequest(ctx, db, 'sendMessage', instance._id, committed.opened)
        return { instance: instance._id, ...committed }
      })
    } catch (error) {
      // Somebody else re-opened it at the same instant: a case is followed by one case.
      if (isDuplicateKey(error)) throw new CauceError('message.not-expected', {}, { cause: error })
      throw error
    }
  })
}

/** Messages with which this actor may re-open one of the ended cases of a record. */
export async function offeredReopenings(ctx: Ctx, instances: InstanceDoc[]): Promise<MessageView[]> {
  const views: MessageView[] = []
  const packs = await packsOf(ctx).all(ctx)
  for (const ended of instances) {
    const installed = packs.find((pack) => Object.hasOwn(pack.processes, ended.process))
    if (!installed) continue
    for (const message of Object.values(definitionOf(installed, ended.process).messages)) {
      if (message.candidates.length === 0 || message.reopensAt === null) continue
      if (!isCandidate(packs, ctx.actor, message.candidates, (await caseRecord(ctx, ended)) ?? {})) continue
      if (!(await isOffered(ctx, installed, ended, message))) continue
      const form = message.form ? resolveForm(installed, message.form, await settingsOf(ctx, installed)) : null
      views.push({
        instance: ended._id,
        name: message.name,
        label: message.label,
        kind: message.kind,
        confirm: message.confirm,
        reason: asksReason(message),
        form: form ? formView(form) : null,
      })
    }
  }
  return views
}

/** Of the cases of a record, the one that this message could re-open. */
export async function endedCaseFor(ctx: Ctx, name: string, instances: InstanceDoc[]): Promise<InstanceDoc | undefined> {
  for (const ended of instances) {
    const installed = await processOf(ctx, ended.process)
    const { messages } = definitionOf(installed, ended.process)
    const message = Object.hasOwn(messages, name) ? messages[name] : undefined
    if (message && (await isOffered(ctx, installed, ended, message))) return ended
  }
  return undefined
}

/** A message with a form of its own asks there. */
const asksReason = (message: MessageDefinition): boolean => message.form === null

async function isOffered(
  ctx: Ctx,
  installed: InstalledPack,
  ended: InstanceDoc,
  message: MessageDefinition,
): Promise<boolean> {
  if (message.reopensAt === null || !ended.record || ended.parent) return false
  if (ended.status !== 'completed' && ended.status !== 'cancelled') return false
  const ofRecord = {
    'record.entity': ended.record.entity,
    'record.id': ended.record.id,
    process: ended.process,
    'parent.instance': null,
  }
  // The last one that no case has followed yet, and none of them may still be running.
  const all = await ctx.db.instances.find(ofRecord, { sort: { startedAt: -1 }, fields: ['status', 'reopens'] })
  const followed = new Set(all.map((one) => one.reopens))
  if (all.some((one) => one.status === 'running') || all.find((one) => !followed.has(one._id))?._id !== ended._id)
    return false
  if (!message.showWhen) return true
  const facts = await stepFacts(ctx, ctx.db, {
    installed,
    record: { ...ended.record, data: (await caseRecord(ctx, ended)) ?? {} },
    vars: ended.vars,
  })
  return conditionHolds(ctx, installed, facts, message.showWhen)
}

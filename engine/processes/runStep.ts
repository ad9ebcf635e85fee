import { randomUUID } from 'node:crypto'
import type { JsonObject } from '#forms'
import { type AdvanceResult, type CompiledProcess, type ProcessEvent } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { metricsOf } from '../metrics.ts'
import { packsOf, type InstalledPack } from '../packs/index.ts'
import type { Db, InstanceDoc, RecordDoc, TaskDoc } from '../persistence/index.ts'
import { observeStep, type ObservedStep } from './observeStep.ts'
import { rememberRequest } from './onceOnly.ts'
import { computeStep } from './computeStep.ts'
import { commitStep, type CommitInput } from './commitStep.ts'
import { RevisionMoved } from './RevisionMoved.ts'

/** How often a step is computed again because somebody else moved the same case. */
const MAX_TRIES = 5

export interface StepInput {
  instance: string
  /** For requests that people send: what it is, so that the same request sent again does nothing twice. */
  operation?: 'sendMessage' | `completeTask:${string}`
  event: ProcessEvent
  /** The moment that expressions and timers of this step count from; default: now. */
  at?: Date
  formChanges: JsonObject
  form: JsonObject
  /** Called on the instance as loaded, each try (from 1): throws when the act is no longer possible. */
  check: (instance: InstanceDoc, attempt: number) => Promise<Pick<CommitInput, 'completed' | 'message' | 'after'>>
  /** What this request has read already: good for the references of the first try. */
  reader?: Db
}
export interface StepResult {
  instance: string
  record: RecordDoc | null
  opened: TaskDoc[]
  /** The task that this step completed, as it is now. */
  closed: TaskDoc | null
}

/**
 * The one path of every step after the start: load, advance, commit; when the revision moved meanwhile, again. Throws
 * 409 `step.failed` after writing an incident when the definition or the engine fails: nothing else is saved then.
 */
export function runStep(ctx: Ctx, input: StepInput): Promise<StepResult> {
  const step: ObservedStep = { process: 'unknown', instance: input.instance, event: input.event.type }
  return observeStep(ctx, step, () =>
    tryStep(ctx, input, (process) => {
      step.process = process
    }),
  )
}

async function tryStep(ctx: Ctx, input: StepInput, seen: (process: string) => void): Promise<StepResult> {
  for (let attempt = 1; ; attempt++) {
    const instance = await ctx.db.instances.get(input.instance)
    if (!instance) throw new CauceError('thing.not-found')
    seen(instance.process)
    const about = await input.check(instance, attempt)
    const reader = (attempt === 1 ? input.reader : undefined) ?? ctx.store.reader(ctx.tenant)
    const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
    const definition = definitionOf(installed, instance.process)
    const stored = instance.record ? await ctx.db.records(instance.record.entity).get(instance.record.id) : null
    const result = await computeStep(ctx, reader, {
      installed,
      definition,
      instance,
      event: input.event,
      record: instance.record ? { ...instance.record, data: stored?.data ?? {} } : null,
      changes: input.formChanges,
      vars: instance.vars,
      ...(input.at ? { at: input.at } : {}),
    })
    if (result.status === 'failed') {
      // Somebody was quicker: the instance as it now is tells whom.
      if (result.error?.code === 'not-open') {
        if (attempt < MAX_TRIES) continue
        throw new CauceError('message.not-expected')
      }
      await writeIncident(ctx, instance, input.event, result)
      throw new CauceError('step.failed', {}, { details: { incident: result.error ?? null } })
    }
    try {
      const { record, opened, closed } = await ctx.transaction(async (db) => {
        const committed = await commitStep(ctx, db, {
          installed,
          definition,
          instance,
          isNew: false,
          record: instance.record ? { ...instance.record, stored } : null,
          formChanges: input.formChanges,
          form: input.form,
          result,
          ...about,
        })
        if (input.operation) await rememberRequest(ctx, db, input.operation, instance._id, committed.opened)
        return committed
      })
      return { instance: instance._id, record, opened, closed }
    } catch (error) {
      if (!isContention(error)) throw error
      if (attempt >= MAX_TRIES) throw new CauceError('busy')
      metricsOf(ctx).retry()
    }
  }
}

/** The record or the instance was written by another step in between. */
function isContention(error: unknown): boolean {
  return error instanceof RevisionMoved || (error instanceof CauceError && error.code === 'record.stale')
}

export function definitionOf(installed: InstalledPack, key: string): CompiledProcess {
  const definition = installed.processes[key]
  if (!definition) throw new Error(`process ${key} is not in ${installed.name} ${installed.number}`)
  return definition
}

/** The same event that fails again is the same problem: it is brought up to date, not told twice. */
async function writeIncident(
  ctx: Ctx,
  instance: InstanceDoc,
  event: ProcessEvent,
  result: AdvanceResult,
): Promise<void> {
  const { code = 'step', node = null, message = '' } = result.error ?? {}
  ctx.log.error(
    { requestId: ctx.requestId, instance: instance._id, process: instance.process, node, code, message },
    'step failed',
  )
  const at = ctx.clock.now()
  const same = (await ctx.db.incidents.find({ instance: instance._id, status: 'open' })).find(
    (known) => eventKey(known.event) === eventKey(event),
  )
  if (same) {
    await ctx.db.incidents.updateOne({ _id: same._id, status: 'open' }, { $set: { node, code, message, at } })
    return
  }
  await ctx.db.incidents.insert({
    _id: randomUUID(),
    instance: instance._id,
    node,
    code,
    message,
    event: event,
    outbox: null,
    resolution: null,
    at,
    status: 'open',
    actor: ctx.actor.id,
  })
}

const eventKey = ({ type, executionId, name }: JsonObject): string =>
  JSON.stringify([type, executionId ?? name ?? null])

import { migrateState, type CompiledProcess, type ProcessEvent } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, InstanceDoc } from '../persistence/index.ts'
import { computeStep } from './computeStep.ts'
import { commitStep, type CommitInput } from './commitStep.ts'
import { observeStep } from './observeStep.ts'
import { RevisionMoved } from './RevisionMoved.ts'
import { definitionOf, type StepResult } from './runStep.ts'

export interface StepWith {
  instance: string
  /** The event, for the case as it is found. Throws when the act is no longer possible. */
  event: (instance: InstanceDoc, definition: CompiledProcess) => Promise<ProcessEvent> | ProcessEvent
  /** What the history says of it, as of a message. */
  message: CommitInput['message']
  /** What else is written, in the same transaction. */
  also: (db: Db, instance: InstanceDoc, opened: StepResult['opened']) => Promise<void>
}

/**
 * A step out of the usual way: an operator moves a case, a deadline is paused. It commits more than a step does, and is
 * tried first: the state it leads to must be taken up again as it is. Whatever fails is told to who asked (409
 * `step.refused` with the reason), and changes nothing; 409 `message.not-expected` when the case has gone on meanwhile.
 */
export async function stepWith(ctx: Ctx, input: StepWith): Promise<StepResult> {
  const instance = await ctx.db.instances.get(input.instance)
  if (!instance) throw new CauceError('thing.not-found')
  if (instance.status !== 'running') throw new CauceError('message.not-expected')
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  const definition = definitionOf(installed, instance.process)
  const event = await input.event(instance, definition)
  const now = ctx.clock.now()
  return observeStep(ctx, { process: instance.process, instance: instance._id, event: event.type }, async () => {
    const stored = instance.record ? await ctx.db.records(instance.record.entity).get(instance.record.id) : null
    const result = await computeStep(ctx, ctx.db, {
      installed,
      definition,
      instance,
      event,
      record: instance.record ? { ...instance.record, data: stored?.data ?? {} } : null,
      vars: instance.vars,
      at: now,
    })
    if (result.status === 'failed') {
      if (result.error?.code === 'not-open') throw new CauceError('message.not-expected')
      throw new CauceError('step.refused', { why: result.error?.message ?? '' })
    }
    if (result.state) {
      const same = { from: definition, to: definition, mapping: {}, vars: result.vars }
      const { problem } = migrateState({ ...same, state: result.state, now, timeZone: ctx.config.timeZone })
      if (problem) throw new CauceError('step.refused', { why: problem.message })
    }
    try {
      return await ctx.transaction(async (db) => {
        const committed = await commitStep(ctx, db, {
          installed,
          definition,
          instance,
          isNew: false,
          record: instance.record ? { ...instance.record, stored } : null,
          formChanges: {},
          form: {},
          result,
          completed: null,
          message: input.message,
        })
        await input.also(db, instance, committed.opened)
        return { instance: instance._id, ...committed }
      })
    } catch (error) {
      // Somebody else moved the case between our reading and writing: what he did is to be seen first.
      if (error instanceof RevisionMoved) throw new CauceError('message.not-expected', {}, { cause: error })
      throw error
    }
  })
}

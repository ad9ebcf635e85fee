import type { JsonObject } from '#forms'
import { advance, type AdvanceResult, type CompiledProcess, type ProcessEvent } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import type { InstalledPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { newId } from '../records/index.ts'
import { unpackState } from './engineState.ts'
import { stepFacts } from './stepFacts.ts'

export interface StepToCompute {
  installed: InstalledPack
  definition: CompiledProcess
  /** The case as it is stored; null: it begins. */
  instance: { state: unknown } | null
  event: ProcessEvent
  record: { entity: string; id: string; data: JsonObject } | null
  /** What the person changed on the record in this step's form. */
  changes?: JsonObject
  vars: JsonObject
  /** The moment the step happens at, where it is not now (a timer that is late). */
  at?: Date
}

/** What one event makes of a case: the facts are read through `reader`, nothing is written. */
export async function computeStep(ctx: Ctx, reader: Db, step: StepToCompute): Promise<AdvanceResult> {
  const { installed, definition, event, record, vars } = step
  return advance({
    definition,
    state: step.instance && unpackState(step.instance.state),
    event,
    facts: await stepFacts(ctx, reader, {
      installed,
      record,
      vars,
      ...(step.changes ? { changes: step.changes } : {}),
    }),
    functions: installed.functions,
    now: step.at ?? ctx.clock.now(),
    timeZone: ctx.config.timeZone,
    newId,
  })
}

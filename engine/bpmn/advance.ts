import { openProcess } from './compiledContext.ts'
import { movedTo, startingAt, type Detour } from './detour.ts'
import type { SavedState } from './savedState.ts'
import { act, openSession, resume, settle } from './session.ts'
import { StepFailure } from './stepFailure.ts'
import type { AdvanceInput, AdvanceResult } from './types.ts'

/**
 * Takes one process instance one step further: from one event (start, completed task, message, due timer, result of
 * a job) to the next state in which everything waits. No I/O and no clock of its own; the same input gives the same
 * result up to execution ids.
 *
 * Never throws and never gives half a state: whatever goes wrong comes back as status `failed` with an error, and the
 * instance stays as it was before the step. `not-open` means that the caller was too late (HTTP 409); every other code
 * is an incident.
 */
export function advance(input: AdvanceInput): Promise<AdvanceResult> {
  return Promise.resolve(step(input))
}

function step(input: AdvanceInput): AdvanceResult {
  let host: { failure: StepFailure | null } | null = null
  try {
    const session = openSession(input.definition, input.state, { detour: detourFor(input) })
    host = session.host
    session.host.begin(input)
    resume(session)
    act(session, input)
    return settle(session)
  } catch (error) {
    return failed(input, host?.failure ?? asFailure(error))
  }
}

/** The way of our own that a re-opened or moved case takes in this step; null for all others. */
function detourFor({ definition, state, event }: AdvanceInput): Detour | null {
  if (event.type === 'start' && event.reopens !== undefined) {
    const node = definition.messages[event.reopens]?.reopensAt ?? ''
    return startingAt(openProcess(definition), node) ?? refuse(node, 'Un trámite no puede empezar en este paso')
  }
  if (event.type !== 'move') return null
  const from = openNode(state as SavedState | null, event.executionId)
  if (from === null) throw new StepFailure('not-open', null, 'El trámite ya no espera aquí')
  return movedTo(openProcess(definition), from, event.to) ?? refuse(from, 'Desde aquí no se puede pasar a ese paso')
}

/** The node that waits under this execution id. */
const openNode = (state: SavedState | null, executionId: string): string | null =>
  (state?.waits[executionId] ?? state?.timers[executionId])?.node ?? state?.jobs[executionId] ?? null

function refuse(node: string, message: string): never {
  throw new StepFailure('state-mismatch', node, message)
}

function asFailure(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  if (error instanceof RangeError) return new StepFailure('too-long', null, 'Demasiados pasos seguidos sin esperar')
  return new StepFailure('engine', null, error instanceof Error ? error.message : String(error))
}

function failed(input: AdvanceInput, { code, node, message }: StepFailure): AdvanceResult {
  return {
    status: 'failed',
    state: null,
    recordChanges: {},
    states: [],
    vars: input.facts.vars,
    waits: [],
    timers: [],
    jobs: [],
    openJobs: [],
    effects: [],
    visits: [],
    error: { code, node, message },
  }
}

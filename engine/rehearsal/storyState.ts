import type { StoryStep } from '#definitions'
import type { Ctx } from '../context.ts'
import type { CauceError } from '../errors.ts'

/** A story did not go as it says. */
export class StoryFailure extends Error {}

/** What a story did so far: for its expectations and for the caller. */
export interface StoryState {
  ctx: Ctx
  domain: string
  password: string | null
  wake: () => Promise<void>
  /** Names (`@acme`) → record ids. */
  names: Map<string, string>
  /** Saved name → entity, for steps that name a record. */
  entities: Map<string, string>
  /** Outbox ids known before the step: what comes after is its own. */
  seenMails: Set<string>
  refused: CauceError | null
  last: { entity: string; id: string } | null
}

/** The record a step works on: the one it names, else the last one. */
export function linkOf(state: StoryState, step: StoryStep): { entity: string; id: string } {
  if (step.of === undefined) {
    if (!state.last) throw new StoryFailure('there is no record to work on')
    return state.last
  }
  const name = `@${step.of.replace(/^@/, '')}`
  const id = state.names.get(name)
  const entity = state.entities.get(name)
  if (!id || !entity) throw new StoryFailure(`no step saved "${step.of}"`)
  return { entity, id }
}

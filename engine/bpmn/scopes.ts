import type { MessageContent, Placed } from './elements.ts'

/**
 * A scope is one execution of the process or of a sub-process. bpmn-elements gives each its own environment whose
 * variables hold the message it was started with, and that survives recovery.
 */
export const scopeIdOf = (activity: Placed): string => activity.environment.variables.content?.executionId ?? ''

/** Execution ids of the scopes around an activity, innermost first. */
export function scopesOf(activity: Placed): string[] {
  const scopes: string[] = []
  for (let inner: Placed | null = activity; inner; inner = subProcessAround(inner)) {
    const id = scopeIdOf(inner)
    if (id) scopes.push(id)
  }
  return scopes
}

/** The sub-process a node lies in; null at the top, where the library says the process (which owns itself). */
function subProcessAround(place: Placed): Placed | null {
  const owner = place.context.owner
  return owner?.isSubProcess ? owner : null
}

/** The token with which the sub-process around an activity was entered; null at the top. */
export const ownerToken = (activity: Placed): string | null =>
  activity.environment.variables.content?.message?.token ?? null

/**
 * The elements of the multi-instance loops around an activity, by their `elementVariable`; inner ones hide outer ones.
 * @param content the activity's own message: an iteration carries its element in it
 */
export function localsOf(
  activity: Placed,
  content: MessageContent | null,
  elementVariable: (node: string) => string | null,
): Record<string, unknown> {
  const locals: Record<string, unknown> = {}
  const add = (node: string, message: MessageContent | null | undefined): void => {
    const name = elementVariable(node)
    if (name && message && !(name in locals) && message[name] !== undefined) locals[name] = message[name]
  }
  add(activity.id, content)
  let inner = activity
  for (let owner = subProcessAround(inner); owner; owner = subProcessAround(owner)) {
    add(owner.id, inner.environment.variables.content)
    inner = owner
  }
  return locals
}

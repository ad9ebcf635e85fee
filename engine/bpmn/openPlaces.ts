import { placesFor } from '#definitions'
import { openProcess } from './compiledContext.ts'
import type { SavedState } from './savedState.ts'
import type { CompiledProcess, EngineState } from './types.ts'

/** Something that a case waits for: a task, message, timer, call or job. */
export interface OpenPlace {
  executionId: string
  node: string
  /** Id of the message, where it waits for one. */
  message: string | null
  /** Timers: when they fire (ISO 8601). */
  dueAt: string | null
}

/** All that a saved state waits for. */
export function openPlaces(state: EngineState | null): OpenPlace[] {
  if (state === null) return []
  const { waits, timers, jobs } = state as unknown as SavedState
  return [
    ...Object.entries(waits).map(([executionId, { node, message }]) => ({ executionId, node, message, dueAt: null })),
    ...Object.entries(timers).map(([executionId, { node, dueAt }]) => ({ executionId, node, message: null, dueAt })),
    ...Object.entries(jobs).map(([executionId, node]) => ({ executionId, node, message: null, dueAt: null })),
  ]
}

/** Nodes at which a case that stands at `from` could go on instead (event `move`), with what people call them. */
export function placesOf(definition: CompiledProcess, from: string): { id: string; name: string }[] {
  const kinds: Record<string, string> = { ExclusiveGateway: 'Decisión', EndEvent: 'Fin' }
  return placesFor(openProcess(definition).model, from)
    .filter((node) => node.id !== from && (node.name !== '' || node.type in kinds))
    .map(({ id, name, type }) => ({ id, name: name || (kinds[type] ?? id) }))
}

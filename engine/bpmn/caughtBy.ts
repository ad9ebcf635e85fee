import type { ModelNode } from '#definitions'
import type { OpenedProcess } from './compiledContext.ts'

/**
 * The boundary event that catches what an error or escalation event throws: the innermost one around it whose
 * reference has the same code, or that has no reference (BPMN 2.0, 10.5.6 "error" and "escalation" propagation).
 * Decided from the drawing: stock bpmn-elements offers a thrown event to every open boundary event of every scope,
 * also to those on parallel branches, and to several at once.
 */
export function caughtBy(process: OpenedProcess, thrower: ModelNode): string | null {
  const thrown = thrower.events.find((event) => event.kind === 'error' || event.kind === 'escalation')
  if (!thrown) return null
  for (let scope = thrower.parent; scope !== null; scope = process.nodes.get(scope)?.parent ?? null) {
    for (const boundary of process.boundaries.get(scope) ?? []) {
      const caught = boundary.events[0]
      if (caught?.kind !== thrown.kind) continue
      if (caught.ref === null || codeOf(process, caught.ref) === codeOf(process, thrown.ref)) return boundary.id
    }
  }
  return null
}

function codeOf(process: OpenedProcess, ref: string | null): string | null {
  const { errors, escalations } = process.model
  return [...errors, ...escalations].find((candidate) => candidate.id === ref)?.code ?? ref
}

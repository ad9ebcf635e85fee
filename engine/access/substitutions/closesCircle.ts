import type { SubstitutionDoc } from '../../persistence/index.ts'

type Edge = Pick<SubstitutionDoc, 'absent' | 'substitute' | 'from' | 'to'>

/**
 * Would this substitution lead work back to where it came from on some day? Then the accounts along the way, from the
 * absent person round to himself; else null. Roles and processes do not matter: who is away cannot stand in for anybody.
 */
export function closesCircle(planned: Edge, existing: Edge[]): string[] | null {
  const search = (way: string[], from: string, to: string): string[] | null => {
    const at = way.at(-1)
    if (at === planned.absent) return way
    for (const edge of existing) {
      if (edge.absent !== at || way.slice(1).includes(edge.substitute)) continue
      const start = edge.from > from ? edge.from : from
      const end = edge.to < to ? edge.to : to
      const found = start <= end ? search([...way, edge.substitute], start, end) : null
      if (found) return found
    }
    return null
  }
  return search([planned.absent, planned.substitute], planned.from, planned.to)
}

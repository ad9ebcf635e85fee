import type { SubstitutionDoc } from '../persistence/index.ts'

/** What of somebody's work goes to another, along one way from hand to hand. null: without that limit. */
export interface Cover {
  roles: string[] | null
  processes: string[] | null
  /** The last day on which the whole way holds. */
  until: string
}
/** No work goes through more hands than these. */
const MAX_HANDS = 8

export type Edge = Pick<SubstitutionDoc, 'absent' | 'substitute' | 'roles' | 'processes' | 'to'>

/**
 * Follows substitutions from one person towards those absent (whose work does he do?) or towards the substitutes (who
 * does his?), through as many hands as there are. On a longer way only what every part of it hands on is handed on.
 * Nobody is visited twice on a way, so that a circle in the data cannot run for ever.
 */
export function coversFrom(start: string, edges: Edge[], towards: 'absent' | 'substitute'): Map<string, Cover[]> {
  const found = new Map<string, Cover[]>()
  const walk = (at: string, way: string[], so: Cover): void => {
    for (const edge of edges) {
      const [here, next] = towards === 'absent' ? [edge.substitute, edge.absent] : [edge.absent, edge.substitute]
      if (here !== at || way.includes(next) || way.length > MAX_HANDS) continue
      const cover = {
        roles: both(so.roles, edge.roles),
        processes: both(so.processes, edge.processes),
        until: edge.to < so.until ? edge.to : so.until,
      }
      if (cover.roles?.length === 0 || cover.processes?.length === 0) continue
      found.set(next, [...(found.get(next) ?? []), cover])
      walk(next, [...way, next], cover)
    }
  }
  walk(start, [start], { roles: null, processes: null, until: '9999-12-31' })
  return found
}

/** An empty list on an edge is no limit; null likewise on a way. */
const both = (limit: string[] | null, given: string[]): string[] | null =>
  given.length === 0 ? limit : limit === null ? given : limit.filter((name) => given.includes(name))

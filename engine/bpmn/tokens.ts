import type { Json, JsonObject } from '#forms'

/**
 * What expressions know about the path they stand on: the outcome and form of the last task on this path, the
 * result of its last service, the results of its last multi-instance activity.
 */
export interface TokenFacts {
  outcome: string | null
  form: JsonObject
  task: JsonObject | null
  result: Json
  results: Json[]
}

export const emptyToken: TokenFacts = { outcome: null, form: {}, task: null, result: null, results: [] }

/**
 * The facts of all paths of an instance. bpmn-elements hands a small `message` on from node to node along a path;
 * we put only the token's id into it, because the library copies that message many times into its state.
 */
export class Tokens {
  private readonly facts: Map<string, TokenFacts>
  private next: number

  constructor(saved: { facts: Record<string, TokenFacts>; next: number } | null) {
    this.facts = new Map(Object.entries(saved?.facts ?? {}))
    this.next = saved?.next ?? 0
  }

  of(id: string | null): TokenFacts {
    return (id !== null && this.facts.get(id)) || emptyToken
  }

  /** A new token that differs from `from` by `changes`. */
  derive(from: string | null, changes: Partial<TokenFacts>): string {
    const id = `t${this.next++}`
    this.facts.set(id, { ...this.of(from), ...changes })
    return id
  }

  /** Where paths meet, the facts of the youngest token win: it carries the task completed last. */
  static youngest(ids: string[]): string | null {
    return ids.reduce<string | null>(
      (best, id) => (best === null || Number(id.slice(1)) > Number(best.slice(1)) ? id : best),
      null,
    )
  }

  /** The tokens that a saved state still mentions; all others are over. */
  save(stateText: string): { facts: Record<string, TokenFacts>; next: number } {
    const mentioned = new Set([...stateText.matchAll(/"token":"(t\d+)"/g)].map((match) => match[1]!))
    return { facts: Object.fromEntries([...this.facts].filter(([id]) => mentioned.has(id))), next: this.next }
  }
}

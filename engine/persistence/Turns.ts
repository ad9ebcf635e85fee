/**
 * Lets work of this process that will write the same document go one after the other. Without it, transactions that
 * count in the same sequence all begin, all but one are refused, and all begin again. It is a courtesy, not a lock: other
 * processes do not see it, and the database's own conflict handling stands behind it.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  /** Takes the turn if nobody has it; null otherwise. */
  tryTake(name: string): (() => void) | null {
    return this.#last.has(name) ? null : this.#queue(name).end
  }

  /** Waits until whoever asked before for this name is done; returns what ends one's own turn. */
  async take(name: string): Promise<() => void> {
    const { before, end } = this.#queue(name)
    await before
    return end
  }

  #queue(name: string): { before: Promise<void>; end: () => void } {
    const before = this.#last.get(name) ?? Promise.resolve()
    let end!: () => void
    const mine = new Promise<void>((resolve) => (end = resolve))
    const upToMine = before.then(() => mine)
    this.#last.set(name, upToMine)
    void upToMine.then(() => {
      if (this.#last.get(name) === upToMine) this.#last.delete(name)
    })
    return { before, end }
  }
}

/** Thrown out of a transaction that would have to wait: it waits outside, where it holds nothing up. */
export class MustWait extends Error {
  readonly turn: string
  constructor(turn: string) {
    super(`waits for its turn: ${turn}`)
    this.turn = turn
  }
}

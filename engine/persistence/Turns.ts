/**
 * Lets work of this process that will write the same document go one after the other. Without it, transactions that
 * count in the same sequence all begin, all but one are refused, and all begin again. It is a courtesy, not a lock:
 * other processes do not see it, and who has waited long enough goes on: the database's own conflict handling takes over.
 */
export class Turns {
  readonly #last = new Map<string, Promise<void>>()

  /** Waits, so many milliseconds at most, until whoever asked before is done; returns what ends one's own turn. */
  async take(name: string, patienceMs: number): Promise<() => void> {
    const before = this.#last.get(name)
    let end!: () => void
    const mine = new Promise<void>((resolve) => (end = resolve))
    const upToMine = (before ?? Promise.resolve()).then(() => mine)
    this.#last.set(name, upToMine)
    void upToMine.then(() => {
      if (this.#last.get(name) === upToMine) this.#last.delete(name)
    })
    if (before) {
      let timer: NodeJS.Timeout | undefined
      const patience = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)))
      await Promise.race([before, patience])
      clearTimeout(timer)
    }
    return end
  }
}

/** Where the time comes from. Nothing in the engine asks the machine directly. */
export interface Clock {
  now(): Date
}

export const systemClock: Clock = { now: () => new Date() }

/** A clock that can be moved: for tests and for the demo. It runs on from where it was set. */
export class MovableClock implements Clock {
  #offset = 0
  #frozen: number | null = null

  now(): Date {
    return new Date(this.#frozen ?? Date.now() + this.#offset)
  }
  /** Jumps forward (or back) by so many milliseconds. */
  advance(ms: number): void {
    if (this.#frozen !== null) this.#frozen += ms
    else this.#offset += ms
  }
  /** Stands still at this instant until moved. */
  freeze(at: Date): void {
    this.#frozen = at.getTime()
  }
  /** Runs with the machine again. */
  reset(): void {
    this.#offset = 0
    this.#frozen = null
  }
}

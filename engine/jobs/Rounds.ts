/**
 * Work that is done one round at a time. Who calls while a round goes on gets another one after it: what he left behind
 * was perhaps looked for a moment too early.
 */
export class Rounds {
  readonly #work: () => Promise<void>
  #running: Promise<void> | null = null
  #asked = false

  /** `work` must not reject, nor wait for a round of its own. */
  constructor(work: () => Promise<void>) {
    this.#work = work
  }

  /** Resolves when a round is over that began after the last call. */
  run(): Promise<void> {
    this.#asked = true
    this.#running ??= this.#loop()
    return this.#running
  }

  /** Resolves when no round is under way. */
  async idle(): Promise<void> {
    await this.#running
  }

  async #loop(): Promise<void> {
    while (this.#asked) {
      this.#asked = false
      await this.#work()
    }
    // In one step with the last look: who asks from here on begins anew.
    this.#running = null
  }
}

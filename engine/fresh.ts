import type { Ctx } from './context.ts'

/** How long a process may go on with what it read, after another one changed it. */
const FRESH_MS = 1000

/**
 * Something of the store that every request asks for: kept in the process, and read again once it is a moment old. The
 * process that changes it calls `forget`, and sees it at once.
 */
export class Fresh<T> {
  readonly #read: (ctx: Ctx) => Promise<T>
  #kept: { value: T; readAt: number } | null = null
  /** Readings begun, and the latest of them whose value counts: a slow one never covers what was read after it. */
  #begun = 0
  #counted = 0

  constructor(read: (ctx: Ctx) => Promise<T>) {
    this.#read = read
  }

  async get(ctx: Ctx): Promise<T> {
    const now = ctx.clock.now().getTime()
    const age = this.#kept === null ? Infinity : Math.abs(now - this.#kept.readAt)
    if (this.#kept !== null && age < FRESH_MS) return this.#kept.value
    const reading = ++this.#begun
    const value = await this.#read(ctx)
    if (reading > this.#counted) {
      this.#counted = reading
      this.#kept = { value, readAt: now }
    }
    return value
  }

  /** What was read last, however old; undefined before the first reading. */
  get last(): T | undefined {
    return this.#kept?.value
  }

  /** It is read again the next time it is asked for; what is being read now does not count any more. */
  forget(): void {
    if (this.#kept) this.#kept.readAt = -Infinity
    this.#counted = this.#begun
  }
}

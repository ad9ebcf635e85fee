import { EJSON } from 'bson'

/** What collects the documents of one collection until they are sent together. */
export type Send = (documents: Record<string, unknown>[]) => Promise<void>

/**
 * What one transaction has read, and what it has to append. A transaction reads a snapshot: the same question has the
 * same answer until the transaction itself writes to that collection, so it is asked once. And rows that are only ever
 * added (history, audit, mails …) are sent in one call per collection, at the end or before the collection is read.
 */
export class TransactionMemory {
  readonly #answers = new Map<string, Map<string, Promise<unknown>>>()
  readonly #waiting = new Map<string, { documents: Record<string, unknown>[]; send: Send }>()

  /** The answer known for this question to this collection, else the one that `ask` gives. */
  async read<T>(collection: string, question: unknown, ask: () => Promise<T>): Promise<T> {
    await this.flush(collection)
    const key = EJSON.stringify(question)
    const answers = this.#answers.get(collection) ?? new Map<string, Promise<unknown>>()
    this.#answers.set(collection, answers)
    const known = answers.get(key)
    if (known) return known as Promise<T>
    const answer = ask()
    answers.set(key, answer)
    return answer
  }

  /** To be called before each write: what was known of the collection no longer holds. */
  async write(collection: string): Promise<void> {
    await this.flush(collection)
    this.#answers.delete(collection)
  }

  append(collection: string, documents: Record<string, unknown>[], send: Send): void {
    this.#answers.delete(collection)
    const waiting = this.#waiting.get(collection)
    if (waiting) waiting.documents.push(...documents)
    else this.#waiting.set(collection, { documents: [...documents], send })
  }

  /** Sends what waits for this collection, or for all. */
  async flush(collection?: string): Promise<void> {
    const names = collection === undefined ? [...this.#waiting.keys()] : [collection]
    for (const name of names) {
      const waiting = this.#waiting.get(name)
      if (!waiting) continue
      this.#waiting.delete(name)
      await waiting.send(waiting.documents)
    }
  }
}

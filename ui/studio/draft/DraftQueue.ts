/** Where the shared draft stands, as the bar above the studio says it. */
export type DraftStatus =
  | { kind: 'saved'; at: Date | null }
  | { kind: 'pending' }
  | { kind: 'saving' }
  /** Somebody else changed the draft first: nothing of ours is lost, nothing of theirs is overwritten. */
  | { kind: 'conflict'; message: string }
  | { kind: 'failed'; message: string }

/** What the queue needs to know of the server's answer. */
export interface SavedDraft {
  revision: number
  files: Record<string, string>
}

export interface DraftQueueOptions<D extends SavedDraft> {
  draft: D
  /** Writes one file over the given revision; throws what `isStale` recognises when the revision moved. */
  save: (path: string, text: string, revision: number) => Promise<D>
  isStale: (error: unknown) => boolean
  describe: (error: unknown) => string
  /** Wait after the last change before saving, in milliseconds. */
  delay?: number
  now?: () => Date
}

/**
 * Saves the changed files of the draft by itself: the last text of each file, one request at a time, each over the
 * revision that the one before left. Changes stay here until the server has them.
 */
export class DraftQueue<D extends SavedDraft> {
  readonly #options: DraftQueueOptions<D>
  readonly #pending = new Map<string, string>()
  readonly #listeners = new Set<() => void>()
  #draft: D
  #status: DraftStatus = { kind: 'saved', at: null }
  #timer: ReturnType<typeof setTimeout> | null = null
  #running: Promise<void> | null = null
  #version = 0

  constructor(options: DraftQueueOptions<D>) {
    this.#options = options
    this.#draft = options.draft
  }

  get draft(): D {
    return this.#draft
  }

  /** Grows with every change: the snapshot React compares. */
  get version(): number {
    return this.#version
  }

  get status(): DraftStatus {
    return this.#status
  }

  /** The text as last edited here, saved or not; undefined when the draft does not change the file. */
  text(path: string): string | undefined {
    return this.#pending.get(path) ?? this.#draft.files[path]
  }

  /** Paths that differ from the installed version, unsaved ones included. */
  changedPaths(): string[] {
    return [...new Set([...Object.keys(this.#draft.files), ...this.#pending.keys()])].sort()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  put(path: string, text: string): void {
    if (this.text(path) === text) return
    this.#pending.set(path, text)
    if (this.#status.kind !== 'conflict') {
      this.#become({ kind: 'pending' })
      this.#schedule()
    } else this.#notify()
  }

  /** Saves now what waits; resolves when all is saved or a problem is shown. */
  async flush(): Promise<void> {
    this.#unschedule()
    while (this.#running) await this.#running
    if (this.#pending.size > 0 && this.#status.kind !== 'conflict') await this.#run()
  }

  /** After a conflict: the server's draft, with what was typed here on top, is tried again. */
  async keepMine(latest: D): Promise<void> {
    this.#draft = latest
    this.#status = { kind: 'pending' }
    await this.flush()
  }

  /** After a conflict, or when the draft was published or thrown away: what the server has is what counts. */
  takeTheirs(latest: D): void {
    this.#unschedule()
    this.#pending.clear()
    this.#draft = latest
    this.#become({ kind: 'saved', at: null })
  }

  /** Stops the timer; what waits is sent at once, for whoever leaves the page. */
  async close(): Promise<void> {
    await this.flush()
    this.#listeners.clear()
  }

  #schedule(): void {
    this.#unschedule()
    this.#timer = setTimeout(() => void this.flush(), this.#options.delay ?? 1000)
  }

  #unschedule(): void {
    if (this.#timer) clearTimeout(this.#timer)
    this.#timer = null
  }

  #run(): Promise<void> {
    this.#running = this.#saveAll().finally(() => {
      this.#running = null
    })
    return this.#running
  }

  async #saveAll(): Promise<void> {
    const { save, isStale, describe, now = () => new Date() } = this.#options
    this.#become({ kind: 'saving' })
    for (let next = first(this.#pending); next; next = first(this.#pending)) {
      const [path, text] = next
      try {
        this.#draft = await save(path, text, this.#draft.revision)
      } catch (error) {
        const kind = isStale(error) ? 'conflict' : 'failed'
        this.#become({ kind, message: describe(error) })
        return
      }
      // Typed again meanwhile: the newer text waits for the next round.
      if (this.#pending.get(path) === text) this.#pending.delete(path)
    }
    this.#become({ kind: 'saved', at: now() })
  }

  #become(status: DraftStatus): void {
    this.#status = status
    this.#notify()
  }

  #notify(): void {
    this.#version++
    for (const listener of this.#listeners) listener()
  }
}

function first<K, V>(map: Map<K, V>): [K, V] | undefined {
  for (const entry of map) return entry
  return undefined
}

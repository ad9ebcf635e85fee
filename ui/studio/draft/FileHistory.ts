/** Undo and redo for the files edited as text or forms (the diagram has its own): earlier texts by path. */
export class FileHistory {
  readonly #past = new Map<string, string[]>()
  readonly #future = new Map<string, string[]>()

  /** `before` is about to be replaced by another text. */
  record(path: string, before: string): void {
    this.#past.set(path, [...(this.#past.get(path) ?? []), before].slice(-200))
    this.#future.delete(path)
  }

  canUndo(path: string): boolean {
    return (this.#past.get(path)?.length ?? 0) > 0
  }

  canRedo(path: string): boolean {
    return (this.#future.get(path)?.length ?? 0) > 0
  }

  /** The text to go back to, given the present one; null when there is none. */
  undo(path: string, present: string): string | null {
    return move(this.#past, this.#future, path, present)
  }

  redo(path: string, present: string): string | null {
    return move(this.#future, this.#past, path, present)
  }
}

function move(from: Map<string, string[]>, to: Map<string, string[]>, path: string, present: string): string | null {
  const texts = from.get(path) ?? []
  const text = texts.at(-1)
  if (text === undefined) return null
  from.set(path, texts.slice(0, -1))
  to.set(path, [...(to.get(path) ?? []), present])
  return text
}

import { DraftQueue, type SavedDraft } from './DraftQueue.ts'

class Stale extends Error {}

/** A server with one draft: refuses an old revision, counts the requests. */
function server(draft: SavedDraft = { revision: 1, files: {} }) {
  const state = { draft, requests: [] as string[], failing: false }
  const save = async (path: string, text: string, revision: number): Promise<SavedDraft> => {
    await Promise.resolve()
    if (state.failing) throw new Error('no network')
    if (revision !== state.draft.revision) throw new Stale('changed by Rosa')
    state.requests.push(`${path}=${text}`)
    state.draft = { revision: revision + 1, files: { ...state.draft.files, [path]: text } }
    return state.draft
  }
  return { state, save }
}

function queueOn({ state, save }: ReturnType<typeof server>) {
  return new DraftQueue({
    draft: state.draft,
    save,
    isStale: (error) => error instanceof Stale,
    describe: (error) => (error as Error).message,
    delay: 10_000,
  })
}

describe('DraftQueue', () => {
  it('saves the last text of each file, one after the other, over the revision that the one before left', async () => {
    const there = server()
    const queue = queueOn(there)
    queue.put('a', '1')
    queue.put('a', '2')
    queue.put('b', '1')
    expect(queue.status.kind).toBe('pending')
    await queue.flush()
    expect(there.state.requests).toEqual(['a=2', 'b=1'])
    expect(queue.status.kind).toBe('saved')
    expect(queue.changedPaths()).toEqual(['a', 'b'])
  })

  it('sends what was typed while a request was on its way', async () => {
    const there = server()
    const queue = queueOn(there)
    queue.put('a', '1')
    const saving = queue.flush()
    queue.put('a', '2')
    await saving
    await queue.flush()
    expect(there.state.draft.files).toEqual({ a: '2' })
    expect(queue.status.kind).toBe('saved')
  })

  it('stops at a conflict without losing or overwriting anything', async () => {
    const there = server()
    const queue = queueOn(there)
    there.state.draft = { revision: 2, files: { b: 'theirs' } }
    queue.put('a', 'mine')
    await queue.flush()
    expect(queue.status).toEqual({ kind: 'conflict', message: 'changed by Rosa' })
    expect(queue.text('a')).toBe('mine')
    queue.put('a', 'mine again')
    await queue.flush()
    expect(there.state.draft.files).toEqual({ b: 'theirs' })

    await queue.keepMine(there.state.draft)
    expect(there.state.draft.files).toEqual({ a: 'mine again', b: 'theirs' })
    expect(queue.status.kind).toBe('saved')
  })

  it('can let the others win', async () => {
    const there = server()
    const queue = queueOn(there)
    there.state.draft = { revision: 2, files: { a: 'theirs' } }
    queue.put('a', 'mine')
    await queue.flush()
    queue.takeTheirs(there.state.draft)
    expect(queue.text('a')).toBe('theirs')
    expect(queue.status.kind).toBe('saved')
  })

  it('keeps the text when the network is gone and sends it when it is back', async () => {
    const there = server()
    const queue = queueOn(there)
    there.state.failing = true
    queue.put('a', '1')
    await queue.flush()
    expect(queue.status.kind).toBe('failed')
    there.state.failing = false
    await queue.flush()
    expect(there.state.draft.files).toEqual({ a: '1' })
  })

  it('does not save a text that is already there', async () => {
    const there = server({ revision: 1, files: { a: '1' } })
    const queue = queueOn(there)
    queue.put('a', '1')
    await queue.flush()
    expect(there.state.requests).toEqual([])
  })
})

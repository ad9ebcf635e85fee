import { changesOf, findConflicts, resolveConflicts } from './findConflicts.ts'

describe('two people save the same record', () => {
  const base = { a: 1, b: 1, c: 1, d: [1] }
  const mine = { a: 2, b: 2, c: 1, d: [1] }
  const theirs = { a: 3, b: 2, c: 9, d: [1] }
  it('asks only about fields both changed to different values', () => {
    expect(findConflicts(base, mine, theirs)).toEqual([{ field: 'a' }])
  })
  it('sends only what the person changed, emptied fields as null', () => {
    expect(changesOf(base, mine)).toEqual({ a: 2, b: 2 })
    expect(changesOf(base, { a: 1, b: 1, d: [1] })).toEqual({ c: null })
  })
  it('keeps each choice', () => {
    expect(resolveConflicts(mine, theirs, [{ field: 'a' }], { a: 'theirs' })).toMatchObject({ a: 3, b: 2 })
    expect(resolveConflicts(mine, theirs, [{ field: 'a' }], { a: 'mine' })).toMatchObject({ a: 2 })
  })
})

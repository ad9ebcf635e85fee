import fc from 'fast-check'
import { collapseDiff } from './collapseDiff.ts'
import { diffLines, type DiffRow } from './diffLines.ts'

const brief = (rows: DiffRow[]) => rows.map((row) => ({ same: ' ', removed: '-', added: '+' })[row.kind] + row.text)

describe('diffLines', () => {
  it('shows what was taken out and what came in', () => {
    expect(brief(diffLines('a\nb\nc\n', 'a\nx\nc\n'))).toEqual([' a', '-b', '+x', ' c'])
    expect(brief(diffLines('', 'a\n'))).toEqual(['+a'])
    expect(brief(diffLines('a\n', ''))).toEqual(['-a'])
    expect(diffLines('a\nb', 'b').map((row) => [row.before, row.after])).toEqual([
      [1, null],
      [2, 1],
    ])
  })

  it('gives back both texts, whatever they are, also when it gives up looking for what is common', () => {
    const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 })
    fc.assert(
      fc.property(text, text, fc.constantFrom(0, 10_000), (before, after, limit) => {
        const rows = diffLines(before.join('\n'), after.join('\n'), limit)
        expect(rows.filter((row) => row.kind !== 'added').map((row) => row.text)).toEqual(before)
        expect(rows.filter((row) => row.kind !== 'removed').map((row) => row.text)).toEqual(after)
      }),
    )
  })

  it('leaves out what did not change, saying how much', () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}`)
    const changed = lines.with(10, 'changed')
    const blocks = collapseDiff(diffLines(lines.join('\n'), changed.join('\n')), 2)
    expect(blocks.map((block) => ('skipped' in block ? block.skipped : block.rows.length))).toEqual([8, 6, 7])
  })
})

import { catalogOptions } from './catalogOptions.ts'

const rows = [
  { key: 'a', title: 'A', parent: 'x', inactive: false },
  { key: 'b', title: 'B', parent: 'y', inactive: false },
  { key: 'c', title: 'C', parent: 'x', inactive: true },
]
const values = (list: { value: string }[]) => list.map((option) => option.value)

describe('choices of a catalogue', () => {
  it('offers only the rows of the field it hangs on', () => {
    expect(values(catalogOptions(rows, { value: 'x' }, null))).toEqual(['a'])
    expect(values(catalogOptions(rows, { value: ['x', 'y'] }, null))).toEqual(['a', 'b'])
    expect(values(catalogOptions(rows, { value: undefined }, null))).toEqual([])
  })
  it('keeps an inactive row that the field already holds', () => {
    expect(values(catalogOptions(rows, null, 'c'))).toEqual(['a', 'b', 'c'])
    expect(values(catalogOptions(rows, null, undefined))).toEqual(['a', 'b'])
  })
})

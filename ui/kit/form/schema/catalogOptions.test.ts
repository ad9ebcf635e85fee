import { catalogOptions } from './catalogOptions.ts'

const rows = [
  { key: 'a', title: 'A', parent: 'x', inactive: false },
  { key: 'b', title: 'B', parent: 'y', inactive: false },
  { key: 'c', title: 'C', parent: 'x', inactive: true },
]
const values = (list: { value: string }[]) => list.map((option) => option.value)

describe('choices of a catalogue', () => {
  it('offers only the rows of the field it hangs on', () => {
    expect(values(catalogOptions(rows, { level: 0, keys: ['x'] }, null))).toEqual(['a'])
    expect(values(catalogOptions(rows, { level: 0, keys: ['x', 'y'] }, null))).toEqual(['a', 'b'])
    expect(values(catalogOptions(rows, null, null))).toEqual([])
  })
  it('keeps an inactive row that the field already holds', () => {
    expect(values(catalogOptions(rows, undefined, 'c'))).toEqual(['a', 'b', 'c'])
    expect(values(catalogOptions(rows, undefined, undefined))).toEqual(['a', 'b'])
  })
  it('says the detail of a row beside its name', () => {
    const store = { key: 's', title: 'Store', parent: null, detail: 'Basement', inactive: false }
    expect(catalogOptions([store], undefined, null)).toEqual([{ value: 's', label: 'Store (Basement)' }])
  })
  it('passes over a level that was left out, and then says where each row belongs', () => {
    const district = { key: 'd', title: 'D', parent: 'p', above: ['p', 'dep'], parentTitle: 'P', inactive: false }
    expect(catalogOptions([district, ...rows], { level: 1, keys: ['dep'] }, null)).toEqual([
      { value: 'd', label: 'D (P)' },
    ])
    expect(catalogOptions([district, ...rows], { level: 0, keys: ['p'] }, null)).toEqual([{ value: 'd', label: 'D' }])
  })
})

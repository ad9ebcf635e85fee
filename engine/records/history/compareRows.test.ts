import { describe, expect, it } from '@jest/globals'
import { compareRows } from './compareRows.ts'

describe('two states of a sub-list', () => {
  const ana = { name: 'Ana', phone: '1', mail: 'a@x.pe' }
  const beto = { name: 'Beto', phone: '2', mail: 'b@x.pe' }

  it('tells what was added, taken away and changed, and nothing of what stayed', () => {
    const carla = { name: 'Carla', phone: '3', mail: 'c@x.pe' }
    expect(compareRows([ana, beto], [carla, { ...ana, phone: '9' }], [])).toEqual([
      { before: null, after: carla },
      { before: ana, after: { ...ana, phone: '9' } },
      { before: beto, after: null },
    ])
  })
  it('says nothing of another order or of a list that appears empty', () => {
    expect(compareRows([ana, beto], [beto, ana], [])).toEqual([])
    expect(compareRows(null, [], [])).toEqual([])
    expect(compareRows(null, [ana], [])).toEqual([{ before: null, after: ana }])
  })
  it('follows the columns that may not repeat, however much else changed', () => {
    const other = { name: 'Ana', phone: '7', mail: 'z@x.pe' }
    expect(compareRows([ana], [other], ['name'])).toEqual([{ before: ana, after: other }])
    expect(compareRows([ana], [other], [])).toEqual([
      { before: null, after: other },
      { before: ana, after: null },
    ])
  })
})

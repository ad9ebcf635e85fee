import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { JsonObject } from '#forms'
import { asksForMain, withMain, withMoved, withoutRow } from './rowChanges.ts'

const rows = (count: number, main: number): JsonObject[] =>
  Array.from({ length: count }, (_, id) => ({ id, main: id === main }))
const mains = (list: JsonObject[]) => list.filter((row) => row.main === true).length

describe('changes of a sub-list', () => {
  it('keeps exactly one main row, whatever is removed and marked', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 8 }),
        fc.array(fc.tuple(fc.boolean(), fc.nat(100), fc.nat(100)), { maxLength: 12 }),
        (count, steps) => {
          let list = rows(count, 0)
          for (const [isMark, a, b] of steps) {
            if (list.length === 0) break
            const at = a % list.length
            const next = b % list.length
            if (isMark) list = withMain(list, at, 'main')
            else list = withoutRow(list, at, 'main', asksForMain(list, at, 'main') && next !== at ? next : undefined)
            expect(mains(list)).toBe(list.length > 0 ? 1 : 0)
          }
        },
      ),
    )
  })
  it('moves without losing a row', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(7), fc.nat(7), (count, from, to) => {
        const moved = withMoved(rows(count, 0), from % count, to % count)
        expect(moved.map((row) => row.id).sort()).toEqual(rows(count, 0).map((row) => row.id))
        expect(moved[to % count]?.id).toBe(from % count)
      }),
    )
  })
  it('asks which is next only where there is a choice', () => {
    expect(asksForMain(rows(3, 1), 1, 'main')).toBe(true)
    expect(asksForMain(rows(3, 1), 0, 'main')).toBe(false)
    expect(asksForMain(rows(2, 0), 0, 'main')).toBe(false)
  })
})

import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { coversFrom, type Edge } from './coversFrom.ts'

const edge = (absent: string, substitute: string, more: Partial<Edge> = {}): Edge => ({
  absent,
  substitute,
  roles: [],
  processes: [],
  to: '2026-03-31',
  ...more,
})

describe('the ways of work from hand to hand', () => {
  it('give what every part of the way gives, for the shortest time', () => {
    const edges = [
      edge('ana', 'beto', { roles: ['buyer', 'chief'], to: '2026-03-10' }),
      edge('beto', 'carla', { roles: ['chief', 'clerk'], processes: ['order'], to: '2026-03-20' }),
    ]
    expect(coversFrom('carla', edges, 'absent')).toEqual(
      new Map([
        ['beto', [{ roles: ['chief', 'clerk'], processes: ['order'], until: '2026-03-20' }]],
        ['ana', [{ roles: ['chief'], processes: ['order'], until: '2026-03-10' }]],
      ]),
    )
    expect([...coversFrom('ana', edges, 'substitute').keys()]).toEqual(['beto', 'carla'])
  })

  it('end where nothing is left to hand on', () => {
    const edges = [edge('ana', 'beto', { roles: ['buyer'] }), edge('beto', 'carla', { roles: ['clerk'] })]
    expect([...coversFrom('carla', edges, 'absent').keys()]).toEqual(['beto'])
  })

  it('end in any drawing, circles included, and read the same from both sides', () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e')
    const limits = fc.subarray(['r1', 'r2', 'r3'])
    const drawn = fc.array(
      fc
        .record({ absent: name, substitute: name, roles: limits, processes: limits })
        .map((given) => edge(given.absent, given.substitute, given)),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(drawn, name, name, (edges, one, other) => {
        const towards = coversFrom(one, edges, 'absent')
        expect(towards.has(one)).toBe(false)
        // Who does whose work is one question, asked from either end.
        expect(towards.has(other)).toBe(coversFrom(other, edges, 'substitute').has(one))
      }),
    )
  })
})

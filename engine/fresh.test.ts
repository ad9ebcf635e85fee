import { describe, expect, it } from '@jest/globals'
import { MovableClock } from './clock.ts'
import type { Ctx } from './context.ts'
import { Fresh } from './fresh.ts'

describe('what is kept for a moment', () => {
  const clock = new MovableClock()
  clock.freeze(new Date('2026-03-02T15:00:00Z'))
  const ctx = { clock } as unknown as Ctx

  it('is read once within a second, and again after it, also when the clock went back', async () => {
    let readings = 0
    const fresh = new Fresh(async () => (readings += 1))
    expect(fresh.last).toBeUndefined()
    expect([await fresh.get(ctx), await fresh.get(ctx)]).toEqual([1, 1])
    clock.advance(999)
    expect(await fresh.get(ctx)).toBe(1)
    clock.advance(1)
    expect(await fresh.get(ctx)).toBe(2)
    clock.advance(-5000)
    expect(await fresh.get(ctx)).toBe(3)
  })

  it('is read at once where it was forgotten; until then the last value stands', async () => {
    let stored = 'old'
    const fresh = new Fresh(async () => stored)
    await fresh.get(ctx)
    stored = 'new'
    expect(await fresh.get(ctx)).toBe('old')
    fresh.forget()
    expect(fresh.last).toBe('old')
    expect(await fresh.get(ctx)).toBe('new')
  })

  it('a reading under way when it is forgotten does not count, nor one that ends after a later one', async () => {
    const answers: ((value: string) => void)[] = []
    const fresh = new Fresh(() => new Promise<string>((resolve) => answers.push(resolve)))
    const before = fresh.get(ctx)
    fresh.forget()
    const after = fresh.get(ctx)
    answers[1]!('new')
    expect(await after).toBe('new')
    answers[0]!('old')
    expect(await before).toBe('old')
    expect(fresh.last).toBe('new')
    expect(await fresh.get(ctx)).toBe('new')
  })

  it('a reading that fails keeps nothing', async () => {
    let fails = true
    const fresh = new Fresh(async () => {
      if (fails) throw new Error('no store')
      return 'read'
    })
    await expect(fresh.get(ctx)).rejects.toThrow('no store')
    fails = false
    expect(await fresh.get(ctx)).toBe('read')
  })
})

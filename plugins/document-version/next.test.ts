import { next } from './next.ts'

describe('numbers of document versions', () => {
  it('a counter-proposal raises the second number', () => {
    expect(next('v1.0', 'minor')).toBe('v1.1')
    expect(next('v1.9', 'minor')).toBe('v1.10')
  })
  it('a proposal raises the first number', () => {
    expect(next('v1.1', 'major')).toBe('v2.0')
    expect(next('v2.0', 'major')).toBe('v3.0')
  })
  it('without a version before, the first is v1.0', () => {
    expect(next('', 'minor')).toBe('v1.0')
  })
})

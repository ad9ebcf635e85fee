import { allTones, stateTone, toneName } from './stateTone.ts'

/** WCAG 2.2 relative luminance. */
const luminance = (hex: string) => {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}
const contrast = (a: string, b: string) => {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number]
  return (high + 0.05) / (low + 0.05)
}

describe('state colours', () => {
  it.each(Object.entries(allTones))('%s is readable (AA)', (_, tone) => {
    expect(contrast(tone.text, tone.background)).toBeGreaterThanOrEqual(4.5)
  })
  it('draws a colour nobody knows in grey instead of failing', () => {
    expect(toneName('fuchsia')).toBe('gray')
    expect(stateTone(null)).toBe(allTones.gray)
    expect(toneName('lightGreen')).toBe('light-green')
  })
})

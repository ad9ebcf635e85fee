import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [es, en] = ['es', 'en'].map(
  (language) => JSON.parse(readFileSync(`ui/texts/${language}/studio.json`, 'utf8')) as object,
)

const plural = /_(zero|one|other)$/

function keysOf(texts: object, path = 'studio'): string[] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}.${key}`] : keysOf(value, `${path}.${key}`),
  )
}

/** Keys written out in the studio's sources, and the beginnings of those put together (`studio.kind.`). */
function keysUsed() {
  const whole = new Set<string>()
  const beginnings = new Set<string>()
  for (const entry of readdirSync('ui/studio', { recursive: true, encoding: 'utf8' })) {
    if (!/\.tsx?$/.test(entry) || entry.includes('.test.')) continue
    const source = readFileSync(join('ui/studio', entry), 'utf8')
    for (const [, key] of source.matchAll(/'(studio\.[\w.]+)'/g)) whole.add(key!)
    for (const [, key] of source.matchAll(/`(studio\.[\w.]+\.)\$\{/g)) beginnings.add(key!)
  }
  return { whole, beginnings }
}

describe('the texts of the studio', () => {
  const { whole, beginnings } = keysUsed()
  const spanish = new Set(keysOf(es!).map((key) => key.replace(plural, '')))

  it('exist for every key that the studio asks for', () => {
    expect([...whole].filter((key) => !spanish.has(key))).toEqual([])
    expect([...beginnings].filter((start) => ![...spanish].some((key) => key.startsWith(start)))).toEqual([])
  })

  it('are all used', () => {
    expect(
      [...spanish].filter((key) => !whole.has(key) && ![...beginnings].some((start) => key.startsWith(start))),
    ).toEqual([])
  })

  it('are the same in both languages', () => {
    expect(keysOf(en!)).toEqual(keysOf(es!))
  })
})

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { errorCatalog } from '#engine/contract'

const root = resolve(import.meta.dirname, '..')
const catalogue = Object.entries(errorCatalog)

describe('the error catalogue', () => {
  it('is the table of docs/errors.md, in order and word for word', () => {
    const rows = readFileSync(`${root}/docs/errors.md`, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'))
      .map((line) => line.split('|').map((cell) => cell.trim()))
    expect(rows.map(([, code, status, family, message]) => ({ code, status, family, message }))).toEqual(
      catalogue.map(([code, { status, family, message }]) => ({
        code: `\`${code}\``,
        status: `${status}`,
        family,
        message,
      })),
    )
    expect(rows.filter(([, , , , , meaning]) => !meaning)).toEqual([])
  })

  it.each(['es', 'en'])('has a text in %s for every code, and none for a code that does not exist', (language) => {
    const file = `${root}/ui/texts/${language}/errors.json`
    const texts = flatten(JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>)
    const codes = catalogue.map(([code]) => code)
    expect(codes.filter((code) => !(code in texts))).toEqual([])
    // `network` is the page's own: the request never reached the server.
    expect(Object.keys(texts).filter((key) => !codes.includes(key) && key !== 'network')).toEqual([])
  })

  it('says what the user can mend with a 4xx, and keeps 5xx for the rest', () => {
    expect(catalogue.filter(([, { family, status }]) => family === 'user' && (status < 400 || status >= 500))).toEqual(
      [],
    )
    expect(catalogue.filter(([, { family, status }]) => family === 'bug' && status !== 500)).toEqual([])
  })
})

/** `{a: {b: 'x'}}` → `{'a.b': 'x'}`; a key may hold the dots already. */
function flatten(texts: Record<string, unknown>, prefix = ''): Record<string, string> {
  return Object.assign(
    {},
    ...Object.entries(texts).map(([key, value]) =>
      typeof value === 'string'
        ? { [prefix + key]: value }
        : flatten(value as Record<string, unknown>, `${prefix}${key}.`),
    ),
  ) as Record<string, string>
}

import { readFileSync } from 'node:fs'
import path from 'node:path'

const guide = readFileSync('docs/packs.md', 'utf8')
/** A line that names a file, then the block that quotes it. */
const quotes = [...guide.matchAll(/^(Of )?`(tests\/toy\/[^`]+)`:\n```\w*\n([\s\S]*?)\n```$/gm)]

describe('the guide of packs', () => {
  it('quotes every kind of file of the toy pack', () => {
    const quoted = new Set(quotes.map(([, , file = '']) => path.dirname(file).split('/')[2] ?? path.basename(file)))
    expect([...quoted].sort()).toEqual(
      ['catalogs', 'demo', 'entities', 'forms', 'pack.json', 'processes', 'roles.json', 'stories', 'templates'].sort(),
    )
  })

  it.each(quotes.map(([, part, file = '', text = '']): [string, boolean, string] => [file, part !== undefined, text]))(
    '%s says what the guide quotes',
    (file, isPart, text) => {
      const content = readFileSync(file, 'utf8')
      if (isPart) expect(withoutIndent(content)).toContain(withoutIndent(text))
      else expect(content.trimEnd()).toBe(text)
    },
  )
})

function withoutIndent(text: string): string {
  return text
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
}

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { errorCatalog } from '#engine/contract'
import { engineWords } from './engineWords.ts'
import { texts } from './texts.ts'

type Tree = { [key: string]: string | Tree }
const flatten = (tree: Tree, prefix = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : flatten(value, `${prefix}${key}.`),
  )
const flat = { es: flatten(texts.es), en: flatten(texts.en) }
const keys = { es: new Set(flat.es.map(([key]) => key)), en: new Set(flat.en.map(([key]) => key)) }

/** The decisions name this button so: the word is the mail's, not the engine's (FM-D-010). */
const meant = new Set(['kit.entrance.newToken token'])

const ui = join(process.cwd(), 'ui')
const sources = readdirSync(ui, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes('.test.'))
  .map((path) => ({ path, text: readFileSync(join(ui, path), 'utf8') }))
// Plurals, and grammatical gender (`context`).
const plurals = ['', '_one', '_other', '_many', '_m', '_f']

describe('texts of the pages', () => {
  it('say the same keys in Spanish and English', () => {
    expect([...keys.en].sort()).toEqual([...keys.es].sort())
  })
  it('have every error the server may answer', () => {
    const codes = flatten(texts.es.errors).map(([key]) => key)
    expect(codes.sort()).toEqual([...Object.keys(errorCatalog), 'network'].sort())
  })
  it('exist for every key the pages name', () => {
    const missing = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/['"`]((?:kit|staff|portal|studio|errors)\.[a-zA-Z][\w.-]*)['"`]/g)]
        .map((match) => match[1]!)
        .filter((key) => !plurals.some((form) => keys.es.has(key + form)))
        .map((key) => `${path}: ${key}`),
    )
    expect(missing).toEqual([])
  })
  it.each(['es', 'en'] as const)('say no engine word (%s)', (language) => {
    const found = flat[language].filter(([key, text]) =>
      engineWords.some(
        (word) =>
          !meant.has(`${key} ${word}`) &&
          new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'iu').test(text.replace(/\{\{\w+\}\}/g, '')),
      ),
    )
    expect(found).toEqual([])
  })
  it('fill the same names in both languages', () => {
    const names = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]).sort()
    const english = new Map(flat.en)
    expect(flat.es.filter(([key, text]) => names(text).join() !== names(english.get(key) ?? '').join())).toEqual([])
  })
})

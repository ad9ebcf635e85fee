import { todayIn, type JsonObject } from '#forms'

/** What a code is made of, at one moment. */
export interface CodeSources {
  data: JsonObject
  /** Rows behind references and catalogue keys. */
  ref: Record<string, JsonObject | null>
  /** When the code is first given: its year stays. */
  createdAt: Date
  timeZone: string
}

/** A code before its number is known: the number stands between `before` and `after`. */
export interface CodeStem {
  before: string
  after: string
  /** At least so many digits; null: the code has no number. */
  width: number | null
}

const TOKEN = /\{([^{}]+)\}/g
const SEQUENCE = /\{seq:(\d+)\}/

/**
 * A code's pattern with everything but its number: `{field}`, `{catalogue.column}` (through `ref`), `{a|b}` the first
 * that is not empty, `{year}` of the day in the zone. Null while a source is empty.
 */
export function stemOf(pattern: string, { data, ref, createdAt, timeZone }: CodeSources): CodeStem | null {
  const missing: string[] = []
  const stem = pattern.replace(TOKEN, (token, name: string) => {
    if (name.startsWith('seq:')) return token
    if (name === 'year') return todayIn(createdAt, timeZone).slice(0, 4)
    const found = name.split('|').map((path) => valueOf(path, data, ref))
    const value = found.find((candidate) => candidate !== '')
    if (value === undefined) missing.push(name)
    return value ?? ''
  })
  if (missing.length > 0) return null
  const [before = '', digits, after = ''] = stem.split(SEQUENCE)
  return { before, after, width: digits === undefined ? null : Number(digits) }
}

function valueOf(path: string, data: JsonObject, ref: Record<string, JsonObject | null>): string {
  const [head = '', ...rest] = path.split('.')
  const value =
    rest.length === 0 ? data[head] : rest.reduce<unknown>((row, key) => (row as JsonObject | null)?.[key], ref[head])
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/** Fields of the record that a pattern reads. */
export const fieldsOfPattern = (pattern: string): string[] =>
  [...pattern.matchAll(TOKEN)]
    .flatMap(([, name = '']) => name.split('|'))
    .map((path) => path.split('.')[0] ?? '')
    .filter((name) => name !== 'year' && !name.startsWith('seq:'))

/** The number in a code of this stem; null when it is another's. */
export function numberIn(code: string, { before, after }: CodeStem): number | null {
  if (!code.startsWith(before) || !code.endsWith(after)) return null
  const digits = code.slice(before.length, code.length - after.length)
  return /^\d+$/.test(digits) ? Number(digits) : null
}

export const codeWith = ({ before, after, width }: CodeStem, number: number): string =>
  before + String(number).padStart(width ?? 1, '0') + after

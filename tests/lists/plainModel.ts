import type { JsonObject } from '#forms'

/** A list as one would write it without an index: every record is looked at. Knows nothing of how the product does it. */
export interface PlainQuery {
  q?: string
  filters: Record<string, string[]>
  ranges: Record<string, { from?: string; to?: string }>
  sort: string
}
export interface PlainRecord {
  _id: string
  data: JsonObject
}

const fold = (value: unknown): string =>
  String(value ?? '')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()

const texts = ['description', 'brand', 'model', 'serial', 'centre', 'tag']
const searched = ['code', 'description', 'brand', 'model', 'serial', 'tag']
const byText = new Set([...texts, 'code'])

export function plainList(records: PlainRecord[], query: PlainQuery): string[] {
  const found = records.filter(
    ({ data }) =>
      foundBy(data, query.q ?? '') &&
      Object.entries(query.filters).every(([name, values]) => values.some((value) => meets(data, name, value))) &&
      Object.entries(query.ranges).every(([name, range]) => isWithin(data[name], name, range)),
  )
  const way = query.sort.startsWith('-') ? -1 : 1
  const name = query.sort.replace('-', '')
  return found
    .sort((a, b) => way * (compare(keyOf(a, name), keyOf(b, name)) || compare(a._id, b._id)))
    .map((record) => record._id)
}

/** Every word in one of the searched fields; of one or two letters where a word begins. */
function foundBy(data: JsonObject, q: string): boolean {
  const said = searched.flatMap((field) => fold(data[field]).split(/\s+/))
  return fold(q)
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => said.some((one) => (word.length < 3 ? one.startsWith(word) : one.includes(word))))
}

function meets(data: JsonObject, name: string, value: string): boolean {
  const [field = '', word] = name.split('.')
  const held = data[field] ?? null
  if (word === 'empty') return (held === null || (Array.isArray(held) && held.length === 0)) === (value === 'true')
  if (field === 'code')
    return value.trim().length < 3 ? fold(held).startsWith(fold(value)) : fold(held).includes(fold(value))
  if (texts.includes(field)) return held !== null && fold(held).includes(fold(value).trim())
  if (Array.isArray(held)) return held.includes(value)
  if (field === 'price') return held !== null && Number(held) === Number(value)
  return held !== null && String(held) === value
}

function isWithin(held: unknown, name: string, { from, to }: { from?: string; to?: string }): boolean {
  if (held === null || held === undefined) return false
  if (name === 'bought') {
    const day = held as string
    // A month stands before its days, and "~" behind them.
    return (!from || day >= from) && (!to || day <= `${to}~`)
  }
  return (!from || Number(held) >= Number(from)) && (!to || Number(held) <= Number(to))
}

type Key = string | number | boolean | null
function keyOf({ data }: PlainRecord, name: string): Key {
  const held = data[name] ?? null
  if (held === null) return null
  if (name === 'price') return Number(held)
  return byText.has(name) ? fold(held).slice(0, 100) : (held as Key)
}

/** Nothing comes first. */
function compare(a: Key, b: Key): number {
  if (a === b) return 0
  if (a === null) return -1
  if (b === null) return 1
  return a < b ? -1 : 1
}

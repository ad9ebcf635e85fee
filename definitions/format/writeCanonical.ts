/**
 * The one way to write a definition file: known keys in a fixed order, one property per line; short lists, and the
 * short rows of a list, on one line.
 * Two people who change different things of a file change different lines.
 */

/** Keys in writing order. Keys not listed keep the order they came in, after the listed ones. */
const keyOrder = [
  'name',
  'version',
  '$id',
  'field',
  'email',
  'title',
  'subtitle',
  'x-title-plural',
  'x-gender',
  'description',
  'help',
  'covers',
  'requires',
  'plugins',
  'kind',
  'entity',
  'type',
  'x-label',
  'required',
  'enum',
  'oneOf',
  'const',
  'format',
  'pattern',
  'minLength',
  'maxLength',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'default',
  'examples',
  'readOnly',
]
const rank = new Map(keyOrder.map((key, index) => [key, index]))
/** Below these keys the names are the author's own and their order has a meaning (it is the order on screen). */
const ownNames = new Set(['properties', 'columns', 'roles', 'groups', 'states', 'x-related', 'x-facts', 'x-error'])
/** Everything below these is data, or a table of the author's: written in the order it came in, at any depth. */
const ownData = new Set(['rows', 'records', 'data', 'record', 'scope', 'can', 'fields'])
const lineWidth = 120

/** `names`: this level is in the author's order; `all`: everything below too. */
type Order = 'known' | 'names' | 'all'

/** Text of a definition file for a JSON value, with a newline at the end. Writing what was read twice changes nothing. */
export function writeCanonical(value: unknown): string {
  return write(value, '', 0, 'known') + '\n'
}

function write(value: unknown, indent: string, used: number, order: Order): string {
  if (Array.isArray(value)) return writeList(value, indent, used, order)
  if (value !== null && typeof value === 'object') return writeObject(value as Record<string, unknown>, indent, order)
  return JSON.stringify(value ?? null)
}

function writeObject(value: Record<string, unknown>, indent: string, order: Order): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  if (keys.length === 0) return '{}'
  if (order === 'known') keys.sort((a, b) => (rank.get(a) ?? keyOrder.length) - (rank.get(b) ?? keyOrder.length))
  const inner = indent + '  '
  const lines = keys.map((key) => {
    const start = `${inner}${JSON.stringify(key)}: `
    return start + write(value[key], inner, start.length + 1, orderBelow(key, order))
  })
  return `{\n${lines.join(',\n')}\n${indent}}`
}

function orderBelow(key: string, order: Order): Order {
  if (order === 'all') return 'all'
  if (order === 'names') return 'known'
  return ownData.has(key) ? 'all' : ownNames.has(key) ? 'names' : 'known'
}

function writeList(list: unknown[], indent: string, used: number, order: Order): string {
  if (list.length === 0) return '[]'
  const inner = indent + '  '
  const below = order === 'all' ? 'all' : 'known'
  if (list.every(isPlain)) {
    const oneLine = `[${list.map((item) => JSON.stringify(item ?? null)).join(', ')}]`
    if (used + oneLine.length <= lineWidth) return oneLine
  }
  const rows = list.map(
    (item) => inner + (writeShortRow(item, inner.length, below) ?? write(item, inner, inner.length, below)),
  )
  return `[\n${rows.join(',\n')}\n${indent}]`
}

/** `{ "a": 1, "b": 2 }` for a row of a list that holds plain values only and fits on a line. */
function writeShortRow(item: unknown, used: number, order: Order): string | undefined {
  if (item === null || typeof item !== 'object' || Array.isArray(item)) return undefined
  if (Object.keys(item).length === 0 || !Object.values(item).every(isPlain)) return undefined
  const row = writeObject(item as Record<string, unknown>, '', order).replace(/\n\s*/g, ' ')
  return used + row.length < lineWidth ? row : undefined
}

function isPlain(value: unknown): boolean {
  return value === null || typeof value !== 'object'
}

import { Binary, Decimal128, Double, Int32, Long, ObjectId, Timestamp, UUID } from 'mongodb'

/** What `$$matchesEntity` and `$$sessionLsid` refer to. */
export interface Named {
  entity(name: string): unknown
  lsid(session: string): unknown
}

/** A mismatch; its message says where and why. */
export class Mismatch extends Error {}

type Json = Record<string, unknown>
const isPlain = (value: unknown): value is Json =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !('_bsontype' in value) &&
  !(value instanceof Date) &&
  !(value instanceof RegExp) &&
  !Buffer.isBuffer(value)

/** Compares as the unified test format says: `$$` operators, numbers by value, extra fields only at the root. */
export function match(expected: unknown, actual: unknown, named: Named, path = '', isRoot = true): void {
  const operator = isPlain(expected) ? Object.keys(expected).find((key) => key.startsWith('$$')) : undefined
  if (operator) return matchOperator(operator, (expected as Json)[operator], actual, named, path, isRoot)
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) throw new Mismatch(`${path}: expected an array, got ${show(actual)}`)
    if (actual.length !== expected.length)
      throw new Mismatch(`${path}: expected ${expected.length} items, got ${show(actual)}`)
    expected.forEach((item, index) => match(item, actual[index], named, `${path}[${index}]`, isRoot))
    return
  }
  if (isPlain(expected)) {
    if (!isObjectLike(actual)) throw new Mismatch(`${path}: expected a document, got ${show(actual)}`)
    const given = actual instanceof Map ? Object.fromEntries(actual) : (actual as Json)
    for (const [key, value] of Object.entries(expected)) {
      const at = path ? `${path}.${key}` : key
      if (isPlain(value) && '$$exists' in value) {
        if ((given[key] !== undefined) !== value.$$exists)
          throw new Mismatch(`${at}: expected ${value.$$exists ? '' : 'not '}to exist, got ${show(given[key])}`)
        continue
      }
      if (isPlain(value) && '$$unsetOrMatches' in value && given[key] === undefined) continue
      if (given[key] === undefined && value !== undefined)
        throw new Mismatch(`${at}: expected ${show(value)}, got nothing in ${show(given)}`)
      match(value, given[key], named, at, false)
    }
    if (!isRoot)
      for (const key of Object.keys(given))
        if (!(key in expected) && given[key] !== undefined && !isDriverTimeout(path, key, given[key]))
          throw new Mismatch(`${path}: unexpected field '${key}' in ${show(given)}`)
    return
  }
  if (!equal(expected, actual)) throw new Mismatch(`${path}: expected ${show(expected)}, got ${show(actual)}`)
}

// The driver adds its own time limit to every commit and abort that has a write concern.
const isDriverTimeout = (path: string, key: string, value: unknown): boolean =>
  path.endsWith('command.writeConcern') && key === 'wtimeout' && value === 10000

const isObjectLike = (value: unknown): boolean =>
  value instanceof Map || (typeof value === 'object' && value !== null && !Array.isArray(value))

function matchOperator(
  operator: string,
  operand: unknown,
  actual: unknown,
  named: Named,
  path: string,
  isRoot: boolean,
): void {
  switch (operator) {
    case '$$exists':
      if ((actual !== undefined) !== operand) throw new Mismatch(`${path}: existence, got ${show(actual)}`)
      return
    case '$$unsetOrMatches':
      if (actual !== undefined && actual !== null) match(operand, actual, named, path, isRoot)
      return
    case '$$type': {
      const types = (Array.isArray(operand) ? operand : [operand]) as string[]
      if (!types.some((type) => typeTests[type]?.(actual)))
        throw new Mismatch(`${path}: expected type ${types.join('|')}, got ${show(actual)}`)
      return
    }
    case '$$sessionLsid':
      return match(named.lsid(operand as string), actual, named, path, false)
    case '$$matchesEntity':
      return match(named.entity(operand as string), actual, named, path, isRoot)
    case '$$matchesHexBytes':
      if (!Buffer.from(operand as string, 'hex').equals(Buffer.from(actual as Uint8Array)))
        throw new Mismatch(`${path}: bytes differ`)
      return
    default:
      throw new Mismatch(`${path}: the runner does not know ${operator}`)
  }
}

const typeTests: Record<string, (value: unknown) => boolean> = {
  int: (value) => value instanceof Int32 || (typeof value === 'number' && Number.isInteger(value)),
  long: (value) =>
    value instanceof Long || typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)),
  double: (value) => value instanceof Double || typeof value === 'number',
  number: (value) => typeof value === 'number' || typeof value === 'bigint' || value instanceof Long,
  string: (value) => typeof value === 'string',
  bool: (value) => typeof value === 'boolean',
  object: (value) => isPlain(value),
  array: Array.isArray,
  date: (value) => value instanceof Date,
  objectId: (value) => value instanceof ObjectId,
  binData: (value) => value instanceof Binary || value instanceof UUID,
  timestamp: (value) => value instanceof Timestamp,
  decimal: (value) => value instanceof Decimal128,
  null: (value) => value === null,
}

const number = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Timestamp) return undefined
  if (value instanceof Long) return value.toNumber()
  if (value instanceof Int32 || value instanceof Double) return value.valueOf()
  return undefined
}

function equal(expected: unknown, actual: unknown): boolean {
  const a = number(expected)
  if (a !== undefined) return a === number(actual)
  if (expected === null || typeof expected !== 'object') return expected === (actual ?? null) || expected === actual
  if (expected instanceof Date) return actual instanceof Date && expected.getTime() === actual.getTime()
  if (expected instanceof Binary)
    return actual instanceof Binary && Buffer.from(expected.buffer).equals(Buffer.from(actual.buffer))
  if (Buffer.isBuffer(expected)) return Buffer.isBuffer(actual) && expected.equals(actual)
  if (expected instanceof ObjectId) return expected.equals(actual as ObjectId)
  return JSON.stringify(expected) === JSON.stringify(actual)
}

/** A value for a message, cut to a readable length. */
export function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' ? String(inner) : inner instanceof Map ? Object.fromEntries(inner) : inner,
  ).slice(0, 300)
}

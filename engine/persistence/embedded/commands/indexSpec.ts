import { equalValues } from '../bson/compare.ts'
import { isNumber, toDouble, wholeNumber } from '../bson/numbers.ts'
import { int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import type { IndexInfo } from '../catalogue/collectionInfo.ts'
import { showValue } from '../catalogue/showValue.ts'
import { StoreError } from '../errors.ts'
import { isTruthy } from '../expression/isTruthy.ts'
import { collationOf } from '../query/collation.ts'
import { compileFilter } from '../query/compileFilter.ts'

const IGNORED = new Set(['background', 'v', 'ns'])
const REFUSED = new Set([
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'bucketSize',
  'wildcardProjection',
  'storageEngine',
  'clustered',
  'prepareUnique',
  'dropDups',
])

/**
 * An index as it will be listed: defaults left out, name filled in.
 * @throws StoreError 67 for a kind of index the store does not build, 197 for an unknown option
 */
export function normaliseIndexSpec(given: Doc, collectionCollation: Value | undefined): Doc {
  const key = given.get('key')
  if (!isDoc(key)) throw new StoreError(9, "The 'key' field is a required property of an index specification")
  if (key.size === 0) throw new StoreError(67, 'Index keys cannot be an empty object')
  if (key.size > 32) throw new StoreError(13103, 'too many compound keys')
  for (const [path, direction] of key) checkKey(path, direction)
  const spec: Doc = new Map<string, Value>([
    ['v', int32(2)],
    ['key', key],
  ])
  const name = given.get('name')
  if (name !== undefined && typeof name !== 'string') throw new StoreError(14, "The field 'name' must be a string")
  if (name === '') throw new StoreError(67, 'index name cannot be empty')
  spec.set(
    'name',
    name ?? [...key].map(([path, way]) => `${path}_${isNumber(way) ? toDouble(way) : String(way)}`).join('_'),
  )
  if (name === '*') throw new StoreError(2, "The index name '*' is not valid.")
  for (const [option, value] of given) {
    if (option === 'key' || option === 'name' || IGNORED.has(option)) continue
    if (REFUSED.has(option)) throw new StoreError(67, `index option '${option}' is not supported by the embedded store`)
    switch (option) {
      case 'unique':
      case 'sparse':
      case 'hidden':
        if (typeof value !== 'boolean' && !isNumber(value))
          throw new StoreError(14, `The field '${option}' must be a boolean`)
        if (isTruthy(value)) spec.set(option, true)
        break
      case 'partialFilterExpression':
        if (!isDoc(value)) throw new StoreError(14, "The field 'partialFilterExpression' must be an object")
        checkPartial(value)
        spec.set(option, value)
        break
      case 'expireAfterSeconds': {
        if (!isNumber(value)) throw new StoreError(14, "The field 'expireAfterSeconds' must be a number")
        const seconds = toDouble(value)
        if (seconds < 0 || seconds > 2147483647)
          throw new StoreError(67, 'TTL index expireAfterSeconds option must be within an acceptable range')
        if (key.size > 1)
          throw new StoreError(67, 'TTL indexes are single-field indexes, compound indexes do not support TTL')
        spec.set(option, value)
        break
      }
      case 'collation':
        if (collationOf(value)) spec.set(option, value)
        break
      default:
        throw new StoreError(
          197,
          `The field '${option}' is not valid for an index specification. Specification: ${showValue(given)}`,
        )
    }
  }
  if (spec.has('sparse') && spec.has('partialFilterExpression'))
    throw new StoreError(67, 'cannot mix "partialFilterExpression" and "sparse" options')
  if (!given.has('collation') && collectionCollation !== undefined) spec.set('collation', collectionCollation)
  if (key.size === 1 && key.has('_id')) {
    for (const option of ['sparse', 'partialFilterExpression', 'expireAfterSeconds', 'hidden'])
      if (spec.has(option))
        throw new StoreError(
          option === 'hidden' ? 2 : 197,
          `The field '${option}' is not valid for an _id index specification`,
        )
    if (toDouble(key.get('_id') as never) === 1) spec.delete('unique')
  }
  return spec
}

function checkKey(path: string, direction: Value): void {
  if (path === '' || path.split('.').some((part) => part === ''))
    throw new StoreError(67, 'Index keys cannot contain an empty field name')
  if (path.includes('$**')) throw new StoreError(67, 'wildcard indexes are not supported by the embedded store')
  if (path.split('.').some((part) => part.startsWith('$') && part !== '$id' && part !== '$ref' && part !== '$db'))
    throw new StoreError(67, `Index key contains an illegal field name: field name starts with '$'.`)
  if (typeof direction === 'string')
    throw new StoreError(67, `Unknown index plugin '${direction}'; the embedded store builds no ${direction} indexes`)
  if (!isNumber(direction) || toDouble(direction) === 0 || Number.isNaN(toDouble(direction)))
    throw new StoreError(
      67,
      `Values in v:2 index key pattern are not allowed to be ${showValue(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
    )
}

const PARTIAL_OPERATORS = new Set(['$eq', '$gt', '$gte', '$lt', '$lte', '$exists', '$type', '$in', '$and', '$or'])

function checkPartial(filter: Doc): void {
  compileFilter(filter)
  const visit = (part: Doc): void => {
    for (const [name, value] of part) {
      if (name.startsWith('$') && !PARTIAL_OPERATORS.has(name))
        throw new StoreError(67, `Expression not supported in partial index: ${name}`)
      if (name === '$exists' && !isTruthy(value))
        throw new StoreError(67, 'Expression not supported in partial index: $not $exists')
      if (isDoc(value) && ![...value.keys()].some((key) => !key.startsWith('$'))) visit(value)
      if ((name === '$and' || name === '$or') && Array.isArray(value))
        for (const branch of value) if (isDoc(branch)) visit(branch)
    }
  }
  visit(filter)
}

const same = (a: Value | undefined, b: Value | undefined): boolean =>
  a === undefined || b === undefined ? a === b : equalValues(a, b)

const signature = (spec: Doc): string =>
  [...(spec.get('key') as Doc)].map(([path, way]) => `${path}:${wholeNumber(way) ?? toDouble(way as never)}`).join(',')

/**
 * The index that makes creating `spec` unnecessary, if there is one.
 * @throws StoreError 85 for the same index with other options, 86 for the same name with another key
 */
export function findExisting(indexes: readonly IndexInfo[], spec: Doc): IndexInfo | undefined {
  for (const index of indexes) {
    const sameKey =
      signature(index.spec) === signature(spec) &&
      same(index.spec.get('collation'), spec.get('collation')) &&
      same(index.spec.get('partialFilterExpression'), spec.get('partialFilterExpression'))
    const sameName = index.name === spec.get('name')
    if (index.number === 1 && signature(index.spec) === signature(spec)) return index
    const sameOptions = ['unique', 'sparse', 'expireAfterSeconds', 'hidden'].every(
      (option) => option === 'hidden' || same(index.spec.get(option), spec.get(option)),
    )
    if (sameName && sameKey && sameOptions) return index
    if (sameName) {
      if (signature(index.spec) === signature(spec) && sameKey)
        throw new StoreError(
          85,
          `An equivalent index already exists with the same name but different options. Requested index: ${showValue(spec)}, existing index: ${showValue(index.spec)}`,
        )
      throw new StoreError(
        86,
        `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${showValue(spec)}, existing index: ${showValue(index.spec)}`,
      )
    }
    if (sameKey)
      throw new StoreError(
        85,
        sameOptions
          ? `Index already exists with a different name: ${index.name}`
          : `An equivalent index already exists with a different name and options. Requested index: ${showValue(spec)}, existing index: ${showValue(index.spec)}`,
      )
  }
  return undefined
}

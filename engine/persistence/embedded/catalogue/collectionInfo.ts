import { decode } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { type BinaryValue, doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { collationOf, type StringOrder } from '../query/collation.ts'
import { compileFilter } from '../query/compileFilter.ts'
import type { Filter } from '../query/filter.ts'
import { unsigned32, type Key } from '../storage/keyEncoding.ts'

export interface IndexField {
  path: string
  parts: string[]
  descending: boolean
}

/** An index, ready to use. Never changed once made: a changed index is a new one under the same number. */
export interface IndexInfo {
  /** Number within its collection; 1 is the _id index. */
  number: number
  name: string
  fields: IndexField[]
  unique: boolean
  sparse: boolean
  hidden: boolean
  partial: Filter | undefined
  expireAfterSeconds: number | undefined
  order: StringOrder | undefined
  /** As listIndexes shows it. */
  spec: Doc
  /** First bytes of all its keys. */
  space: Key
}

/** A collection as one version of the catalogue knows it; immutable. */
export interface CollectionInfo {
  id: number
  namespace: string
  uuid: BinaryValue
  /** Options given to `create`: validator, collation, capped … */
  options: Doc
  indexes: IndexInfo[]
  nextIndex: number
  /** Commit that made this version. */
  sequence: number
  order: StringOrder | undefined
  validator: Filter | undefined
  /** A capped collection holds at most so much; the oldest documents make room. */
  capped: { bytes: number; documents: number } | undefined
}

export const spaceKey = (collection: number, index: number): Key =>
  `D${unsigned32(collection)}${String.fromCharCode(index >>> 8, index & 0xff)}`

export function buildIndex(collection: number, number: number, spec: Doc): IndexInfo {
  const key = spec.get('key') as Doc
  const partial = spec.get('partialFilterExpression')
  const order = collationOf(spec.get('collation'))
  return {
    number,
    name: spec.get('name') as string,
    fields: [...key].map(([path, direction]) => ({
      path,
      parts: path.split('.'),
      descending: (wholeNumber(direction) ?? Math.sign(Number(direction))) < 0,
    })),
    unique: number === 1 || spec.get('unique') === true,
    sparse: spec.get('sparse') === true,
    hidden: spec.get('hidden') === true,
    partial: isDoc(partial) ? compileFilter(partial, { order }) : undefined,
    expireAfterSeconds: wholeNumber(spec.get('expireAfterSeconds')),
    order,
    spec,
    space: spaceKey(collection, number),
  }
}

export function buildCollection(
  namespace: string,
  id: number,
  uuid: BinaryValue,
  options: Doc,
  indexes: IndexInfo[],
  nextIndex: number,
  sequence: number,
): CollectionInfo {
  const order = collationOf(options.get('collation'))
  const validator = options.get('validator')
  return {
    id,
    namespace,
    uuid,
    options,
    indexes,
    nextIndex,
    sequence,
    order,
    capped:
      options.get('capped') === true
        ? { bytes: wholeNumber(options.get('size')) ?? 0, documents: wholeNumber(options.get('max')) ?? Infinity }
        : undefined,
    validator: isDoc(validator) && validator.size > 0 ? compileFilter(validator, { order }) : undefined,
  }
}

export function encodeCollection(info: CollectionInfo): Buffer {
  return encode(
    doc({
      id: int32(info.id),
      uuid: info.uuid,
      options: info.options,
      nextIndex: int32(info.nextIndex),
      indexes: info.indexes.map((index): Value => doc({ number: int32(index.number), spec: index.spec })),
    }),
  )
}

export function decodeCollection(namespace: string, bytes: Buffer, sequence: number): CollectionInfo {
  const stored = decode(bytes)
  const id = wholeNumber(stored.get('id'))!
  const indexes = (stored.get('indexes') as Doc[]).map((index) =>
    buildIndex(id, wholeNumber(index.get('number'))!, index.get('spec') as Doc),
  )
  return buildCollection(
    namespace,
    id,
    stored.get('uuid') as BinaryValue,
    stored.get('options') as Doc,
    indexes,
    wholeNumber(stored.get('nextIndex'))!,
    sequence,
  )
}

import { decode } from '../bson/decode.ts'
import { identicalValues } from '../bson/compare.ts'
import { isDoc, type Doc, type Value } from '../bson/values.ts'
import type { CollectionInfo } from '../catalogue/collectionInfo.ts'
import { insertDocument, replaceDocument } from '../catalogue/writeDocument.ts'
import { showValue } from '../catalogue/showValue.ts'
import { StoreError } from '../errors.ts'
import type { Match } from '../query/execute.ts'
import type { Update } from '../update/compileUpdate.ts'
import { upsertDocument } from '../update/upsertDocument.ts'
import type { Command } from './command.ts'
import { assertNotCapped, encodeStored, newObjectId, prepareDocument, validateDocument } from './insert.ts'

export interface Changed {
  before: Doc
  after: Doc
  /** False when the update left every byte as it was: nothing is written then. */
  modified: boolean
}

/** Applies an update to a stored document that matched. */
export function changeDocument(
  command: Command,
  info: CollectionInfo,
  match: Match,
  update: Update,
  bypass: boolean,
): Changed {
  const before = decode(match.bytes)
  const after = idFirst(
    update.apply(decode(match.bytes), { arrayIndex: match.details?.arrayIndex, inserting: false }),
    before.get('_id'),
  )
  assertSameId(before.get('_id'), after.get('_id'))
  const bytes = encodeStored(after)
  if (bytes.equals(match.bytes)) return { before, after, modified: false }
  validateDocument(info, after, bypass)
  replaceDocument(command.engine.catalogue, command.txn, info, match.record, before, match.bytes.length, after, bytes)
  return { before, after, modified: true }
}

function idFirst(document: Doc, id: Value | undefined): Doc {
  if (id === undefined || document.keys().next().value === '_id') return document
  // A pipeline may have left the _id out: it cannot be removed, so it stays.
  const result = new Map<string, Value>([['_id', document.has('_id') ? document.get('_id')! : id]])
  for (const [name, value] of document) if (name !== '_id') result.set(name, value)
  return result
}

function assertSameId(before: Value | undefined, after: Value | undefined): void {
  if (before === undefined || after === undefined || identicalValues(before, after)) return
  throw new StoreError(66, `Performing an update on the path '_id' would modify the immutable field '_id'`)
}

/** Inserts what an upsert that matched nothing describes. */
export function insertUpsert(
  command: Command,
  info: CollectionInfo,
  filter: Doc,
  update: Update,
  bypass: boolean,
): Doc {
  const start = upsertDocument(filter, update.replacement)
  const filterId = start.get('_id')
  let result = update.apply(start, { arrayIndex: undefined, inserting: true })
  if (filterId !== undefined && result.get('_id') === undefined)
    result = new Map<string, Value>([['_id', filterId], ...result])
  if (filterId !== undefined && !identicalValues(filterId, result.get('_id')!))
    throw new StoreError(
      66,
      `After applying the update, the (immutable) field '_id' was found to have been altered to _id: ${showValue(result.get('_id')!)}`,
    )
  if (result.get('_id') === undefined) result = new Map<string, Value>([['_id', newObjectId(command.now)], ...result])
  const { document, bytes } = prepareDocument(undefined, result, command.now)
  assertNotCapped(info, command.inTransaction)
  validateDocument(info, document, bypass)
  insertDocument(command.engine.catalogue, command.txn, info, document, bytes)
  return document
}

/** `arrayFilters` as a list. */
export function arrayFiltersOf(spec: Doc): Value[] {
  const filters = spec.get('arrayFilters')
  if (filters === undefined) return []
  if (!Array.isArray(filters) || !filters.every(isDoc))
    throw new StoreError(14, 'arrayFilters must be an array of objects')
  return filters
}

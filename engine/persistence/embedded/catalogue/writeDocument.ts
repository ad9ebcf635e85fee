import { decode } from '../bson/decode.ts'
import { doc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { indexKeys } from '../index/indexKeys.ts'
import { afterPrefix, counter64, encodeKey, shorten, type Key } from '../storage/keyEncoding.ts'
import type { Txn } from '../storage/txn.ts'
import { catalogueKey, type Catalogue } from './catalogue.ts'
import { spaceKey, type CollectionInfo, type IndexInfo } from './collectionInfo.ts'
import { showValue } from './showValue.ts'

/** Value of an index entry whose key says everything. */
const PRESENT = Buffer.from([1])

export const recordKey = (collection: number, record: Key): Key => spaceKey(collection, 0) + record

/** The key under which an _id's record is found. */
const idKey = (info: CollectionInfo, id: Value): Key => info.indexes[0]!.space + shorten(encodeKey(id, info.order))

/** Record of an _id, as the transaction sees it. */
export function findRecord(txn: Txn, info: CollectionInfo, id: Value): Key | undefined {
  return txn.get(idKey(info, id))?.latin1Slice()
}

/** Adds a document. @throws StoreError 11000 for a duplicate, before anything is written */
export function insertDocument(
  catalogue: Catalogue,
  txn: Txn,
  info: CollectionInfo,
  document: Doc,
  bytes: Buffer,
): void {
  txn.writeTo(catalogueKey(info.namespace))
  const record = counter64(catalogue.nextRecord(txn, info))
  const entries = info.indexes.map((index) => ({ index, ...indexKeys(document, index) }))
  for (const { index, keys } of entries)
    if (index.unique) for (const key of keys) assertFree(txn, info, index, key, record, document)
  txn.put(recordKey(info.id, record), bytes)
  for (const { index, keys, multikey } of entries) {
    if (multikey) catalogue.markMultikey(txn, index.space, multikey)
    for (const key of keys) addEntry(txn, index, key, record)
  }
  txn.addExtent(info.id, 1, bytes.length)
  if (info.capped) trimCapped(txn, info, info.capped)
}

function trimCapped(txn: Txn, info: CollectionInfo, most: { bytes: number; documents: number }): void {
  const space = spaceKey(info.id, 0)
  let { documents, bytes } = txn.extentOf(info.id)
  if (documents <= most.documents && bytes <= most.bytes) return
  for (const { key, value } of txn.scan(space, afterPrefix(space))) {
    // The newest stays, however large.
    if ((documents <= most.documents && bytes <= most.bytes) || documents === 1) return
    deleteDocument(txn, info, key.slice(space.length), decode(value), value.length)
    documents--
    bytes -= value.length
  }
}

/** Replaces a document in place. @throws StoreError 11000 for a duplicate, before anything is written */
export function replaceDocument(
  catalogue: Catalogue,
  txn: Txn,
  info: CollectionInfo,
  record: Key,
  before: Doc,
  /** Bytes of `before` as stored. */
  size: number,
  document: Doc,
  bytes: Buffer,
): void {
  txn.writeTo(catalogueKey(info.namespace))
  txn.lock(recordKey(info.id, record))
  const changes = info.indexes.slice(1).map((index) => {
    const old = new Set(indexKeys(before, index).keys)
    const { keys, multikey } = indexKeys(document, index)
    return { index, multikey, added: keys.filter((key) => !old.delete(key)), removed: old }
  })
  for (const { index, added } of changes)
    if (index.unique) for (const key of added) assertFree(txn, info, index, key, record, document)
  txn.put(recordKey(info.id, record), bytes)
  txn.addExtent(info.id, 0, bytes.length - size)
  for (const { index, multikey, added, removed } of changes) {
    if (multikey) catalogue.markMultikey(txn, index.space, multikey)
    for (const key of removed) removeEntry(txn, index, key, record)
    for (const key of added) addEntry(txn, index, key, record)
  }
}

/** `size`: bytes of the document as stored. */
export function deleteDocument(txn: Txn, info: CollectionInfo, record: Key, document: Doc, size: number): void {
  txn.writeTo(catalogueKey(info.namespace))
  txn.put(recordKey(info.id, record), null)
  for (const index of info.indexes)
    for (const key of indexKeys(document, index).keys) removeEntry(txn, index, key, record)
  txn.addExtent(info.id, -1, -size)
}

/** Fills a new index from the documents that are there. @throws StoreError 11000, 171 */
export function fillIndex(catalogue: Catalogue, txn: Txn, info: CollectionInfo, index: IndexInfo): void {
  const space = spaceKey(info.id, 0)
  for (const { key, value } of txn.scan(space, afterPrefix(space))) {
    const document = decode(value)
    const record = key.slice(space.length)
    const { keys, multikey } = indexKeys(document, index)
    if (multikey) catalogue.markMultikey(txn, index.space, multikey)
    for (const entry of keys) {
      if (index.unique) assertFree(txn, info, index, entry, record, document)
      addEntry(txn, index, entry, record)
    }
  }
}

function addEntry(txn: Txn, index: IndexInfo, key: Key, record: Key): void {
  if (index.unique) txn.put(index.space + key, Buffer.from(record, 'latin1'))
  else txn.putFree(index.space + key + record, PRESENT)
}

function removeEntry(txn: Txn, index: IndexInfo, key: Key, record: Key): void {
  if (index.unique) txn.put(index.space + key, null)
  else txn.putFree(index.space + key + record, null)
}

// The lock comes first: an entry another open transaction has written or removed is not ours to judge.
function assertFree(txn: Txn, info: CollectionInfo, index: IndexInfo, key: Key, record: Key, document: Doc): void {
  txn.lock(index.space + key)
  const holder = txn.get(index.space + key)
  if (holder && holder.latin1Slice() !== record) throw duplicateKey(info, index, document)
}

function duplicateKey(info: CollectionInfo, index: IndexInfo, document: Doc): StoreError {
  const keyValue: Doc = new Map()
  for (const { path, parts } of index.fields) keyValue.set(path, keyValueOf(document, parts))
  const shown = [...keyValue].map(([name, value]) => `${name}: ${showValue(value)}`).join(', ')
  return new StoreError(
    11000,
    `E11000 duplicate key error collection: ${info.namespace} index: ${index.name} dup key: { ${shown} }`,
    doc({ keyPattern: index.spec.get('key')!, keyValue }),
  )
}

function keyValueOf(document: Doc, parts: readonly string[]): Value {
  let value: Value | undefined = document
  for (const part of parts) value = value instanceof Map ? value.get(part) : undefined
  return value ?? null
}

/** Record id of an index entry, which is its value (unique) or the end of its key. */
export const recordOf = (index: IndexInfo, entry: { key: Key; value: Buffer }): Key =>
  index.unique ? entry.value.latin1Slice() : entry.key.slice(-8)

import { decode } from '../bson/decode.ts'
import { doc, int32, integer, type Value } from '../bson/values.ts'
import { spaceKey, type CollectionInfo, type IndexInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import { indexKeys } from '../index/indexKeys.ts'
import { afterPrefix, type Key } from '../storage/keyEncoding.ts'
import type { Extent, Txn } from '../storage/txn.ts'
import { namespaceOf } from './arguments.ts'
import type { CommandType } from './command.ts'

/** Compares every index with what the documents say it should hold, and the count with the documents there are. */
export const validate: CommandType = {
  fields: ['validate', 'full', 'background'],
  run(command) {
    const { engine, txn } = command
    const namespace = namespaceOf(command)
    const info = engine.catalogue.find(txn, namespace)
    if (!info) throw new StoreError(26, `Collection '${namespace}' does not exist to validate.`)
    const errors: Value[] = []
    const expected = new Map<IndexInfo, Set<Key>>(info.indexes.map((index) => [index, new Set<Key>()]))
    const found = readRecords(txn, info, expected, errors)
    const { documents, bytes } = engine.store.extentOf(info.id)
    if (documents !== found.documents || bytes !== found.bytes)
      errors.push(
        `the count says ${documents} documents of ${bytes} bytes, there are ${found.documents} of ${found.bytes}`,
      )
    for (const [index, entries] of expected) compareIndex(txn, index, entries, errors)
    return doc({
      ns: namespace,
      nrecords: integer(found.documents),
      nIndexes: int32(info.indexes.length),
      valid: errors.length === 0,
      errors,
      warnings: [],
    })
  },
}

function readRecords(txn: Txn, info: CollectionInfo, expected: Map<IndexInfo, Set<Key>>, errors: Value[]): Extent {
  const space = spaceKey(info.id, 0)
  const found: Extent = { documents: 0, bytes: 0 }
  for (const { key, value } of txn.scan(space, afterPrefix(space))) {
    found.documents++
    found.bytes += value.length
    const record = key.slice(space.length)
    try {
      const document = decode(value)
      for (const [index, entries] of expected)
        for (const entry of indexKeys(document, index).keys) entries.add(index.space + entry + record)
    } catch (error) {
      errors.push(`record ${Buffer.from(record, 'latin1').toString('hex')}: ${(error as Error).message}`)
    }
  }
  return found
}

function compareIndex(txn: Txn, index: IndexInfo, entries: Set<Key>, errors: Value[]): void {
  for (const { key, value } of txn.scan(index.space, afterPrefix(index.space)))
    if (!entries.delete(index.unique ? key + value.latin1Slice() : key))
      errors.push(`index ${index.name}: an entry without a document`)
  if (entries.size > 0) errors.push(`index ${index.name}: ${entries.size} entries are missing`)
}

import { decode } from './bson/decode.ts'
import { DateValue, type Doc } from './bson/values.ts'
import { deleteDocument, recordKey, recordOf } from './catalogue/writeDocument.ts'
import type { CollectionInfo, IndexInfo } from './catalogue/collectionInfo.ts'
import type { Engine } from './commands/command.ts'
import { walkElements } from './query/walkPath.ts'
import { encodeKey } from './storage/keyEncoding.ts'
import { LockedError } from './storage/txn.ts'

/** Documents deleted in one commit. */
const BATCH = 500

/** Deletes what TTL indexes say has expired. Documents held by an open transaction wait for the next sweep. */
export async function sweepExpired(engine: Engine, now = Date.now()): Promise<number> {
  let deleted = 0
  for (const info of engine.catalogue.all())
    for (const index of info.indexes)
      if (index.expireAfterSeconds !== undefined)
        for (;;) {
          const count = await sweepIndex(engine, info, index, now - index.expireAfterSeconds * 1000)
          deleted += count
          if (count < BATCH) break
        }
  return deleted
}

async function sweepIndex(engine: Engine, info: CollectionInfo, index: IndexInfo, before: number): Promise<number> {
  const txn = engine.store.statement()
  if (engine.catalogue.find(txn, info.namespace)?.id !== info.id) return 0
  const field = index.fields[0]!
  const from = encodeKey(new DateValue(-8.64e15))
  const to = encodeKey(new DateValue(before))
  let count = 0
  // A descending index is rare and small: it is read whole.
  const entries = field.descending
    ? txn.scan(index.space, `${index.space}\xff`)
    : txn.scan(index.space + from, index.space + to)
  for (const entry of entries) {
    const record = recordOf(index, entry)
    const bytes = txn.get(recordKey(info.id, record))
    if (!bytes) continue
    const document = decode(bytes)
    if (!isExpired(document, field.parts, before)) continue
    try {
      deleteDocument(txn, info, record, document, bytes.length)
    } catch (error) {
      if (error instanceof LockedError) continue
      throw error
    }
    if (++count === BATCH) break
  }
  await txn.commit()
  return count
}

/** Of several dates the earliest counts. */
const isExpired = (document: Doc, path: readonly string[], before: number): boolean =>
  walkElements(document, path, (value) => value instanceof DateValue && value.ms < before)

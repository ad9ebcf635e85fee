import { randomBytes } from 'node:crypto'
import { BsonError, decode, STORED_DEPTH } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import {
  doc,
  int32,
  isDoc,
  ObjectIdValue,
  RawDoc,
  RegexValue,
  TimestampValue,
  UNDEFINED,
  type Doc,
  type Value,
} from '../bson/values.ts'
import { insertDocument } from '../catalogue/writeDocument.ts'
import type { CollectionInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import { LockedError } from '../storage/txn.ts'
import { nextTimestamp } from '../update/operators.ts'
import { booleanArgument, namespaceOf } from './arguments.ts'
import type { Command, CommandType } from './command.ts'

/** Largest stored document, in bytes. */
export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024
export const MAX_BATCH = 100_000

let counter = randomBytes(3).readUIntBE(0, 3)
const processPart = randomBytes(5)

export function newObjectId(now: number): ObjectIdValue {
  const bytes = Buffer.allocUnsafe(12)
  bytes.writeUInt32BE(Math.floor(now / 1000) >>> 0, 0)
  processPart.copy(bytes, 4)
  counter = (counter + 1) & 0xffffff
  bytes.writeUIntBE(counter, 9, 3)
  return new ObjectIdValue(bytes)
}

/** The document as it is stored: _id first, empty timestamps filled. Bytes are kept when nothing has to change. */
export function prepareDocument(raw: Buffer | undefined, document: Doc, now: number): { document: Doc; bytes: Buffer } {
  let ready = document
  const id = document.get('_id')
  const first = document.keys().next().value
  const stamps = [...document].some(
    ([name, value]) => name !== '_id' && value instanceof TimestampValue && value.value === 0n,
  )
  if (id === undefined || first !== '_id' || stamps) {
    ready = new Map<string, Value>([['_id', id === undefined ? newObjectId(now) : id]])
    for (const [name, value] of document)
      if (name !== '_id')
        ready.set(name, value instanceof TimestampValue && value.value === 0n ? nextTimestamp(now) : value)
    raw = undefined
  }
  checkId(ready.get('_id')!)
  if (!raw) return { document: ready, bytes: encodeStored(ready) }
  assertSize(raw.length)
  return { document: ready, bytes: Buffer.from(raw) }
}

function assertSize(bytes: number): void {
  if (bytes > MAX_DOCUMENT_BYTES)
    throw new StoreError(
      10334,
      `BSONObj size: ${bytes} (0x${bytes.toString(16)}) is invalid. Size must be between 0 and ${MAX_DOCUMENT_BYTES}(16MB)`,
    )
}

/** @throws StoreError 15 for nesting that is too deep, 22 for another value BSON has no room for, 10334 for a document too large */
export function encodeStored(document: Doc): Buffer {
  const bytes = asStoreError(() => encode(document, STORED_DEPTH))
  assertSize(bytes.length)
  return bytes
}

/** Damaged bytes of one document concern that document, not the whole command. */
function asStoreError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof BsonError) throw new StoreError(error.code, error.message)
    throw error
  }
}

function checkId(id: Value): void {
  if (Array.isArray(id)) throw new StoreError(2, "can't use an array for _id")
  if (id instanceof RegexValue) throw new StoreError(2, "can't use a regex for _id")
  if (id === UNDEFINED) throw new StoreError(2, "can't use a undefined for _id")
  if (isDoc(id))
    for (const name of id.keys())
      if (name.startsWith('$'))
        throw new StoreError(52, `_id fields may not contain '$'-prefixed fields: ${name} is not valid for storage.`)
}

/** @throws StoreError 263: which documents are the oldest is not known before the transaction ends */
export function assertNotCapped(info: CollectionInfo, inTransaction: boolean): void {
  if (info.capped && inTransaction)
    throw new StoreError(
      263,
      `Collection '${info.namespace}' is a capped collection. Writes in transactions are not allowed on capped collections.`,
    )
}

/** @throws StoreError 121 when the collection's validator does not match */
export function validateDocument(info: CollectionInfo, document: Doc, bypass: boolean): void {
  if (!info.validator || bypass || info.options.get('validationAction') === 'warn') return
  if (!info.validator.matches(document))
    throw new StoreError(
      121,
      'Document failed validation',
      doc({
        errInfo: doc({ failingDocumentId: document.get('_id') ?? null, details: doc({ operatorName: 'validator' }) }),
      }),
    )
}

export interface WriteError {
  index: number
  error: StoreError
}

/** Runs the parts of a bulk write; a failure ends it when `ordered`, and always inside a transaction. */
export function eachWrite<T>(
  items: readonly T[],
  command: Command,
  write: (item: T, index: number) => void,
): WriteError[] {
  const ordered = command.body.get('ordered') !== false
  const errors: WriteError[] = []
  if (items.length > MAX_BATCH || items.length === 0)
    throw new StoreError(16, `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${items.length} operations.`)
  for (let index = 0; index < items.length; index++) {
    try {
      write(items[index]!, index)
    } catch (error) {
      if (error instanceof LockedError || !(error instanceof StoreError)) throw error
      // A write conflict concerns the transaction and not one document.
      if (command.inTransaction && (error.labels.length > 0 || error.code === 246)) throw error
      errors.push({ index, error })
      if (ordered || command.inTransaction) break
    }
  }
  return errors
}

export function writeReply(fields: Record<string, Value | undefined>, errors: WriteError[]): Doc {
  const reply = doc(fields)
  if (errors.length > 0)
    reply.set(
      'writeErrors',
      errors.map(
        ({ index, error }): Value =>
          new Map<string, Value>([
            ['index', int32(index)],
            ['code', int32(error.code)],
            ...(error.details ?? []),
            ['errmsg', error.message],
          ]),
      ),
    )
  return reply
}

export const insert: CommandType = {
  transactional: true,
  retryable: true,
  fields: ['insert', 'documents', 'ordered', 'bypassDocumentValidation'],
  run(command) {
    const { engine, body, txn, now } = command
    const documents = body.get('documents')
    if (!Array.isArray(documents))
      throw new StoreError(40414, "BSON field 'insert.documents' is missing but a required field")
    const bypass = booleanArgument(body, 'bypassDocumentValidation')
    const namespace = namespaceOf(command)
    let info: CollectionInfo | undefined
    let inserted = 0
    const errors = eachWrite(documents, command, (item) => {
      if (!(item instanceof RawDoc) && !isDoc(item)) throw new StoreError(14, 'documents must be objects')
      const raw = item instanceof RawDoc ? item.bytes : undefined
      const { document, bytes } = prepareDocument(
        raw,
        raw ? asStoreError(() => decode(raw, 0, STORED_DEPTH)) : (item as Doc),
        now,
      )
      info ??= engine.catalogue.findOrCreate(txn, namespace)
      assertNotCapped(info, command.inTransaction)
      validateDocument(info, document, bypass)
      insertDocument(engine.catalogue, txn, info, document, bytes)
      inserted++
    })
    return writeReply({ n: int32(inserted) }, errors)
  },
}

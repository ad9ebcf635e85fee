import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EJSON, serialize } from 'bson'
import { decode } from '../bson/decode.ts'
import { isDoc, RawDoc, type Doc } from '../bson/values.ts'
import { accessStore, type StoreAccess } from './storeAccess.ts'

/** Documents sent at once, and the bytes after which fewer are. */
const BATCH = 1000
const BATCH_BYTES = 8 * 1024 * 1024

/**
 * Reads what {@link exportStore} or mongodump wrote. Documents are added; one whose _id is there already is an error.
 * Indexes are made at the end, as mongorestore does.
 * @returns documents read, by namespace
 */
export async function importStore(dataDir: string, directory: string): Promise<Map<string, number>> {
  const store = await accessStore(dataDir, { fresh: true })
  const read = new Map<string, number>()
  try {
    for (const database of readdirSync(directory, { withFileTypes: true }).filter((entry) => entry.isDirectory()))
      for (const file of readdirSync(join(directory, database.name)).filter((name) => name.endsWith('.bson'))) {
        const base = file.slice(0, -'.bson'.length)
        const name = decodeURIComponent(base)
        const description = readDescription(join(directory, database.name, `${base}.metadata.json`))
        await prepare(store, database.name, name, description)
        read.set(
          `${database.name}.${name}`,
          await importDocuments(store, database.name, name, join(directory, database.name, file)),
        )
        await makeIndexes(store, database.name, name, description)
      }
  } finally {
    await store.close()
  }
  return read
}

function readDescription(path: string): Doc {
  if (!existsSync(path)) return new Map()
  const parsed = EJSON.parse(readFileSync(path, 'utf8'), { relaxed: false }) as Record<string, unknown>
  return decode(Buffer.from(serialize(parsed)))
}

async function prepare(store: StoreAccess, database: string, name: string, description: Doc): Promise<void> {
  const options = description.get('options')
  await store.run(database, { create: name, ...(isDoc(options) && Object.fromEntries(options)) })
}

async function makeIndexes(store: StoreAccess, database: string, name: string, description: Doc): Promise<void> {
  const listed = description.get('indexes')
  const indexes = (Array.isArray(listed) ? listed : []).filter(isDoc).filter((index) => index.get('name') !== '_id_')
  if (indexes.length > 0) await store.run(database, { createIndexes: name, indexes })
}

async function importDocuments(store: StoreAccess, database: string, name: string, path: string): Promise<number> {
  let count = 0
  let batch: RawDoc[] = []
  let size = 0
  const send = async (): Promise<void> => {
    if (batch.length > 0) await store.run(database, { insert: name, documents: batch })
    count += batch.length
    batch = []
    size = 0
  }
  for await (const bytes of documents(path)) {
    batch.push(new RawDoc(bytes))
    size += bytes.length
    if (batch.length === BATCH || size >= BATCH_BYTES) await send()
  }
  await send()
  return count
}

/** Splits a file of BSON documents written one after another. */
async function* documents(path: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0)
  for await (const chunk of createReadStream(path)) {
    rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
    let at = 0
    while (rest.length - at >= 4 && rest.length - at >= rest.readInt32LE(at)) {
      const size = rest.readInt32LE(at)
      if (size < 5) throw new Error(`${path} holds something that is no BSON document`)
      yield rest.subarray(at, at + size)
      at += size
    }
    rest = rest.subarray(at)
  }
  if (rest.length > 0) throw new Error(`${path} ends in the middle of a document`)
}

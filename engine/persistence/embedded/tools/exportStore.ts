import { createWriteStream, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { deserialize, EJSON } from 'bson'
import { decode } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import { type BinaryValue, doc, int32, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { accessStore, type StoreAccess } from './storeAccess.ts'

/**
 * Writes every collection in mongodump's layout, `DIRECTORY/DATABASE/COLLECTION.bson` and `.metadata.json`, which
 * mongorestore reads too. The store may be running; each collection is read from one snapshot of its own.
 * @returns documents written, by namespace
 */
export async function exportStore(dataDir: string, directory: string): Promise<Map<string, number>> {
  const store = await accessStore(dataDir)
  const written = new Map<string, number>()
  try {
    const { databases } = Object.fromEntries(await store.run('admin', { listDatabases: int32(1), nameOnly: true })) as {
      databases: Doc[]
    }
    for (const database of databases.map((one) => one.get('name') as string))
      for (const collection of await all(store, database, { listCollections: int32(1) })) {
        const name = collection.get('name') as string
        const folder = join(directory, database)
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        written.set(
          `${database}.${name}`,
          await exportCollection(store, database, name, join(folder, `${encodeURIComponent(name)}.bson`)),
        )
        const indexes = await all(store, database, { listIndexes: name })
        writeFileSync(join(folder, `${encodeURIComponent(name)}.metadata.json`), metadata(name, collection, indexes), {
          mode: 0o600,
        })
      }
  } finally {
    await store.close()
  }
  return written
}

async function exportCollection(store: StoreAccess, database: string, name: string, path: string): Promise<number> {
  const file = createWriteStream(path, { mode: 0o600 })
  let count = 0
  for await (const batch of batches(store, database, { find: name, batchSize: int32(1000) }))
    for (const item of batch) {
      count++
      if (!file.write(bytesOf(item))) await once(file, 'drain')
    }
  file.end()
  await finished(file)
  return count
}

const bytesOf = (item: Value): Buffer => (item instanceof RawDoc ? item.bytes : encode(item as Doc))

/** A document of a reply: decoded already when it came over the wire, bytes when the store was opened here. */
function read(item: Value): Doc {
  return item instanceof RawDoc ? decode(item.bytes) : (item as Doc)
}

async function* batches(store: StoreAccess, database: string, command: Record<string, Value>): AsyncGenerator<Value[]> {
  let cursor = (await store.run(database, command)).get('cursor') as Doc
  yield cursor.get('firstBatch') as Value[]
  const collection = (cursor.get('ns') as string).slice(database.length + 1)
  while (cursor.get('id') !== 0n) {
    cursor = (await store.run(database, { getMore: cursor.get('id')!, collection })).get('cursor') as Doc
    yield cursor.get('nextBatch') as Value[]
  }
}

async function all(store: StoreAccess, database: string, command: Record<string, Value>): Promise<Doc[]> {
  const documents: Doc[] = []
  for await (const batch of batches(store, database, command)) documents.push(...batch.map(read))
  return documents
}

function metadata(name: string, collection: Doc, indexes: Doc[]): string {
  const info = collection.get('info') as Doc
  const uuid = info.get('uuid') as BinaryValue
  const described = doc({
    options: collection.get('options')!,
    indexes,
    uuid: uuid.bytes.toString('hex'),
    collectionName: name,
    type: 'collection',
  })
  return EJSON.stringify(deserialize(encode(described), { promoteValues: false, bsonRegExp: true }), { relaxed: false })
}

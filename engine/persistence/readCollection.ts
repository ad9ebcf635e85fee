import { existsSync, readdirSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { deserialize } from 'bson'
import mongoose from 'mongoose'

/** Collections of a copy, or of a database, for those who only read: documents as they are stored. */
export interface CollectionReader {
  read(collection: string): AsyncIterable<Record<string, unknown>>
  close(): Promise<void>
}

/**
 * Reads mongodump's layout: `DIRECTORY/DATABASE/COLLECTION.bson`, or the database's folder itself.
 * @throws Error when the directory holds no such copy, or several databases and none is chosen
 */
export function readDump(directory: string, database?: string): CollectionReader {
  const folder = folderOf(directory, database)
  return {
    read: (collection) => documentsOf(join(folder, `${encodeURIComponent(collection)}.bson`)),
    close: () => Promise.resolve(),
  }
}

function folderOf(directory: string, database: string | undefined): string {
  const hasCopy = (folder: string): boolean =>
    existsSync(folder) && readdirSync(folder).some((name) => name.endsWith('.bson'))
  if (database !== undefined) {
    const folder = join(directory, database)
    if (hasCopy(folder)) return folder
    throw new Error(`${folder} holds no copy of a database`)
  }
  if (hasCopy(directory)) return directory
  const found = existsSync(directory)
    ? readdirSync(directory).filter(
        (name) => !['admin', 'local', 'config'].includes(name) && hasCopy(join(directory, name)),
      )
    : []
  const [only] = found
  if (found.length === 1 && only !== undefined) return join(directory, only)
  if (found.length === 0) throw new Error(`${directory} holds no copy of a database`)
  throw new Error(`${directory} holds several databases (${found.join(', ')}): choose one`)
}

/** Documents one after the other; a file that is not there has none. Throws when the last one is cut. */
async function* documentsOf(path: string): AsyncGenerator<Record<string, unknown>> {
  if (!existsSync(path)) return
  const file = await open(path, 'r')
  try {
    let rest: Buffer = Buffer.alloc(0)
    for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
      rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer])
      let at = 0
      while (rest.length - at >= 4 && rest.length - at >= rest.readInt32LE(at)) {
        const size = rest.readInt32LE(at)
        if (size < 5) throw new Error(`${path} is damaged`)
        yield deserialize(rest.subarray(at, at + size), { promoteBuffers: true })
        at += size
      }
      rest = rest.subarray(at)
    }
    if (rest.length > 0) throw new Error(`${path} ends in the middle of a document`)
  } finally {
    await file.close()
  }
}

/** Reads a running database, without writing anything to it. */
export async function readDatabase(uri: string, database = 'cauce'): Promise<CollectionReader> {
  const client = await mongoose.mongo.MongoClient.connect(uri, { serverSelectionTimeoutMS: 10_000 })
  const named = /^mongodb(?:\+srv)?:\/\/[^/]+\/[^?]/.test(uri)
  const db = named ? client.db() : client.db(database)
  return {
    read: (collection) => db.collection(collection).find({}, { promoteBuffers: true }),
    close: () => client.close(),
  }
}

import { randomBytes } from 'node:crypto'
import { MongoClient } from 'mongodb'

/** Begins the name of every database of this run: what is left of them at its end is dropped (globalTeardown). */
const ofThisFile = `${process.env.CAUCE_TEST_RUN}_${process.pid}_${randomBytes(4).toString('hex')}`

/**
 * Connection string of a database that belongs to this test file alone, on the test store or on the server that
 * MONGODB_URI names. With `name`, further databases of the same file.
 */
export function testDatabaseUri(name?: string): string {
  const server = process.env.MONGODB_URI ?? process.env.CAUCE_TEST_STORE_URI
  if (!server) throw new Error('no test store: run the tests through `npm test`')
  const [, scheme, hosts, query] = /^(mongodb(?:\+srv)?:\/\/)([^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(server)!
  return `${scheme}${hosts}/${ofThisFile}${name ? `_${name}` : ''}${query ?? ''}`
}

/** On a server that stays after the run, takes the database away; the test store goes as a whole. */
export async function dropTestDatabase(uri: string): Promise<void> {
  if (!process.env.MONGODB_URI) return
  const client = await MongoClient.connect(uri)
  try {
    await client.db().dropDatabase()
  } finally {
    await client.close()
  }
}

import { randomBytes } from 'node:crypto'

const ofThisFile = `test_${process.pid}_${randomBytes(4).toString('hex')}`

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

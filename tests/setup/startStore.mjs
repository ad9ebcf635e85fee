// One store process for all tests, unless MONGODB_URI names a real server. Its URI reaches the tests in
// CAUCE_TEST_STORE_URI; tests/setup/database.ts gives each test file a database of its own.
import { MongoClient } from 'mongodb'
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'

let running

export async function startStore() {
  process.env.CAUCE_TEST_RUN = `test_${randomBytes(4).toString('hex')}`
  if (process.env.MONGODB_URI) return
  const directory = await mkdtemp(join(tmpdir(), 'cauce-test-store-'))
  // Bundled, it starts in a fraction of the time that transpiling file by file takes.
  const program = `.cache/test-store/${process.pid}.mjs`
  await build({
    entryPoints: ['engine/persistence/embedded/main.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outfile: program,
    logLevel: 'error',
  })
  const child = spawn(process.execPath, [program, '--data', directory, '--no-durable', '--quiet'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running = { child, directory, program }
  process.env.CAUCE_TEST_STORE_URI = await firstLine(child)
  await keepExpired(process.env.CAUCE_TEST_STORE_URI)
}

/** What expires goes by the machine's clock: tests that stand in the past would lose their sessions every minute. */
async function keepExpired(uri) {
  const client = await MongoClient.connect(uri)
  await client.db('admin').command({ setParameter: 1, ttlMonitorSleepSecs: 24 * 3600 })
  await client.close()
}

function firstLine(child) {
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`the test store ended with code ${code} before it was ready`)))
  })
}

export async function stopStore() {
  if (process.env.MONGODB_URI) await dropDatabases()
  if (!running) return
  const { child, directory, program } = running
  running = undefined
  if (child.exitCode === null) {
    child.kill('SIGTERM')
    await new Promise((resolve) => child.once('exit', resolve))
  }
  await rm(directory, { recursive: true, force: true })
  await rm(program, { force: true })
}

/** What this run has left on a server that stays. */
async function dropDatabases() {
  const client = await MongoClient.connect(process.env.MONGODB_URI)
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true })
  for (const { name } of databases)
    if (name.startsWith(process.env.CAUCE_TEST_RUN)) await client.db(name).dropDatabase()
  await client.close()
}

import { expect, it } from '@jest/globals'
import { build } from 'esbuild'
import { MongoClient, MongoServerError, type ClientSession } from 'mongodb'
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const WRITERS = 20
const main = fileURLToPath(new URL('../main.ts', import.meta.url))

function start(program: string, data: string): Promise<{ child: ChildProcess; uri: string }> {
  const child = spawn(process.execPath, [program, '--data', data, '--port', '0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  return new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (uri) => {
      resolve({ child, uri })
    })
    child.once('exit', (code) => {
      reject(new Error(`the store ended with ${code}`))
    })
  })
}

interface Acknowledged {
  single: Set<number>
  pairs: Set<number>
  /** Increments of each counter that were acknowledged, and those whose fate is unknown. */
  counters: number[]
  unknown: number[]
}

/** Writes until the store dies; notes only what was acknowledged. */
async function write(client: MongoClient, writer: number, round: number, done: Acknowledged): Promise<void> {
  const db = client.db('crash')
  for (let n = 0; ; n++) {
    const number = round * 1_000_000 + writer * 10_000 + n
    try {
      if (writer % 4 === 0) {
        await client.withSession((session: ClientSession) =>
          session.withTransaction(async () => {
            await db.collection('left').insertOne({ number }, { session })
            await db.collection('right').insertOne({ number }, { session })
          }),
        )
        done.pairs.add(number)
      } else if (writer % 4 === 1) {
        done.unknown[writer]!++
        await db
          .collection<{ _id: number; value: number }>('counters')
          .updateOne({ _id: writer }, { $inc: { value: 1 } }, { upsert: true })
        done.counters[writer]!++
        done.unknown[writer]!--
      } else {
        await db.collection('single').insertOne({ number, text: 'x'.repeat(200) })
        done.single.add(number)
      }
    } catch (error) {
      if (error instanceof MongoServerError && error.code !== 91 && error.code !== 251) throw error
      return
    }
  }
}

it('loses nothing it has acknowledged and halves no transaction when killed under 20 writers', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'cauce-crash-'))
  const program = join('.cache', 'test-store', `crash-${process.pid}.mjs`)
  await build({
    entryPoints: [main],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    outfile: program,
    logLevel: 'error',
  })
  const done: Acknowledged = {
    single: new Set(),
    pairs: new Set(),
    counters: Array.from({ length: WRITERS }, () => 0),
    unknown: Array.from({ length: WRITERS }, () => 0),
  }
  const rounds = Number(process.env.CAUCE_ROUNDS ?? 5)
  for (let round = 0; round < rounds; round++) {
    const { child, uri } = await start(program, directory)
    const client = new MongoClient(uri, { retryWrites: false, serverSelectionTimeoutMS: 500, maxPoolSize: 30 })
    await client.connect()
    if (round === 0) await client.db('crash').collection('single').createIndex({ number: 1 }, { unique: true })
    const writers = Array.from({ length: WRITERS }, (_, writer) => write(client, writer, round, done))
    await new Promise((resolve) => setTimeout(resolve, 500 + Math.random() * 1500))
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
    await Promise.all(writers)
    await client.close()

    const after = await start(program, directory)
    const reader = await MongoClient.connect(after.uri)
    const db = reader.db('crash')
    const numbers = async (name: string): Promise<Set<number>> =>
      new Set((await db.collection(name).find().toArray()).map((document) => document.number as number))
    const [single, left, right] = [await numbers('single'), await numbers('left'), await numbers('right')]
    expect([...done.single].filter((number) => !single.has(number))).toEqual([])
    expect([...done.pairs].filter((number) => !left.has(number))).toEqual([])
    expect([...left].sort()).toEqual([...right].sort())
    for (const counter of await db.collection<{ _id: number; value: number }>('counters').find().toArray()) {
      expect(counter.value).toBeGreaterThanOrEqual(done.counters[counter._id]!)
      expect(counter.value).toBeLessThanOrEqual(done.counters[counter._id]! + done.unknown[counter._id]!)
    }
    for (const name of ['single', 'left', 'right', 'counters'])
      expect(await db.command({ validate: name })).toMatchObject({ valid: true })
    await reader.close()
    const stopped = new Promise((resolve) => after.child.once('exit', resolve))
    after.child.kill('SIGTERM')
    await stopped
  }
  console.info(
    `${rounds} rounds: ${done.single.size} documents, ${done.pairs.size} transactions and ${done.counters.reduce((a, b) => a + b, 0)} updates acknowledged, none lost`,
  )
  rmSync(directory, { recursive: true, force: true })
  rmSync(program, { force: true })
}, 3_600_000)

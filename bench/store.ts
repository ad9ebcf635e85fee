/**
 * The embedded store as a process of its own: raw socket, then the mongodb driver, over BENCH_DOCUMENTS documents
 * (1,000,000); classic-level beside it. BENCH_MILLISECONDS (5000) for each measurement.
 * Goals: read by _id 15,000/s, by index 10,000/s, durable inserts 8,000/s, transactions 300/s, a page 5 ms, start 1 s,
 * memory of its own 200 MB.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { MongoClient } from 'mongodb'
import { doc, emptyDoc, int32, type Doc, type Value } from '../engine/persistence/embedded/bson/values.ts'
import { WireClient } from '../engine/persistence/embedded/wire/client.ts'
import { DOCUMENTS, GROUP, measure, random, sample, type Measured } from './store/load.ts'
import { StoreProcess } from './store/StoreProcess.ts'

const stored = (number: number): Doc => {
  const { _id, name, group, at, text } = sample(number)
  return doc({ _id: int32(_id), name, group: int32(group), at: int32(at), text })
}

async function run(client: WireClient, command: Record<string, Value>): Promise<Doc> {
  const reply = await client.command(doc({ ...command, $db: 'bench' }))
  if (reply.get('ok') !== 1 || reply.has('writeErrors')) throw new Error(String(reply.get('errmsg') ?? 'write error'))
  return reply
}

const find = (client: WireClient, filter: Doc, more: Record<string, Value> = {}): Promise<Doc> =>
  run(client, { find: 'c', filter, limit: int32(1), singleBatch: true, ...more })

const randomGroup = (): Doc => doc({ group: int32(Math.floor(random() / GROUP)) })
let next = DOCUMENTS

async function fill(client: WireClient): Promise<void> {
  await run(client, {
    createIndexes: 'c',
    indexes: [
      doc({ key: doc({ name: int32(1) }), name: 'name', unique: true }),
      doc({ key: doc({ group: int32(1), at: int32(1) }), name: 'group' }),
    ],
  })
  for (let start = 0; start < DOCUMENTS; start += 1000)
    await run(client, { insert: 'c', documents: Array.from({ length: 1000 }, (_, index) => stored(start + index)) })
}

async function measureSocket(uri: string): Promise<Measured[]> {
  const clients = await Promise.all(Array.from({ length: 100 }, () => WireClient.connect(uri)))
  const [one, twenty] = [clients.slice(0, 1), clients.slice(0, 20)]
  const sorted = { sort: doc({ at: int32(1) }), limit: int32(25) }
  const ping = (client: WireClient): Promise<Doc> => run(client, { ping: int32(1) })
  const increment = doc({ $inc: doc({ at: int32(1) }) })
  const measured = [
    await measure('ping', twenty, ping),
    await measure('read by _id', twenty, (client) => find(client, doc({ _id: int32(random()) }))),
    await measure('read by unique index', twenty, (client) => find(client, doc({ name: sample(random()).name }))),
    await measure('page of 25 by index, sorted', one, (client) => find(client, randomGroup(), sorted)),
    await measure('insert, durable', clients, (client) => run(client, { insert: 'c', documents: [stored(next++)] })),
    await measure('update by _id, durable', clients, (client) =>
      run(client, { update: 'c', updates: [doc({ q: doc({ _id: int32(random()) }), u: increment })] }),
    ),
    await measure('findAndModify by unique index, durable', clients, (client) =>
      run(client, { findAndModify: 'c', query: doc({ name: sample(random()).name }), update: increment }),
    ),
  ]
  for (const client of clients) client.close()
  return measured
}

/** Five writes and a commit, twenty at a time, from this one process. */
async function measureTransactions(uri: string): Promise<Measured> {
  const client = await MongoClient.connect(uri, { maxPoolSize: 20 })
  const rows = client.db('bench').collection<{ _id: number }>('transactions')
  await client.db('bench').createCollection('transactions')
  let id = 0
  const measured = await measure('transaction of 5 writes, through the driver', Array.from({ length: 20 }), () =>
    client.withSession((session) =>
      session.withTransaction(async () => {
        for (let write = 0; write < 5; write++) await rows.insertOne({ ...sample(0), _id: id++ }, { session })
      }),
    ),
  )
  await client.close()
  return measured
}

async function measureClassicLevel(): Promise<Measured[]> {
  const child = spawn(process.execPath, ['--import', 'tsx', `${import.meta.dirname}/store/classicLevel.ts`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.on('data', (chunk) => (output += String(chunk)))
  await once(child, 'close')
  return JSON.parse(output) as Measured[]
}

const store = await StoreProcess.start()
try {
  const filler = await WireClient.connect(store.uri)
  const begun = performance.now()
  await fill(filler)
  const seconds = (performance.now() - begun) / 1000
  const mine = await measureSocket(store.uri)
  mine.push(await measureTransactions(store.uri))
  const loaded = store.ownMegabytes
  const grouping = performance.now()
  await run(filler, {
    aggregate: 'c',
    pipeline: [doc({ $group: doc({ _id: null, n: doc({ $sum: int32(1) }) }) })],
    cursor: emptyDoc(),
  })
  const groupSeconds = (performance.now() - grouping) / 1000
  filler.close()
  await store.stop()

  const starting = performance.now()
  await store.start()
  const client = await WireClient.connect(store.uri)
  await find(client, doc({ name: sample(random()).name }))
  const startMilliseconds = performance.now() - starting
  for (let query = 0; query < 1000; query++) await find(client, randomGroup(), { limit: int32(25) })
  const [fresh, file] = [store.ownMegabytes, store.fileMegabytes]
  client.close()

  const theirs = new Map((await measureClassicLevel()).map((one) => [one.what, one]))
  const rounded = (value: number | undefined): number | string => (value === undefined ? '' : Number(value.toFixed(2)))
  console.table(
    mine.map(({ what, perSecond, p50, p95 }) => ({
      what,
      '/s': Math.round(perSecond),
      'p50 ms': rounded(p50),
      'p95 ms': rounded(p95),
      'classic-level /s': theirs.has(what) ? Math.round(theirs.get(what)!.perSecond) : '',
      'p50 ms ': rounded(theirs.get(what)?.p50),
    })),
  )
  console.log(
    `${DOCUMENTS} documents written in ${seconds.toFixed(1)} s (${Math.round(DOCUMENTS / seconds)}/s), file ${Math.round(file)} MB`,
  )
  console.log(
    `$group over all ${groupSeconds.toFixed(1)} s; start until the first answer ${Math.round(startMilliseconds)} ms`,
  )
  console.log(
    `memory of its own: ${Math.round(loaded)} MB after the load, ${Math.round(fresh)} MB after a start and 1000 pages`,
  )
} finally {
  await store.stop().catch(() => undefined)
  store.remove()
}

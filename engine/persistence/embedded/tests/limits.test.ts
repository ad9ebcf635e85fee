import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { MongoClient, type ClientSession, type Collection, type Db, type Document } from 'mongodb'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedStore, type EmbeddedStore } from '../index.ts'

interface Row extends Document {
  _id: number
}

let store: EmbeddedStore
let client: MongoClient
let db: Db
const directory = mkdtempSync(join(tmpdir(), 'cauce-limits-'))

beforeAll(async () => {
  store = await startEmbeddedStore({ dataDir: directory, durable: false })
  client = await MongoClient.connect(store.uri)
  db = client.db('limits')
})

afterEach(() => {
  jest.restoreAllMocks()
})

afterAll(async () => {
  await client.close()
  await store.stop()
  rmSync(directory, { recursive: true, force: true })
})

async function filled(name: string, count: number, bytes: number): Promise<Collection<Row>> {
  const collection = db.collection<Row>(name)
  for (let start = 0; start < count; start += 100)
    await collection.insertMany(
      Array.from({ length: Math.min(100, count - start) }, (_, index) => ({
        _id: start + index,
        n: 0,
        text: 'x'.repeat(bytes),
      })),
    )
  return collection
}

const nested = (levels: number): Document => {
  let value: Document = {}
  for (let level = 0; level < levels; level++) value = { a: value }
  return value
}

async function inTransaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
  const session = client.startSession()
  session.startTransaction()
  try {
    return await work(session)
  } finally {
    await session.endSession()
  }
}

describe('cursors', () => {
  it('of a result of more than 16 MB go on reading the moment they were opened in', async () => {
    const rows = await filled('long', 1200, 20_000)
    const cursor = rows.find({}, { batchSize: 100 })
    const seen: Row[] = []
    while (await cursor.hasNext()) {
      seen.push((await cursor.next())!)
      if (seen.length !== 150) continue
      await rows.updateMany({}, { $inc: { n: 1 } })
      await rows.deleteMany({ _id: { $gte: 1000 } })
    }
    expect(seen.length).toBe(1200)
    expect(seen.filter(({ n }) => n !== 0)).toEqual([])
    expect(await rows.countDocuments()).toBe(1000)
    expect(store.stats().cursors).toBe(0)
  })

  it('read little ahead when many are open, and still all see their moment', async () => {
    const rows = await filled('many', 400, 50_000)
    const cursors = Array.from({ length: 12 }, () => rows.find({}, { batchSize: 10 }))
    for (const cursor of cursors) await cursor.next()
    await rows.updateMany({}, { $set: { n: 1 } })
    for (const cursor of cursors) {
      const rest = await cursor.toArray()
      expect(rest.length).toBe(399)
      expect(rest.filter(({ n }) => n !== 0)).toEqual([])
    }
  })

  it('opened in a transaction end with it, and belong to it alone', async () => {
    const rows = await filled('inside', 20, 10)
    await inTransaction(async (session) => {
      const cursor = rows.find({}, { session, batchSize: 2 })
      await cursor.next()
      const getMore = { getMore: cursor.id, collection: 'inside' }
      await session.commitTransaction()
      await expect(db.command(getMore, { session })).rejects.toMatchObject({ code: 43 })
    })
    await client.withSession(async (session) => {
      const cursor = rows.find({}, { session, batchSize: 2 })
      await cursor.next()
      session.startTransaction()
      await rows.findOne({}, { session })
      const getMore = { getMore: cursor.id, collection: 'inside' }
      await expect(db.command(getMore, { session })).rejects.toMatchObject({ code: 50740 })
      await session.abortTransaction().catch(() => undefined)
    })
  })

  it('are closed with their collection', async () => {
    const rows = await filled('doomed', 10, 10)
    const cursor = rows.find({}, { batchSize: 2 })
    await cursor.next()
    await cursor.next()
    await rows.drop()
    await expect(cursor.next()).rejects.toMatchObject({ code: 43 })
  })
})

describe('documents', () => {
  it('may have 180 levels of nesting and are refused with their code beyond, however they come', async () => {
    const rows = db.collection<Row>('deep')
    await rows.insertOne({ _id: 1, ...nested(180) })
    for (const levels of [182, 190, 250, 1000])
      await expect(rows.insertOne({ _id: 2, ...nested(levels) })).rejects.toMatchObject({ code: 15 })
    await expect(rows.updateOne({ _id: 1 }, { $set: { b: nested(181) } })).rejects.toMatchObject({ code: 15 })
    await expect(rows.bulkWrite([{ insertOne: { document: { _id: 3, ...nested(185) } } }])).rejects.toMatchObject({
      code: 15,
    })
    expect(await rows.countDocuments()).toBe(1)
  })

  it('may have 16 MB, and so may results', async () => {
    const rows = db.collection<Row>('large')
    const megabytes = (count: number): string => 'x'.repeat(count * 1024 * 1024)
    await rows.insertOne({ _id: 1, text: megabytes(15) })
    await expect(rows.updateOne({ _id: 1 }, { $set: { more: megabytes(2) } })).rejects.toMatchObject({ code: 10334 })
    const doubled = [{ $set: { again: '$text' } }]
    await expect(rows.findOneAndUpdate({ _id: 1 }, doubled)).rejects.toMatchObject({ code: 10334 })
    await expect(rows.aggregate([{ $project: { both: ['$text', '$text'] } }]).toArray()).rejects.toMatchObject({
      code: 10334,
    })
    expect(await rows.countDocuments()).toBe(1)
  })
})

describe('transactions', () => {
  it('may be a thousand at once; one more is told to come back', async () => {
    const rows = await filled('crowd', 10, 10)
    const sessions: ClientSession[] = []
    try {
      let refusal: unknown
      while (refusal === undefined && sessions.length <= 1100) {
        const session = client.startSession()
        sessions.push(session)
        session.startTransaction()
        await rows.findOne({}, { session }).catch((error: unknown) => (refusal = error))
        await rows.updateOne({ _id: 0 }, { $inc: { n: 1 } })
      }
      expect(refusal).toMatchObject({ code: 246, errorLabels: ['TransientTransactionError'] })
      expect(sessions.length).toBe(1001)
      expect(await rows.findOne({ _id: 0 })).toMatchObject({ n: 1001 })
    } finally {
      await Promise.all(sessions.map((session) => session.endSession()))
    }
    await inTransaction(async (session) => {
      expect(await rows.findOne({ _id: 0 }, { session })).toMatchObject({ n: 1001 })
    })
  })

  it('end after a minute, and the client is told that it may repeat them', async () => {
    const rows = await filled('slow', 3, 10)
    await inTransaction(async (session) => {
      await rows.updateOne({ _id: 1 }, { $set: { n: 5 } }, { session })
      const now = Date.now()
      jest.spyOn(Date, 'now').mockImplementation(() => now + 61_000)
      const refusal: unknown = await rows.findOne({}, { session }).catch((error: unknown) => error)
      expect(refusal).toMatchObject({ code: 251, errorLabels: ['TransientTransactionError'] })
      expect(await rows.findOne({ _id: 1 })).toMatchObject({ n: 0 })
      expect((await rows.updateOne({ _id: 1 }, { $set: { n: 7 } })).modifiedCount).toBe(1)
    })
  })
})

describe('explain', () => {
  interface Explanation {
    queryPlanner: { winningPlan: { stage: string; inputStage?: { stage: string } } }
    executionStats: { nReturned: number; totalKeysExamined: number; totalDocsExamined: number }
    stages?: Document[]
  }
  const explain = async (command: Document): Promise<Explanation> =>
    (await db.command({ explain: command, verbosity: 'executionStats' })) as Explanation
  const figures = ({ executionStats: { nReturned, totalKeysExamined, totalDocsExamined } }: Explanation): number[] => [
    nReturned,
    totalKeysExamined,
    totalDocsExamined,
  ]

  beforeAll(async () => {
    const rows = db.collection<Row>('told')
    await rows.insertMany(Array.from({ length: 100 }, (_, index) => ({ _id: index, group: index % 5, index })))
    await rows.createIndex({ group: 1, index: 1 })
  })

  it('counts what the command itself would read: limits, single updates and deletes included', async () => {
    const q = { group: 3 }
    expect(figures(await explain({ find: 'told', filter: q, sort: { index: -1 }, limit: 4 }))).toEqual([4, 4, 4])
    expect(figures(await explain({ count: 'told', query: q, skip: 2, limit: 5 }))).toEqual([5, 7, 7])
    expect(figures(await explain({ update: 'told', updates: [{ q, u: { $set: { a: 1 } } }] }))).toEqual([1, 1, 1])
    expect(figures(await explain({ update: 'told', updates: [{ q, u: { $set: { a: 1 } }, multi: true }] }))).toEqual([
      20, 20, 20,
    ])
    expect(figures(await explain({ delete: 'told', deletes: [{ q, limit: 1 }] }))).toEqual([1, 1, 1])
    expect(figures(await explain({ find: 'told', filter: { index: 7 } }))).toEqual([1, 0, 100])
    expect(await db.collection('told').countDocuments({ a: 1 })).toBe(0)
  })

  it('says when nothing is read, and which stages work in memory', async () => {
    const counted = await explain({ count: 'told' })
    expect(counted.queryPlanner.winningPlan).toEqual({ stage: 'RECORD_STORE_FAST_COUNT' })
    expect(figures(counted)).toEqual([0, 0, 0])
    const pipeline = [{ $match: { group: 3 } }, { $sort: { index: 1 } }, { $group: { _id: '$group' } }]
    const { queryPlanner, stages } = await explain({ aggregate: 'told', pipeline, cursor: {} })
    expect(queryPlanner.winningPlan).toMatchObject({ stage: 'FETCH', inputStage: { stage: 'IXSCAN' } })
    expect(stages).toMatchObject([{ $cursor: { queryPlanner } }, { $group: { _id: '$group' } }])
  })

  it('refuses what the command itself refuses', async () => {
    await expect(explain({ find: 'told', filter: {}, wrong: 1 })).rejects.toMatchObject({ code: 40415 })
    await expect(explain({ find: 'told', filter: { a: { $wrong: 1 } } })).rejects.toMatchObject({ code: 2 })
    await expect(explain({ aggregate: 'told', pipeline: [{ $wrong: 1 }], cursor: {} })).rejects.toMatchObject({
      code: 40324,
    })
    await expect(db.command({ explain: { find: 'told' }, verbosity: 'loud' })).rejects.toMatchObject({ code: 2 })
  })
})

describe('what no command understands', () => {
  it.each([
    [{ find: 'c', maxTimeMS: -1 }, 51024],
    [{ find: 'c', writeConcern: { w: 1, wrong: 1 } }, 40415],
    [{ find: 'c', readConcern: { level: 'local', wrong: 1 } }, 40415],
    [{ aggregate: 'c', pipeline: [], cursor: { wrong: 1 } }, 40415],
    [{ wrong: 1 }, 59],
    [{ aggregate: 'c', pipeline: [{ $changeStream: {} }], cursor: {} }, 40573],
    [{ storeBackup: '/tmp/anywhere' }, 13],
  ])('%j answers %d', async (command, code) => {
    await expect(db.command(command)).rejects.toMatchObject({ code })
  })
})

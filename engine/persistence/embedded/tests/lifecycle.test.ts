import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Decimal128, Double, Int32, Long, MongoClient } from 'mongodb'
import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  startEmbeddedStore,
  startEmbeddedStoreInWorker,
  StoreCorruptError,
  StoreLockedError,
  StoreVersionError,
  type EmbeddedStore,
} from '../index.ts'
import { backupStore } from '../tools/backupStore.ts'
import { exportStore } from '../tools/exportStore.ts'
import { importStore } from '../tools/importStore.ts'
import { restoreStore } from '../tools/restoreStore.ts'

let directory: string
const running: EmbeddedStore[] = []
const clients: MongoClient[] = []

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'cauce-store-test-'))
})

afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
  for (const store of running.splice(0)) await store.stop()
  rmSync(directory, { recursive: true, force: true })
})

const dataDir = (): string => join(directory, 'data')

async function start(options: Partial<Parameters<typeof startEmbeddedStore>[0]> = {}): Promise<EmbeddedStore> {
  const store = await startEmbeddedStore({ dataDir: dataDir(), durable: false, ...options })
  running.push(store)
  return store
}

async function connect(uri: string): Promise<MongoClient> {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 2000 })
  clients.push(client)
  return client.connect()
}

async function stop(store: EmbeddedStore): Promise<void> {
  for (const client of clients.splice(0)) await client.close()
  running.splice(running.indexOf(store), 1)
  await store.stop()
}

describe('the life of a store', () => {
  it('answers on a unix socket only its user can reach, with transactions, and keeps its data', async () => {
    const store = await start({ durable: true })
    const client = await connect(store.uri)
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await client.db('shop').collection('orders').insertOne({ total: 1 }, { session })
      }),
    )
    expect(statSync(dataDir()).mode & 0o777).toBe(0o700)
    expect(statSync(join(dataDir(), 'run')).mode & 0o777).toBe(0o700)
    for (const file of ['store.json', 'data.mdb', 'store.lock'])
      expect(statSync(join(dataDir(), file)).mode & 0o777).toBe(0o600)
    await stop(store)
    const again = await connect((await start()).uri)
    expect(await again.db('shop').collection('orders').countDocuments()).toBe(1)
  })

  it('lets a second process attach instead of opening the files', async () => {
    const store = await start()
    const refusal: unknown = await startEmbeddedStore({ dataDir: dataDir() }).catch((error: unknown) => error)
    expect(refusal).toBeInstanceOf(StoreLockedError)
    expect((refusal as StoreLockedError).uri).toBe(store.uri)
    expect(JSON.parse(readFileSync(join(dataDir(), 'store.json'), 'utf8'))).toMatchObject({ uri: store.uri })
    const inThread: unknown = await startEmbeddedStoreInWorker({ dataDir: dataDir() }).catch((error: unknown) => error)
    expect(inThread).toBeInstanceOf(StoreLockedError)
    expect((inThread as StoreLockedError).uri).toBe(store.uri)
  })

  it('lets one of several that start at once have the data, and tells the others where', async () => {
    const outcomes = await Promise.allSettled(Array.from({ length: 4 }, () => start()))
    const [winner] = outcomes.filter((outcome) => outcome.status === 'fulfilled')
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
    expect(refused.length).toBe(3)
    for (const { reason } of refused) expect((reason as StoreLockedError).uri).toBe(winner!.value.uri)
  })

  it('takes over the lock of a process that died, whoever has its number now', async () => {
    await stop(await start())
    writeFileSync(join(dataDir(), 'store.lock'), `${process.pid} left-behind`)
    writeFileSync(
      join(dataDir(), 'store.json'),
      JSON.stringify({ pid: process.pid, uri: 'mongodb://127.0.0.1:1/', nonce: 'left-behind' }),
    )
    const client = await connect((await start()).uri)
    expect(await client.db('admin').command({ ping: 1 })).toMatchObject({ ok: 1 })
  })

  it('refuses data of another version', async () => {
    await stop(await start())
    writeFileSync(join(dataDir(), 'version'), '99\n')
    await expect(startEmbeddedStore({ dataDir: dataDir() })).rejects.toThrow(StoreVersionError)
  })

  it('refuses a data file that has lost its end or is something else', async () => {
    const store = await start()
    const client = await connect(store.uri)
    await client
      .db('a')
      .collection('b')
      .insertMany(Array.from({ length: 2000 }, (_, number) => ({ number, text: 'x'.repeat(100) })))
    await stop(store)
    const file = join(dataDir(), 'data.mdb')
    truncateSync(file, Math.floor(statSync(file).size / 2))
    await expect(startEmbeddedStore({ dataDir: dataDir() })).rejects.toThrow(StoreCorruptError)
    writeFileSync(file, Buffer.alloc(20_000, 7))
    await expect(startEmbeddedStore({ dataDir: dataDir() })).rejects.toThrow(/damaged/)
  })

  it('runs in a worker thread', async () => {
    const store = await startEmbeddedStoreInWorker({ dataDir: dataDir(), durable: false })
    running.push(store)
    const client = await connect(store.uri)
    await client.db('a').collection('b').insertOne({ c: 1 })
    expect(await client.db('a').collection('b').countDocuments()).toBe(1)
  })

  it('asks for its secret on TCP', async () => {
    const store = await start({ port: 0 })
    const client = await connect(store.uri)
    await client.db('a').collection('b').insertOne({ c: 1 })
    const stranger = await connect(store.uri.replace(/\/\/.*@/, '//').replace(/&auth.*/, ''))
    await expect(stranger.db('a').collection('b').findOne()).rejects.toMatchObject({ code: 13 })
    await expect(connect(store.uri.replace(/:[^:@]*@/, ':wrong@'))).rejects.toMatchObject({ code: 18 })
    await expect(connect(store.uri.replace('//cauce:', '//root:'))).rejects.toMatchObject({ code: 18 })
    const [, secret] = /:([^:@]*)@/.exec(store.uri)!
    const refusal: unknown = await startEmbeddedStore({ dataDir: dataDir() }).catch((error: unknown) => error)
    expect((refusal as StoreLockedError).uri).toContain(secret)
    expect((refusal as StoreLockedError).message).not.toContain(secret)
    expect(statSync(join(dataDir(), 'store.json')).mode & 0o777).toBe(0o600)
  })

  it('lets its own tools in on TCP, and nobody make copies where anybody could', async () => {
    const store = await start({ port: 0 })
    await (await connect(store.uri)).db('a').collection('b').insertOne({ c: 1 })
    expect(await exportStore(dataDir(), join(directory, 'dump'))).toEqual(new Map([['a.b', 1]]))
    await backupStore(dataDir(), join(directory, 'copy'))
    await restoreStore(join(directory, 'restored'), join(directory, 'copy'))
    expect(await exportStore(join(directory, 'restored'), join(directory, 'again'))).toEqual(new Map([['a.b', 1]]))
    await stop(store)
    const open = await start({ port: 0, auth: false })
    expect(open.uri).not.toContain('@')
    await expect(backupStore(dataDir(), join(directory, 'another'))).rejects.toThrow(/not authorized/)
  })

  it('copies itself while it runs, and starts from the copy', async () => {
    const store = await start()
    const client = await connect(store.uri)
    await client
      .db('a')
      .collection('b')
      .insertMany(Array.from({ length: 500 }, (_, number) => ({ number })))
    const copy = join(directory, 'copy')
    await store.backup(copy)
    await client.db('a').collection('b').deleteMany({})
    await expect(store.backup(copy)).rejects.toThrow(/already/)
    const restored = await connect((await start({ dataDir: copy })).uri)
    expect(await restored.db('a').collection('b').countDocuments()).toBe(500)
  })

  it("exports and imports in mongodump's layout, types and indexes kept, running or not", async () => {
    const store = await start()
    const client = await connect(store.uri)
    const typed = {
      _id: 'one',
      int: new Int32(1),
      long: Long.fromNumber(1),
      double: new Double(1),
      decimal: Decimal128.fromString('1.10'),
      10: 'b',
      2: 'a',
    }
    await client.db('a').collection<{ _id: string }>('things').insertOne(typed)
    await client.db('a').collection('things').createIndex({ int: 1 }, { unique: true, name: 'by int' })
    const raw = await client.db('a').collection('things').findOne({}, { raw: true })
    const dump = join(directory, 'dump')
    expect(await exportStore(dataDir(), dump)).toEqual(new Map([['a.things', 1]]))
    expect(readFileSync(join(dump, 'a', 'things.bson')).equals(raw as unknown as Buffer)).toBe(true)
    await client.close()
    await store.stop()
    const again = join(directory, 'again')
    expect(await exportStore(dataDir(), again)).toEqual(new Map([['a.things', 1]]))
    expect(readFileSync(join(again, 'a', 'things.bson')).equals(raw as unknown as Buffer)).toBe(true)
    const other = join(directory, 'other')
    expect(await importStore(other, dump)).toEqual(new Map([['a.things', 1]]))
    const copy = (await connect((await start({ dataDir: other })).uri)).db('a').collection('things')
    expect(((await copy.findOne({}, { raw: true })) as unknown as Buffer).equals(raw as unknown as Buffer)).toBe(true)
    expect(await copy.indexes()).toMatchObject([{ name: '_id_' }, { name: 'by int', unique: true, key: { int: 1 } }])
  })
})

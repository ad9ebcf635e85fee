import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { wholeNumber } from '../bson/numbers.ts'
import { doc, int32, type Doc, type Value } from '../bson/values.ts'
import { lsid, TestEngine } from './testEngine.ts'

let engine: TestEngine

beforeEach(async () => {
  engine = new TestEngine()
  await engine.run({
    insert: 'c',
    documents: [doc({ _id: int32(1), v: int32(0) }), doc({ _id: int32(2), v: int32(0) })],
  })
})

afterEach(() => engine.close())

const inTxn = (session: number, txn: bigint, start = false): Record<string, Value | undefined> => ({
  lsid: lsid(session),
  txnNumber: txn,
  autocommit: false,
  startTransaction: start || undefined,
})
const set = (id: number, v: number): Value[] => [
  doc({ q: doc({ _id: int32(id) }), u: doc({ $set: doc({ v: int32(v) }) }) }),
]
const commit = (session: number, txn: bigint): Promise<Doc> =>
  engine.run({ commitTransaction: int32(1), ...inTxn(session, txn) }, 'admin')
const values = async (options = {}): Promise<(number | undefined)[]> =>
  (await engine.find('c', new Map(), options)).map((document) => wholeNumber(document.get('v')))
const codeOf = (reply: Doc): number | undefined => wholeNumber(reply.get('code'))

describe('transactions', () => {
  it('read one moment and show nothing before they commit', async () => {
    await engine.run({ update: 'c', updates: set(1, 5), ...inTxn(1, 1n, true) })
    await engine.run({ update: 'c', updates: set(2, 7) })
    expect(await values()).toEqual([0, 7])
    expect(await values(inTxn(1, 1n))).toEqual([5, 0])
    expect((await commit(1, 1n)).get('ok')).toBe(1)
    expect(await values()).toEqual([5, 7])
    expect((await commit(1, 1n)).get('ok')).toBe(1)
  })

  it('the first writer wins; the other is told to try again and is over', async () => {
    await engine.run({ update: 'c', updates: set(1, 5), ...inTxn(1, 1n, true) })
    const loser = await engine.run({ update: 'c', updates: set(1, 6), ...inTxn(2, 1n, true) })
    expect(codeOf(loser)).toBe(112)
    expect(loser.get('errorLabels')).toEqual(['TransientTransactionError'])
    expect(codeOf(await engine.run({ find: 'c', ...inTxn(2, 1n) }))).toBe(251)
    expect(codeOf(await commit(2, 1n))).toBe(251)
  })

  it('refuse to overwrite what was committed after their snapshot', async () => {
    expect(await values(inTxn(1, 1n, true))).toEqual([0, 0])
    await engine.run({ update: 'c', updates: set(1, 9) })
    expect(codeOf(await engine.run({ update: 'c', updates: set(1, 5), ...inTxn(1, 1n) }))).toBe(112)
  })

  it('make a write outside wait, and a unique value they hold too', async () => {
    await engine.run({
      createIndexes: 'c',
      indexes: [doc({ key: doc({ u: int32(1) }), name: 'u', unique: true, sparse: true })],
    })
    await engine.run({ insert: 'c', documents: [doc({ _id: int32(3), u: 'x' })], ...inTxn(1, 1n, true) })
    expect(
      codeOf(await engine.run({ insert: 'c', documents: [doc({ _id: int32(4), u: 'x' })], maxTimeMS: int32(20) })),
    ).toBe(50)
    const waiting = engine.run({ insert: 'c', documents: [doc({ _id: int32(5), u: 'x' })] })
    await commit(1, 1n)
    const errors = (await waiting).get('writeErrors') as Doc[]
    expect(codeOf(errors[0]!)).toBe(11000)
  })

  it('take back collections and indexes they made', async () => {
    await engine.run({ create: 'fresh', ...inTxn(1, 1n, true) })
    await engine.run({
      createIndexes: 'fresh',
      indexes: [doc({ key: doc({ a: int32(1) }), name: 'a' })],
      ...inTxn(1, 1n),
    })
    await engine.run({ abortTransaction: int32(1), ...inTxn(1, 1n) }, 'admin')
    const listed = TestEngine.batch(await engine.run({ listCollections: int32(1) }))
    expect(listed.map((collection) => collection.get('name'))).toEqual(['c'])
  })

  it('lose no increment of ten clients that read, add and write', async () => {
    let attempts = 0
    const increment = async (session: number): Promise<void> => {
      for (let txn = 1n; ; txn++) {
        attempts++
        const [before] = await values(inTxn(session, txn, true))
        const reply = await engine.run({ update: 'c', updates: set(1, before! + 1), ...inTxn(session, txn) })
        if (reply.get('ok') === 1 && (await commit(session, txn)).get('ok') === 1) return
        await new Promise((resolve) => setTimeout(resolve, 1))
      }
    }
    await Promise.all(Array.from({ length: 10 }, (_, session) => increment(session + 1)))
    expect((await values())[0]).toBe(10)
    expect(attempts).toBeGreaterThan(10)
  })
})

describe('retryable writes', () => {
  it('are answered and not done again, also after a restart', async () => {
    const command = {
      update: 'c',
      updates: [doc({ q: doc({ _id: int32(1) }), u: doc({ $inc: doc({ v: int32(1) }) }) })],
      lsid: lsid(1),
      txnNumber: 7n,
    }
    const first = await engine.run({ ...command })
    expect(wholeNumber(first.get('nModified'))).toBe(1)
    await engine.reopen()
    const second = await engine.run({ ...command })
    expect(wholeNumber(second.get('nModified'))).toBe(1)
    expect(await values()).toEqual([1, 0])
    expect(codeOf(await engine.run({ ...command, txnNumber: 6n }))).toBe(225)
  })

  it('a commit can be repeated after a restart', async () => {
    await engine.run({ update: 'c', updates: set(1, 5), ...inTxn(1, 3n, true) })
    await commit(1, 3n)
    await engine.reopen()
    expect((await commit(1, 3n)).get('ok')).toBe(1)
    expect(codeOf(await commit(1, 4n))).toBe(251)
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { MongoClient, type Collection, type Document } from 'mongodb'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbeddedStore, type EmbeddedStore } from '../index.ts'

interface Row {
  _id: number
  place: number
  words: string[]
  even: boolean
}

const ROWS = 24_000
/** Rows that hold the word, by their place in the order. */
const kinds: Record<string, (place: number) => boolean> = {
  rare: (place) => place % 2400 === 7,
  scarce: (place) => place % 100 === 3,
  spread: (place) => place % 12 === 5,
  /** Together, at the end of the order. */
  late: (place) => place >= ROWS - 3000,
  /** More than the store counts. */
  many: (place) => place % 4 !== 1,
  crowd: (place) => place >= 4000,
}
const rows: Row[] = Array.from({ length: ROWS }, (_, index) => {
  // Written in another order than they are asked for.
  const place = (index * 7919) % ROWS
  const words = Object.keys(kinds).filter((word) => kinds[word]!(place))
  return { _id: index, place, words: words.flatMap((word) => [word, `${word}er`]), even: place % 2 === 0 }
})
const inOrder = [...rows].sort((a, b) => a.place - b.place)

/** A page of what holds a word, in an order that the word's own index does not have. */
describe('a search that wants an order', () => {
  const directory = mkdtempSync(join(tmpdir(), 'cauce-sorted-'))
  let store: EmbeddedStore
  let client: MongoClient
  let collection: Collection<Row>
  beforeAll(async () => {
    store = await startEmbeddedStore({ dataDir: directory, durable: false })
    client = await MongoClient.connect(store.uri)
    collection = client.db('sorted').collection<Row>('rows')
    await collection.createIndexes([{ key: { words: 1 } }, { key: { place: 1 } }])
    for (let at = 0; at < ROWS; at += 2000) await collection.insertMany(rows.slice(at, at + 2000))
  }, 60_000)
  afterAll(async () => {
    await client.close()
    await store.stop()
    rmSync(directory, { recursive: true, force: true })
  })

  it('finds the same as reading everything, whatever stands where', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.keys(kinds)),
        fc.constantFrom(1 as const, -1 as const),
        fc.nat(400),
        fc.integer({ min: 1, max: 60 }),
        fc.boolean(),
        fc.option(fc.integer({ min: 0, max: ROWS }), { nil: undefined }),
        async (word, way, skip, limit, even, from) => {
          const filter: Document = { words: new RegExp(`^${word}`) }
          if (even) filter.even = true
          if (from !== undefined) filter.place = { $gte: from }
          const page = await collection.find(filter).sort({ place: way }).skip(skip).limit(limit).toArray()
          const all = inOrder.filter(
            (row) => row.words.includes(word) && (!even || row.even) && (from === undefined || row.place >= from),
          )
          const expected = (way === 1 ? all : all.reverse()).slice(skip, skip + limit)
          expect(page.map(({ _id }) => _id)).toEqual(expected.map(({ _id }) => _id))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('reads the documents of the page alone where the entries of two indexes tell which they are', async () => {
    const explained = await client.db('sorted').command({
      explain: { find: 'rows', filter: { words: /^scarce/ }, sort: { place: 1 }, limit: 25 },
      verbosity: 'executionStats',
    })
    expect(explained.queryPlanner.winningPlan).toMatchObject({
      stage: 'FETCH',
      inputStage: { stage: 'AND_HASH', inputStages: [{ indexName: 'words_1' }, { indexName: 'place_1' }] },
    })
    expect(explained.executionStats).toMatchObject({ nReturned: 25, totalDocsExamined: 25 })
  })

  it('does not read all before it, where what it looks for stands together far along the order', async () => {
    for (const word of ['late', 'crowd']) {
      const { executionStats } = await client.db('sorted').command({
        explain: { find: 'rows', filter: { words: new RegExp(`^${word}`) }, sort: { place: 1 }, limit: 25 },
        verbosity: 'executionStats',
      })
      expect({ word, found: executionStats.nReturned }).toEqual({ word, found: 25 })
      expect(executionStats.totalDocsExamined).toBeLessThan(3500)
    }
  })
})

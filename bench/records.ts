/**
 * Lists of BENCH_RECORDS (1,000,000) pieces of equipment over HTTP, as the page asks for them: the first page with its
 * total, signed in as the owner who reads all. The pack is tests/lists/packs/depot (20 fields, 22 filters); the records
 * are written straight into the store with the keys and indexes that the definition asks for. Beside it, in the same
 * run, the same search as a plain query would make it: a regular expression over the folded text, sorted by the code.
 * BENCH_ROUNDS (100) requests of each kind, each with other values; BENCH_DATA names a folder to keep the store in, and
 * to find it again filled; BENCH_KIND measures only those whose name holds it.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../engine/config.ts'
import type { Ctx } from '../engine/context.ts'
import { start } from '../engine/main.ts'
import { entityOf, listKeysOf } from '../engine/packs/index.ts'
import { Visitor } from '../tests/http/Visitor.ts'
import { equipment, wordsOfEquipment as words } from './records/equipment.ts'

const RECORDS = Number(process.env.BENCH_RECORDS ?? 1_000_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 100)
const kept = process.env.BENCH_DATA
const collection = 'records_gear'

/** `already`: how many a kept store has already; a fill that was broken off goes on there. */
async function fill(ctx: Ctx, already: number): Promise<void> {
  const { definition } = await entityOf(ctx, 'gear')
  const at = ctx.clock.now()
  const target = ctx.store.connection.collection(collection)
  const began = performance.now()
  let writing: Promise<unknown> = Promise.resolve()
  for (let from = already - (already % 1000); from < RECORDS; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, RECORDS - from) }, (_, offset) => {
      const data = equipment(from + offset)
      return {
        ...{ _id: (from + offset).toString(16).padStart(24, '0'), tenant: ctx.tenant, revision: 1, data },
        ...{ label: `${data.code} · ${data.description}`, ...listKeysOf(definition, data), aliases: [] },
        ...{ pack: { name: 'depot', number: 1 }, createdAt: at, createdBy: null, updatedAt: at, updatedBy: null },
        deletedAt: null,
      }
    })
    // The next batch is made ready while the store writes this one.
    await writing
    writing = target.insertMany(rows as never[], { ordered: false })
    if (from % 50_000 === 0) console.log(`${from} written, ${((performance.now() - began) / 1000).toFixed(0)} s`)
  }
  await writing
}

const part = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0

interface Kind {
  what: string
  goal?: number
  /** The request of a round. */
  ask: (round: number) => Record<string, string>
}

const one = <T>(list: readonly T[], round: number): T => list[(round * 7 + 3) % list.length]!
const word = (round: number, list: readonly string[]): Record<string, string> => ({ q: one(list, round) })
/** A record somewhere in the middle of all, so that what is asked for exists. */
const some = (round: number) => equipment(((round * 7919 + 13) * 104_729) % RECORDS)

const kinds: Kind[] = [
  { what: 'all, in the order of the code', ask: () => ({}) },
  {
    what: 'category and department',
    goal: 50,
    ask: (round) => ({ 'filter.category': some(round).category, 'filter.department': some(round).department }),
  },
  {
    what: 'the same, fifth page',
    goal: 50,
    ask: (round) => ({
      ...{ 'filter.category': some(round).category, 'filter.department': some(round).department },
      page: '5',
    }),
  },
  {
    what: 'two categories, newest purchase first',
    ask: (round) => ({ 'filter.category': one(words.categories, round), sort: '-bought' }),
  },
  {
    what: 'five filters: category, department, kind, brand, price',
    ask: (round) => {
      const { category, department, kind, brand } = some(round)
      return {
        ...{ 'filter.category': category, 'filter.department': department, 'filter.kind': kind },
        ...{ 'filter.brand': brand.slice(1, 5), 'filter.price.from': '500', 'filter.price.to': '20000' },
      }
    },
  },
  {
    what: 'five others: kind, currency, spare, province, bought',
    ask: (round) => {
      const { kind, currency, spare, province } = some(round)
      return {
        ...{ 'filter.kind': kind, 'filter.currency': currency, 'filter.spare': String(spare) },
        ...{ 'filter.province': province, 'filter.bought.from': '2021', 'filter.bought.to': '2024-06' },
      }
    },
  },
  {
    what: 'search: a serial number, from its middle',
    goal: 150,
    ask: (round) => ({ q: some(round).serial.slice(2, 9) }),
  },
  { what: 'search: three digits', goal: 150, ask: (round) => ({ q: String(100 + ((round * 37) % 900)) }) },
  { what: 'search: a code', goal: 150, ask: (round) => ({ q: some(round).code }) },
  { what: 'search: a brand (1 in 20)', goal: 150, ask: (round) => word(round, words.brands) },
  { what: 'search: a word of 1 in 4 descriptions', goal: 150, ask: (round) => word(round, words.common) },
  { what: 'search: a word of one category only', goal: 150, ask: (round) => word(round, words.nouns) },
  { what: 'search: the inside of a word', goal: 150, ask: (round) => ({ q: one(words.nouns, round).slice(1, 5) }) },
  {
    what: 'search: two common words',
    goal: 150,
    ask: (round) => ({ q: `${one(words.brands, round)} ${one(words.common, round + 1)}` }),
  },
  {
    what: 'search: a word that occurs nowhere',
    goal: 150,
    ask: (round) => ({ q: `${one(words.nouns, round).slice(0, 4)}xq` }),
  },
  {
    what: 'search: a word of one category, by brand',
    goal: 150,
    ask: (round) => ({ ...word(round, words.nouns), sort: 'brand' }),
  },
]

async function measure(visitor: Visitor, { what, goal, ask }: Kind): Promise<void> {
  const times: number[] = []
  let [found, least] = [0, Infinity]
  for (let round = 0; round < ROUNDS; round += 1) {
    const began = performance.now()
    const answer = await visitor.get(
      `/api/records/gear?${new URLSearchParams({ size: '25', ...ask(round) }).toString()}`,
    )
    times.push(performance.now() - began)
    if (answer.status !== 200) throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`)
    const { total, totalAtLeast } = answer.body as { total?: number; totalAtLeast?: number }
    found = Math.max(found, total ?? totalAtLeast ?? 0)
    least = Math.min(least, total ?? totalAtLeast ?? 0)
  }
  const p95 = part(times, 0.95)
  console.log(
    `${what.padEnd(56)} p50 ${part(times, 0.5).toFixed(0).padStart(5)}  p95 ${p95.toFixed(0).padStart(5)}  max ${part(times, 0.999).toFixed(0).padStart(5)} ms` +
      `  found ${least}–${found}${goal === undefined ? '' : `  goal ${goal}: ${p95 <= goal ? 'met' : 'MISSED'}`}`,
  )
}

/** What the list was before: every record's text is read until the page is full, and again to count. */
async function measurePlain(ctx: Ctx, what: string, list: readonly string[]): Promise<void> {
  const target = ctx.store.connection.collection(collection)
  const times: number[] = []
  for (let round = 0; round < 3; round += 1) {
    const filter = { tenant: ctx.tenant, deletedAt: null, search: { $regex: one(list, round) } }
    const began = performance.now()
    await target.find(filter).sort({ 'keys.code': 1, _id: 1 }).limit(25).toArray()
    await target.countDocuments(filter, { limit: 10_001 })
    times.push(performance.now() - began)
  }
  console.log(`${`plain regular expression: ${what}`.padEnd(56)} p50 ${part(times, 0.5).toFixed(0).padStart(5)} ms`)
}

const dataDir = kept ? resolve(kept) : await mkdtemp(join(tmpdir(), 'cauce-bench-'))
if (kept && !existsSync(dataDir)) mkdirSync(dataDir, { recursive: true })
const product = await start(
  readConfig({
    ...{ PORT: '0', PORTAL_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', PACKS: 'depot' },
    PACKS_DIR: resolve(import.meta.dirname, '../tests/lists/packs'),
  }),
  { demo: 'records' },
)
try {
  const { ctx } = product
  const already = await ctx.store.connection.collection(collection).estimatedDocumentCount()
  if (already < RECORDS) await fill(ctx, already)
  const visitor = new Visitor(product.staffUrl)
  await visitor.post('/api/session', { email: 'owner@depot.example', password: 'Demo-Cauce-2026' })
  console.log(`${RECORDS} records, ${((await ctx.store.size()) / 1024 ** 3).toFixed(2)} GB of data and indexes`)
  await visitor.get('/api/records/gear')
  for (const kind of kinds.filter(({ what }) => what.includes(process.env.BENCH_KIND ?? '')))
    await measure(visitor, kind)
  await measurePlain(ctx, 'a word of one category only', words.nouns)
  await measurePlain(ctx, 'a word that occurs nowhere', ['xqzw', 'qqqx', 'zzxy'])
} finally {
  await product.stop()
  if (!kept) await rm(dataDir, { recursive: true, force: true })
}
process.exit(0)

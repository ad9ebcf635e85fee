/**
 * A list of BENCH_RECORDS (100,000) records as the narrowest role (its company's only, by a row rule) beside the same
 * list as an administrator, who sees all: first page and count, the way the page asks. Goal: at most 1.2 times as long.
 * In a store of its own, through the operation `findRecords`. BENCH_ROUNDS (200) for each.
 */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { actorOf } from '../engine/access/index.ts'
import { readConfig } from '../engine/config.ts'
import { as, type Ctx } from '../engine/context.ts'
import { start } from '../engine/main.ts'
import { findRecords } from '../engine/records/index.ts'

const RECORDS = Number(process.env.BENCH_RECORDS ?? 100_000)
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 200)
const GOAL = 1.2
/** Companies the records are spread over: the narrow role sees one of them. */
const COMPANIES = 200

async function fill(ctx: Ctx, own: string): Promise<void> {
  const at = ctx.clock.now()
  for (let from = 0; from < RECORDS; from += 1000) {
    const rows = Array.from({ length: Math.min(1000, RECORDS - from) }, (_, offset) => {
      const number = from + offset
      const company = number % COMPANIES === 0 ? own : `company${number % COMPANIES}`
      const code = `CTR-2026-${String(number).padStart(6, '0')}`
      return {
        ...{ _id: `bench${number}`, revision: 1, label: code, search: code.toLowerCase(), aliases: [] },
        data: { codigo: code, cliente: company, objeto: `Obra ${number}`, estado: 'Recibido', moneda: 'PEN' },
        ...{ pack: { name: 'fm', number: 1 }, createdAt: at, createdBy: null, updatedAt: at, updatedBy: null },
        deletedAt: null,
      }
    })
    await ctx.db.records('contrato').insertMany(rows)
  }
}

/** Milliseconds of one list, the middle of all rounds. */
async function listTime(ctx: Ctx): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const started = performance.now()
    await findRecords(ctx, { entity: 'contrato', filters: {}, ranges: {}, page: 1, size: 25 })
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

const dataDir = await mkdtemp(join(tmpdir(), 'cauce-bench-'))
const product = await start(
  readConfig({ PORT: '0', PORTAL_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', PACKS_DIR: resolve('definitions') }),
  { demo: 'records' },
)
try {
  const { ctx } = product
  const asUser = async (email: string): Promise<Ctx> => {
    const user = await ctx.db.users.findOne({ email })
    if (!user) throw new Error(`no ${email}`)
    return as(ctx, actorOf(user, null, null))
  }
  const narrow = await asUser('cliente@demo.pe')
  const administrator = await asUser('superadmin@demo.pe')
  await fill(ctx, narrow.actor.scope.clientes?.[0] ?? '')
  await listTime(narrow)
  const [all, few] = [await listTime(administrator), await listTime(narrow)]
  const ratio = few / all
  console.log(`${RECORDS} records: administrator ${all.toFixed(2)} ms, narrowest role ${few.toFixed(2)} ms`)
  console.log(`ratio ${ratio.toFixed(2)} (goal ≤ ${GOAL}): ${ratio <= GOAL ? 'met' : 'MISSED'}`)
} finally {
  await product.stop()
  await rm(dataDir, { recursive: true, force: true })
}
process.exit(0)

import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { RecordDoc } from '../persistence/index.ts'
import { RecordBatch } from '../records/index.ts'
import { findExisting } from './findExisting.ts'
import { saveUnit } from './saveUnit.ts'
import { isSaved, issuesOf, saveTogether, warnedFor, type SaveOptions, type SaveResult } from './saveTogether.ts'

/** Records that are written and taken back in one transaction. */
const REHEARSED = 25
/** After so many records everybody else has a turn. */
const TURN = 10

/**
 * Says what would become of these records, without writing any: everything that a form checks, with what the store is
 * asked asked for all of them at once. Where writing does more than a record (accounts, timelines), each is written and
 * taken back instead.
 */
export async function tryTogether<T extends { data: JsonObject }>(
  ctx: Ctx,
  entity: EntityInPack,
  units: T[],
  options: Pick<SaveOptions<T>, 'warned'>,
): Promise<SaveResult[]> {
  const { definition } = entity
  if (definition['x-account'] ?? definition['x-effective']) return rehearsed(ctx, entity, units, options)
  const db = ctx.store.reader(ctx.tenant)
  const own: Ctx = { ...ctx, db }
  const values = units.map(({ data }) => data)
  const batch = await RecordBatch.of(own, db, entity, values, { isDry: true })
  const existing = await findExisting(own, db, entity, values)
  const results: SaveResult[] = []
  for (const [index, unit] of units.entries()) {
    if (index % TURN === TURN - 1) await new Promise((resolve) => setImmediate(resolve))
    const shared = { existing, batch, warned: warnedFor(unit, options.warned) }
    try {
      results.push(await saveUnit(own, db, entity, unit.data, shared))
    } catch (error) {
      const issues = issuesOf(error)
      if (!issues) throw error
      results.push({ issues })
    }
  }
  const taken = await batch.withTakenCodes(
    db,
    results.filter(isSaved).map(({ record }) => record),
  )
  for (const [index, result] of results.entries()) {
    if (isTaken(result, taken)) results[index] = (await rehearsed(ctx, entity, [units[index]!], options))[0]!
  }
  return results
}

const isTaken = (result: SaveResult, taken: Set<RecordDoc['_id']>): boolean =>
  isSaved(result) && taken.has(result.record._id)

async function rehearsed<T extends { data: JsonObject }>(
  ctx: Ctx,
  entity: EntityInPack,
  units: T[],
  { warned }: Pick<SaveOptions<T>, 'warned'>,
): Promise<SaveResult[]> {
  const results: SaveResult[] = []
  for (let from = 0; from < units.length; from += REHEARSED)
    results.push(...(await saveTogether(ctx, entity, units.slice(from, from + REHEARSED), { warned })))
  return results
}

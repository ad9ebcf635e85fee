import type { Issue, JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { RecordBatch } from '../records/index.ts'
import { findExisting } from './findExisting.ts'
import { saveUnit, type SavedUnit } from './saveUnit.ts'

/** What became of each, in their order: saved, or why not. */
export type SaveResult = SavedUnit | { issues: { field: string; message: string }[] }

export const isSaved = (result: SaveResult): result is SavedUnit => 'record' in result

export interface SaveOptions<T> {
  /** Whether warnings of a record are confirmed; a function is told them. */
  warned: boolean | ((unit: T, warnings: Issue[]) => void)
  /** Notes what was done, in the same transaction. Absent: it was only to be known, and nothing stays. */
  finish?: (db: Db, units: T[], results: SaveResult[]) => Promise<void>
}

/** Ends a transaction whose outcome was only to be known. */
class Rehearsed extends Error {}

/**
 * Writes records in one transaction; when one is refused, each in a transaction of its own, so that it takes none with it
 * (a write that the store refused has spoilt its whole transaction). What is neither saved nor refused (the store is
 * gone) is thrown.
 */
export async function saveTogether<T extends { data: JsonObject }>(
  ctx: Ctx,
  entity: EntityInPack,
  units: T[],
  options: SaveOptions<T>,
): Promise<SaveResult[]> {
  if (units.length === 0) return []
  try {
    return await inOne(ctx, entity, units, options)
  } catch (error) {
    const issues = issuesOf(error)
    if (!issues) throw error
    if (units.length > 1) {
      const results: SaveResult[] = []
      for (const unit of units) results.push(...(await saveTogether(ctx, entity, [unit], options)))
      return results
    }
    const results: SaveResult[] = [{ issues }]
    const { finish } = options
    if (finish) await ctx.transaction((db) => finish(db, units, results))
    return results
  }
}

async function inOne<T extends { data: JsonObject }>(
  ctx: Ctx,
  entity: EntityInPack,
  units: T[],
  options: SaveOptions<T>,
): Promise<SaveResult[]> {
  let results: SaveResult[] = []
  try {
    await ctx.transaction(async (db) => {
      results = await saveAll(ctx, db, entity, units, options)
      if (!options.finish) throw new Rehearsed()
      await options.finish(db, units, results)
    })
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error
  }
  return results
}

/** Writes them in the given transaction. Throws with the first that is refused, which `onTurn` has named. */
export async function saveAll<T extends { data: JsonObject }>(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  units: T[],
  { warned }: Pick<SaveOptions<T>, 'warned'>,
  onTurn: (unit: T) => void = () => undefined,
): Promise<SavedUnit[]> {
  const values = units.map(({ data }) => data)
  const batch = await RecordBatch.of(ctx, db, entity, values, { isDry: false })
  const existing = await findExisting(ctx, db, entity, values)
  const results: SavedUnit[] = []
  for (const unit of units) {
    onTurn(unit)
    results.push(await saveUnit(ctx, db, entity, unit.data, { existing, batch, warned: warnedFor(unit, warned) }))
  }
  await batch.settle(ctx, db)
  return results
}

export const warnedFor = <T>(unit: T, warned: SaveOptions<T>['warned']): boolean | ((warnings: Issue[]) => void) =>
  typeof warned === 'function'
    ? (warnings) => {
        warned(unit, warnings)
      }
    : warned

/** What a person can mend, in his words; null for anything else. */
export function issuesOf(error: unknown): { field: string; message: string }[] | null {
  if (!(error instanceof CauceError) || error.status >= 500) return null
  const issues = error.issues ?? []
  return issues.length > 0
    ? issues.map(({ path, message }) => ({ field: path, message }))
    : [{ field: '', message: error.message }]
}

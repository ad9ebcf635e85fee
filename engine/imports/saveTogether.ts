import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { saveUnit, type SavedUnit } from './saveUnit.ts'

/** What became of each, in their order: saved, or why not. */
export type SaveResult = SavedUnit | { issues: { field: string; message: string }[] }

export const isSaved = (result: SaveResult): result is SavedUnit => 'record' in result

/** Ends a transaction whose outcome was only to be known. */
class Rehearsed extends Error {}

/**
 * Writes records in one transaction with `finish`, which notes what was done; when one is refused, each in a transaction
 * of its own, so that it takes none with it (a write that the store refused has spoilt its whole transaction).
 * `rehearse`: nothing stays of it. What is neither saved nor refused (the store is gone) is thrown.
 */
export async function saveTogether<T extends { data: JsonObject }>(
  ctx: Ctx,
  entity: EntityInPack,
  units: T[],
  options: { rehearse: true } | { finish: (db: Db, units: T[], results: SaveResult[]) => Promise<void> },
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
    if ('finish' in options) await ctx.transaction((db) => options.finish(db, units, results))
    return results
  }
}

async function inOne<T extends { data: JsonObject }>(
  ctx: Ctx,
  entity: EntityInPack,
  units: T[],
  options: Parameters<typeof saveTogether<T>>[3],
): Promise<SaveResult[]> {
  let results: SaveResult[] = []
  try {
    await ctx.transaction(async (db) => {
      results = []
      for (const { data } of units) results.push(await saveUnit(ctx, db, entity, data))
      if ('rehearse' in options) throw new Rehearsed()
      await options.finish(db, units, results)
    })
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw error
  }
  return results
}

/** What a person can mend, in his words; null for anything else. */
export function issuesOf(error: unknown): { field: string; message: string }[] | null {
  if (!(error instanceof CauceError) || error.status >= 500) return null
  const issues = error.issues ?? []
  return issues.length > 0
    ? issues.map(({ path, message }) => ({ field: path, message }))
    : [{ field: '', message: error.message }]
}

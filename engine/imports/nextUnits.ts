import type { Ctx } from '../context.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { ImportDoc } from '../persistence/index.ts'
import { unitsOf, type ColumnPlan, type ImportUnit } from './ImportUnit.ts'
import { importKeys } from './importTargets.ts'

const MOST_ROWS = 10_000

export function planOf(entity: EntityInPack, job: ImportDoc): ColumnPlan {
  const { code, fields } = importKeys(entity)
  const isMapped = (name: string): boolean => job.mapping.includes(name)
  return { mapping: job.mapping, keys: code !== null && isMapped(code) ? [code] : fields }
}

/** The next records of the sheet, each with all its rows; none at its end. */
export async function nextUnits(ctx: Ctx, job: ImportDoc, plan: ColumnPlan, most: number): Promise<ImportUnit[]> {
  // A record with long sub-lists asks for more.
  for (let limit = most + 1; ; limit *= 4) {
    const after = { import: job._id, number: { $gt: job.cursor } }
    const rows = await ctx.db.importRows.find(after, { sort: { number: 1 }, limit })
    const units = unitsOf(rows, plan)
    if (rows.length < limit) return units.slice(0, most)
    // The last one may go on below.
    if (units.length > 1 || limit >= MOST_ROWS) return units.slice(0, Math.min(most, Math.max(1, units.length - 1)))
  }
}

export const lastNumber = (units: ImportUnit[]): number => units.at(-1)?.at(-1)?.number ?? 0

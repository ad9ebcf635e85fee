import type { CatalogDefinition } from '#definitions'
import type { Ctx } from '../context.ts'
import type { InstalledPack } from './InstalledPack.ts'
import { packsOf } from './PackRegistry.ts'

/** The catalogues that count for a form of any version: a running case keeps its forms, but offers today's values. */
export async function catalogsInForce(ctx: Ctx, installed: InstalledPack): Promise<Record<string, CatalogDefinition>> {
  const current = await packsOf(ctx).current(ctx, installed.name)
  return { ...installed.pack.catalogs, ...current.pack.catalogs }
}

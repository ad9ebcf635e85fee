import { pluralTitle } from '#definitions'
import type { EntitySummary } from '#engine/contract'
import { can } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { packsOf, type InstalledPack } from '../../packs/index.ts'
import { startingProcess, startTitle } from './startingProcess.ts'

/** The entities this actor may read. */
export async function listEntities(ctx: Ctx): Promise<EntitySummary[]> {
  const found: EntitySummary[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, definition] of Object.entries(installed.pack.entities)) {
      if (!(await can(ctx, key, 'read'))) continue
      found.push({
        key,
        title: definition.title,
        titlePlural: pluralTitle(definition),
        creates: await creationOf(ctx, installed, key),
      })
    }
  }
  return found
}

async function creationOf(ctx: Ctx, installed: InstalledPack, key: string): Promise<EntitySummary['creates']> {
  if (!(await can(ctx, key, 'create'))) return null
  const process = await startingProcess(ctx, key)
  return { process, title: process === null ? null : (startTitle(installed, process) ?? null) }
}

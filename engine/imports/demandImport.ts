import { can, demand } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, type EntityInPack } from '../packs/index.ts'
import type { ImportDoc } from '../persistence/index.ts'
import { startingProcess } from '../records/index.ts'

/** The entity, where this actor may bring sheets into it. 404, 403, 409 where a process makes the records. */
export async function demandImport(ctx: Ctx, key: string): Promise<EntityInPack> {
  const entity = await entityOf(ctx, key)
  await demand(ctx, key, 'import')
  if (!(await can(ctx, key, 'create')) && !(await can(ctx, key, 'edit'))) throw new CauceError('access.denied')
  if (await startingProcess(ctx, key)) throw new CauceError('import.process')
  return entity
}

/** An import of this person; anybody else's is not there. */
export async function ownImport(ctx: Ctx, key: string, id: string): Promise<{ entity: EntityInPack; job: ImportDoc }> {
  const entity = await demandImport(ctx, key)
  const job = await ctx.db.imports.findOne({ _id: id, user: ctx.actor.id ?? '', entity: key })
  if (!job) throw new CauceError('thing.not-found')
  return { entity, job }
}

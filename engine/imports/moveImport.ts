import type { ImportView } from '#engine/contract'
import { demandRecentPassword } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { EntityInPack } from '../packs/index.ts'
import type { ImportDoc } from '../persistence/index.ts'
import { demandImport, ownImport } from './demandImport.ts'
import { countsOf } from './importJob.ts'
import { importTargets } from './importTargets.ts'
import { importView } from './importView.ts'

/** One import, as it stands. 404 for somebody else's. */
export async function getImport(ctx: Ctx, key: string, id: string): Promise<ImportView> {
  const { entity, job } = await ownImport(ctx, key, id)
  return importView(ctx, entity, job)
}

/** The latest imports of this person into an entity, the newest first. */
export async function findImports(ctx: Ctx, key: string): Promise<ImportView[]> {
  const entity = await demandImport(ctx, key)
  const mine = { user: ctx.actor.id ?? '', entity: key }
  const jobs = await ctx.db.imports.find(mine, { sort: { startedAt: -1 }, limit: 10 })
  return Promise.all(jobs.map((job) => importView(ctx, entity, job)))
}

/**
 * Says what the columns are, and has the rows tried. Also again, after a look at the result. @throws 409 while it is
 * under way, 422 `import.mapping` for a field that is not there or is given twice
 */
export async function checkImport(
  ctx: Ctx,
  key: string,
  id: string,
  { mapping, fixed }: { mapping: (string | null)[]; fixed: Record<string, string> },
): Promise<ImportView> {
  const { entity, job } = await ownImport(ctx, key, id)
  demandPassword(ctx, entity)
  await demandMapping(ctx, entity, job, mapping, fixed)
  const counts = countsOf(job.counts.rows)
  return move(ctx, entity, job, ['ready', 'checked'], { status: 'checking', mapping, fixed, counts, cursor: 0 })
}

/**
 * Makes records of the rows that were checked; `warned`: also of those with warnings, which are left out otherwise.
 * @throws 409 `import.errors` for all or nothing while rows have errors, 409 `import.warnings` while their warnings are
 * not confirmed, 409 `import.moved` when it is not checked (any more)
 */
export async function applyImport(
  ctx: Ctx,
  key: string,
  id: string,
  { mode, warned }: { mode: 'all' | 'valid'; warned: boolean },
): Promise<ImportView> {
  const { entity, job } = await ownImport(ctx, key, id)
  demandPassword(ctx, entity)
  if (mode === 'all' && job.counts.errors > 0) throw new CauceError('import.errors')
  if (mode === 'all' && job.counts.warned > 0 && !warned) throw new CauceError('import.warnings')
  return move(ctx, entity, job, ['checked'], { status: 'applying', mode, warned, cursor: 0 })
}

/** Ends an import of one's own. What is written already stays written. */
export async function cancelImport(ctx: Ctx, key: string, id: string): Promise<ImportView> {
  const { entity, job } = await ownImport(ctx, key, id)
  const open: ImportDoc['status'][] = ['reading', 'ready', 'checking', 'checked', 'applying']
  return move(ctx, entity, job, open, { status: 'cancelled', endedAt: ctx.clock.now(), claimedBy: null })
}

async function move(
  ctx: Ctx,
  entity: EntityInPack,
  job: ImportDoc,
  from: ImportDoc['status'][],
  changes: Partial<ImportDoc>,
): Promise<ImportView> {
  const filter = { _id: job._id, status: { $in: from } }
  const moved = await ctx.db.imports.findOneAndUpdate(filter, { $set: { lease: null, ...changes } })
  if (!moved) throw new CauceError('import.moved')
  return importView(ctx, entity, moved)
}

/** Accounts come out of these records: what a form asks the password for is not had by a sheet. */
function demandPassword(ctx: Ctx, entity: EntityInPack): void {
  if (entity.definition['x-account']) demandRecentPassword(ctx)
}

async function demandMapping(
  ctx: Ctx,
  entity: EntityInPack,
  job: ImportDoc,
  mapping: (string | null)[],
  fixed: Record<string, string>,
): Promise<void> {
  const refuse = (what: string): never => {
    throw new CauceError('import.mapping', { what })
  }
  const targets = new Map((await importTargets(ctx, entity)).map((target) => [target.name, target]))
  const given = mapping.filter((name) => name !== null)
  if (mapping.length !== job.columns.length) refuse('falta decir qué es cada columna')
  for (const name of [...given, ...Object.keys(fixed)]) if (!targets.has(name)) refuse(`no existe el dato ${name}`)
  const twice = given.find((name, index) => given.indexOf(name) !== index)
  if (twice !== undefined) refuse(`dos columnas van a «${targets.get(twice)!.title}»`)
  if (given.length === 0) refuse('ninguna columna va a un dato')
  if (Object.keys(fixed).some((name) => targets.get(name)!.list)) refuse('una tabla no tiene valor fijo')
}

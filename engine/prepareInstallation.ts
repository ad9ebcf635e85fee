import { join } from 'node:path'
import { demoAccounts } from '#definitions'
import { readPackFiles, hashPack } from '#definitions/pack'
import type { Ctx } from './context.ts'
import { ensureEntityIndexes, installPack, packsOf } from './packs/index.ts'
import { loadSeeds } from './records/index.ts'
import { releaseMemory } from './releaseMemory.ts'
import { loadDemo } from './rehearsal/index.ts'

/**
 * Brings the store up to what the configuration names: packs installed, demo data on an empty store outside production.
 * The store is the truth for installed versions: files install themselves only over versions that came from files.
 */
export async function prepareInstallation(
  ctx: Ctx,
  demo: 'full' | 'records' | 'none' = 'full',
): Promise<{ email: string; name: string; front: 'staff' | 'portal' }[]> {
  for (const name of packsOf(ctx).names) {
    if (await installFromFiles(ctx, name)) continue
    // Another version of the product may ask for other indexes than the one that installed the pack.
    const { pack } = await packsOf(ctx).current(ctx, name)
    await ensureEntityIndexes(ctx, pack.entities, pack.roles)
  }
  await loadSeeds(ctx)
  const isEmpty = (await ctx.db.users.count({}, 1)) === 0
  if (isEmpty && !ctx.config.production && demo !== 'none') {
    for (const installed of await packsOf(ctx).all(ctx)) await loadDemo(ctx, installed.pack, { play: demo === 'full' })
    releaseMemory()
  }
  if (ctx.config.production) return []
  const emails = (await packsOf(ctx).all(ctx)).flatMap(({ pack }) => demoAccounts(pack).map(({ email }) => email))
  const users = await ctx.db.users.find({ email: { $in: emails } })
  return emails
    .flatMap((email) => users.filter((user) => user.email === email))
    .map(({ email, name, front }) => ({ email, name, front }))
}

/** True when a version was installed. */
async function installFromFiles(ctx: Ctx, name: string): Promise<boolean> {
  const files = await readPackFiles(join(ctx.config.packsDir, name))
  const latest = await ctx.db.packVersions.findOne(
    { pack: name },
    { sort: { number: -1 }, fields: ['number', 'hash', 'origin'] },
  )
  if (latest?.hash === hashPack(files)) return false
  if (latest?.origin === 'studio') {
    ctx.log.warn(
      { pack: name },
      'The pack on disk differs from the version published in the studio; the published one stays in force.',
    )
    return false
  }
  const { number, version } = await installPack(ctx, { files, origin: 'files' })
  ctx.log.info({ pack: name, number, version }, 'pack installed')
  return true
}

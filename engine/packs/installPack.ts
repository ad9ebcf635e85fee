import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Finding, PackFiles } from '#definitions'
import { checkPack, parsePack } from '#definitions/pack'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { isDuplicateKey } from '../persistence/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import { ensureEntityIndexes } from './ensureEntityIndexes.ts'
import { compilePack, PackCompileError } from './InstalledPack.ts'
import { mergeRoles } from './mergeRoles.ts'
import { packsOf } from './PackRegistry.ts'

export interface InstallInput {
  files: PackFiles
  origin: 'files' | 'studio'
  note?: string | null
  /** Only install when this is still the version in force (a draft's base). */
  expectedNumber?: number
}
export interface InstallResult {
  number: number
  version: string
  /** Warnings; errors refuse. */
  findings: Finding[]
}

/**
 * Installs the files as the next numbered version. Everything is checked and compiled first: a finding that is an error
 * refuses the whole (422 `pack.invalid` with the findings) and changes nothing.
 */
export async function installPack(ctx: Ctx, input: InstallInput): Promise<InstallResult> {
  const findings = await checkPack(input.files)
  const { pack } = parsePack(input.files)
  const refuse = (list: Finding[]): never => {
    throw new CauceError(
      'pack.invalid',
      {},
      { findings: list.map((finding) => ({ ...finding, cure: finding.cure ?? null })) },
    )
  }
  if (!pack || findings.some((finding) => finding.severity === 'error')) return refuse(findings)

  const latest = await ctx.db.packVersions.findOne(
    { pack: pack.manifest.name },
    { sort: { number: -1 }, fields: ['number', 'hash'] },
  )
  if (input.expectedNumber !== undefined && (latest?.number ?? 0) !== input.expectedNumber) {
    throw new CauceError('draft.stale', { who: 'otra publicación' })
  }
  const number = (latest?.number ?? 0) + 1
  try {
    await compilePack(pack, number, ctx.config.timeZone)
  } catch (error) {
    if (error instanceof PackCompileError) return refuse(error.findings)
    throw error
  }
  const overlay = await ctx.db.rolesOverlays.get(`${ctx.tenant}:${pack.manifest.name}`)
  const roles = overlay ? mergeRoles(pack.roles, overlay) : pack.roles
  await ensureEntityIndexes(ctx, pack.entities, roles)
  try {
    await ctx.transaction(async (db) => {
      await db.packVersions.insert({
        _id: randomUUID(),
        pack: pack.manifest.name,
        number,
        version: pack.manifest.version,
        hash: pack.hash,
        files: gzipSync(JSON.stringify(input.files)),
        origin: input.origin,
        note: input.note ?? null,
        installedAt: ctx.clock.now(),
        installedBy: ctx.actor.id,
      })
      await writeAudit(ctx, db, {
        action: 'pack.installed',
        thing: pack.manifest.name,
        details: { number, version: pack.manifest.version, hash: pack.hash, note: input.note ?? null },
      })
    })
  } catch (error) {
    if (isDuplicateKey(error)) throw new CauceError('draft.stale', { who: 'otra publicación' })
    throw error
  }
  packsOf(ctx).refresh()
  return { number, version: pack.manifest.version, findings }
}

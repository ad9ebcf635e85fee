import { randomUUID } from 'node:crypto'
import type { MatrixChange, MatrixPreview, MatrixView } from '#engine/contract'
import type { Json } from '#forms'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import {
  emptyOverlay,
  ensureEntityIndexes,
  mergeRoles,
  packsOf,
  withRoles,
  type InstalledPack,
  type RolesOverlay,
} from '../../packs/index.ts'
import { isDuplicateKey, type Db } from '../../persistence/index.ts'
import { demand } from '../permissions.ts'
import { demandRecentPassword } from '../recentPassword.ts'
import { applyChange } from './applyChange.ts'
import { describeDifference } from './describeChange.ts'
import { differencesOf } from './differences.ts'
import { MATRIX, matrixPack, matrixView, readOverlay } from './readMatrix.ts'

export interface ChangeMatrixInput {
  pack?: string | undefined
  /** The revision the person saw; 412 `roles.stale` when it moved. */
  revision: number
  reason: string
  changes: MatrixChange[]
}

/**
 * Changes the rights: all of the changes or none. In force at once here, and within a second in every other process. 403,
 * 409 `roles.locked`, 412 `roles.stale`, 422 `roles.invalid`; asks for a recent password.
 */
export async function changeMatrix(ctx: Ctx, input: ChangeMatrixInput): Promise<MatrixView> {
  await demand(ctx, MATRIX, 'edit')
  demandRecentPassword(ctx)
  const installed = await matrixPack(ctx, input.pack)
  await commit(ctx, installed, input, (overlay) => planned(installed, overlay, input.changes))
  return matrixView(ctx, installed.name)
}

/** Takes everything changed in the browser back: the rights are the pack's again. */
export async function resetMatrix(ctx: Ctx, input: Omit<ChangeMatrixInput, 'changes'>): Promise<MatrixView> {
  await demand(ctx, MATRIX, 'edit')
  demandRecentPassword(ctx)
  const installed = await matrixPack(ctx, input.pack)
  await commit(ctx, installed, input, (overlay) => ({
    ...emptyOverlay(),
    // Roles made in the browser stay known, so that people who have one keep its name; they grant nothing.
    roles: Object.fromEntries(
      Object.entries(overlay.roles)
        .filter(([key]) => !installed.seedRoles.roles[key])
        .map(([key, role]) => [key, { ...role, retired: true }]),
    ),
  }))
  return matrixView(ctx, installed.name)
}

/** What changes would mean, in words; refuses what `changeMatrix` would refuse. */
export async function previewMatrix(
  ctx: Ctx,
  input: Pick<ChangeMatrixInput, 'pack' | 'changes'>,
): Promise<MatrixPreview> {
  await demand(ctx, MATRIX, 'edit')
  const installed = await matrixPack(ctx, input.pack)
  const { overlay } = await readOverlay(ctx, ctx.db, installed)
  const next = planned(installed, overlay, input.changes)
  return { texts: textsOf(installed, withRoles(installed, mergeRoles(installed.seedRoles, next))).texts }
}

function planned(installed: InstalledPack, overlay: RolesOverlay, changes: MatrixChange[]): RolesOverlay {
  const next = structuredClone(overlay)
  for (const change of changes) {
    // Each change sees what those before it did: a role made here may be given rights here.
    const seen = withRoles(installed, mergeRoles(installed.seedRoles, next))
    applyChange(seen, next, change)
  }
  return next
}

async function commit(
  ctx: Ctx,
  installed: InstalledPack,
  input: Omit<ChangeMatrixInput, 'changes'>,
  plan: (overlay: RolesOverlay) => RolesOverlay,
): Promise<void> {
  const reason = input.reason.trim()
  if (reason === '') throw new CauceError('roles.invalid', { what: 'escriba el motivo.' })
  const after = await ctx.transaction(async (db) => {
    const { overlay, revision } = await readOverlay(ctx, db, installed)
    if (revision !== input.revision) throw new CauceError('roles.stale')
    const next = plan(overlay)
    const before = withRoles(installed, mergeRoles(installed.seedRoles, overlay))
    const merged = withRoles(installed, mergeRoles(installed.seedRoles, next))
    const { differences, texts } = textsOf(before, merged)
    if (differences.length === 0) return null
    await store(ctx, db, installed, revision, next)
    await db.rolesChanges.insert({
      _id: randomUUID(),
      pack: installed.name,
      revision: revision + 1,
      at: ctx.clock.now(),
      actor: ctx.actor.id,
      actorName: ctx.actor.name,
      reason,
      texts,
      changes: differences,
    })
    await writeAudit(ctx, db, {
      action: 'roles.changed',
      thing: MATRIX,
      changes: differences.map(({ at, before: was, after: is }) => ({ field: at, before: was, after: is })),
      details: { pack: installed.name, revision: revision + 1, reason, texts: texts as Json[] },
    })
    return { merged, differences }
  })
  if (!after) return
  packsOf(ctx).refresh()
  // New row rules are searched by index from now on; building one may take a while and must not hold the change back.
  const entities = after.differences.flatMap(({ at }) => (at.startsWith('rows/') ? [at.split('/')[1] ?? ''] : []))
  for (const key of new Set(entities)) {
    const definition = after.merged.pack.entities[key]
    if (definition) await ensureEntityIndexes(ctx, { [key]: definition }, after.merged.pack.roles)
  }
}

async function store(
  ctx: Ctx,
  db: Db,
  installed: InstalledPack,
  revision: number,
  overlay: RolesOverlay,
): Promise<void> {
  const _id = `${ctx.tenant}:${installed.name}`
  try {
    if (revision === 0) await db.rolesOverlays.insert({ _id, revision: 1, ...overlay })
    else if (
      (await db.rolesOverlays.updateOne({ _id, revision }, { $set: { ...overlay, revision: revision + 1 } })) === 0
    )
      throw new CauceError('roles.stale')
  } catch (error) {
    if (isDuplicateKey(error)) throw new CauceError('roles.stale', {}, { cause: error })
    throw error
  }
}

/** What is different, and each as a sentence. A role that comes or goes takes its cells with it: those are not told again. */
function textsOf(before: InstalledPack, after: InstalledPack) {
  const differences = differencesOf(before.pack.roles, after.pack.roles)
  const turned = new Set(
    differences.flatMap(({ at, before: was, after: is }) => {
      const [kind, role = ''] = at.split('/')
      return kind === 'roles' && isRetired(was) !== isRetired(is) ? [role] : []
    }),
  )
  const told = differences.filter(({ at }) => {
    const [kind = '', , subject = ''] = at.split('/')
    return !(['can', 'rows'].includes(kind) && turned.has(subject))
  })
  return { differences, texts: told.map((difference) => describeDifference(before, after, difference)) }
}

const isRetired = (role: Json): boolean => (role as { retired?: boolean } | null)?.retired === true

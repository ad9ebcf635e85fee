import type { ListView, MatrixHistoryEntry, MatrixRole, MatrixThing, MatrixView } from '#engine/contract'
import type { RolesFile } from '#definitions'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { emptyOverlay, packsOf, type InstalledPack, type RolesOverlay } from '../../packs/index.ts'
import type { Db } from '../../persistence/index.ts'
import { can, demand } from '../permissions.ts'
import { actionsOf, thingsOf } from './actionsOf.ts'
import { actionLabel, subjectTitle, thingTitle } from './words.ts'

/** The thing of the matrix that stands for the matrix itself. */
export const MATRIX = 'roles'

/** The pack whose rights are asked for; the first when none is named. Throws 404 for one that is not installed. */
export async function matrixPack(ctx: Ctx, name: string | undefined): Promise<InstalledPack> {
  const { names } = packsOf(ctx)
  const wanted = name ?? names[0] ?? ''
  if (!names.includes(wanted)) throw new CauceError('thing.not-found')
  return packsOf(ctx).current(ctx, wanted)
}

export async function readOverlay(
  ctx: Ctx,
  db: Db,
  installed: InstalledPack,
): Promise<{ overlay: RolesOverlay; revision: number }> {
  const stored = await db.rolesOverlays.get(`${ctx.tenant}:${installed.name}`)
  if (!stored) return { overlay: emptyOverlay(), revision: 0 }
  const { roles, groups, can: cells, rows, fields, revision } = stored
  return { overlay: { roles, groups, can: cells, rows, fields }, revision }
}

/** The whole matrix in force, with the pack's own beside it. 403 without the right to read it. */
export async function matrixView(ctx: Ctx, pack: string | undefined): Promise<MatrixView> {
  await demand(ctx, MATRIX, 'read')
  const installed = await matrixPack(ctx, pack)
  const { revision } = await readOverlay(ctx, ctx.db, installed)
  const { roles } = installed.pack
  return {
    pack: installed.name,
    revision,
    roles: await rolesOf(ctx, installed),
    groups: [...Object.keys(roles.groups ?? {}), 'staff', 'portal'].map((key) => ({
      key: `@${key}`,
      title: subjectTitle(installed, `@${key}`),
      roles: roles.groups?.[key]?.roles ?? rolesOfFront(roles, key),
    })),
    things: thingsOf(installed).map((thing) => thingView(installed, thing)),
    can: cellsOf(roles),
    seed: cellsOf(installed.seedRoles),
    rows: roles.rows ?? {},
    fields: roles.fields ?? {},
    fixed: roles.fixed ?? [],
    separate: roles.separate ?? [],
    mayEdit: await can(ctx, MATRIX, 'edit'),
  }
}

async function rolesOf(ctx: Ctx, { pack, seedRoles }: InstalledPack): Promise<MatrixRole[]> {
  const views: MatrixRole[] = []
  for (const [key, role] of Object.entries(pack.roles.roles)) {
    views.push({
      key,
      title: role.title,
      description: role.description ?? null,
      front: role.front ?? 'staff',
      protected: role.protected ?? false,
      retired: role.retired ?? false,
      own: !seedRoles.roles[key],
      holders: await ctx.db.users.count({ roles: key, active: true }),
    })
  }
  return views
}

const rolesOfFront = (roles: RolesFile, front: string): string[] =>
  Object.entries(roles.roles).flatMap(([key, role]) =>
    (role.front ?? 'staff') === front && !role.retired ? [key] : [],
  )

function thingView(installed: InstalledPack, thing: string): MatrixThing {
  const entity = installed.pack.entities[thing]
  return {
    key: thing,
    title: thingTitle(installed, thing),
    kind: entity ? 'entity' : installed.processes[thing] ? 'process' : 'platform',
    actions: actionsOf(installed, thing).map((action) => ({
      key: action,
      title: actionLabel(installed, thing, action),
    })),
    fields: Object.entries(entity?.properties ?? {}).map(([key, property]) => ({ key, title: property.title ?? key })),
  }
}

function cellsOf(roles: RolesFile): MatrixView['can'] {
  return Object.fromEntries(
    Object.entries(roles.can).map(([thing, row]) => [
      thing,
      Object.fromEntries(
        Object.entries(row).map(([subject, text]) => [subject, text.split(/\s+/).filter((action) => action !== '')]),
      ),
    ]),
  )
}

/** What was changed, by whom and why; the newest first. */
export async function matrixHistory(
  ctx: Ctx,
  input: { pack: string | undefined; page: number; size: number },
): Promise<ListView<MatrixHistoryEntry>> {
  await demand(ctx, MATRIX, 'read')
  const installed = await matrixPack(ctx, input.pack)
  const { page } = input
  const size = Math.min(input.size, 100)
  const filter = { pack: installed.name }
  const rows = await ctx.db.rolesChanges.find(filter, { sort: { revision: -1 }, skip: (page - 1) * size, limit: size })
  const items = rows.map(({ _id, at, actorName, reason, texts, changes }) => ({
    id: _id,
    at: at.toISOString(),
    who: actorName,
    reason,
    texts,
    changes,
  }))
  return { items, total: await ctx.db.rolesChanges.count(filter), page, size }
}

/** The rights in force as data: what roles.json would say. */
export async function exportMatrix(ctx: Ctx, pack: string | undefined): Promise<RolesFile> {
  await demand(ctx, MATRIX, 'read')
  return (await matrixPack(ctx, pack)).pack.roles
}

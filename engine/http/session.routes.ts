import { isMenuPage, menuPages, pluralTitle } from '#definitions'
import type { MenuView, SessionView } from '#engine/contract'
import { can, signIn, signOut, subjectsOf } from '../access/index.ts'
import { MATRIX } from '../access/roles/index.ts'
import { SUBSTITUTIONS } from '../access/substitutions/index.ts'
import { AUDIT } from '../auditReport/index.ts'
import { as, type Ctx } from '../context.ts'
import { packsOf, type InstalledPack } from '../packs/index.ts'
import { OPERATIONS } from '../processes/index.ts'
import { listEditableCatalogs, SETTINGS, STUDIO } from '../publishing/index.ts'
import { countRecords, mayScan } from '../records/index.ts'
import { listReports } from '../reports/index.ts'
import { clearSessionCookie, sessionTokenOf, setSessionCookie } from './cookies.ts'
import type { Handlers } from './Handler.ts'

export function sessionHandlers(front: 'staff' | 'portal'): Handlers {
  return {
    getSession: ({ ctx }) => sessionView(ctx, front),
    signIn: async ({ ctx, req, res, body }) => {
      const { email, password, remember, otp } = body<{
        email: string
        password: string
        remember?: boolean
        otp?: string
      }>()
      const session = await signIn(ctx, {
        email,
        password,
        remember: remember ?? false,
        ...(otp === undefined ? {} : { otp }),
        front,
        ip: req.ip ?? '',
        userAgent: req.get('user-agent') ?? '',
      })
      setSessionCookie(ctx, res, front, session.token, session.maxAgeSeconds)
      return sessionView({ ...as(ctx, session.actor), session: session.session }, front)
    },
    signOut: async ({ ctx, req, res }) => {
      const token = sessionTokenOf(ctx, req, front)
      if (token) await signOut(ctx, token)
      clearSessionCookie(ctx, res, front)
    },
  }
}

async function sessionView(ctx: Ctx, front: 'staff' | 'portal'): Promise<SessionView> {
  const packs = await packsOf(ctx).all(ctx)
  const { actor } = ctx
  const may: string[] = []
  for (const thing of [STUDIO, OPERATIONS, AUDIT, SUBSTITUTIONS, MATRIX])
    if (await can(ctx, thing, 'read')) may.push(thing)
  if (await can(ctx, SETTINGS, 'edit')) may.push(SETTINGS)
  if ((await listEditableCatalogs(ctx)).length > 0) may.push('catalogs')
  if (front === 'staff' && (await listReports(ctx)).length > 0) may.push('reports')
  if (await mayScan(ctx)) may.push('scan')
  return {
    user: {
      id: actor.id ?? '',
      name: actor.name,
      email: actor.email ?? '',
      roles: titledRoles(packs, actor.roles),
    },
    front,
    title: packs[0]?.pack.manifest.title ?? 'Cauce',
    menus: (await Promise.all(packs.map((installed) => menusOf(ctx, installed, front, may)))).flat(),
    may,
    demo: !ctx.config.production,
    enrolling: ctx.session?.enrolling ?? false,
  }
}

/** Roles with the names that people read. */
export function titledRoles(packs: InstalledPack[], roles: string[]): { key: string; title: string }[] {
  return roles.map((key) => ({
    key,
    title: packs.map(({ pack }) => pack.roles.roles[key]?.title).find(Boolean) ?? key,
  }))
}

/** The pack's menus as this actor may use them: entries he may not read are left out, empty sections too. */
async function menusOf(
  ctx: Ctx,
  installed: InstalledPack,
  front: 'staff' | 'portal',
  may: string[],
): Promise<MenuView[]> {
  const { pack } = installed
  const subjects = subjectsOf(pack.roles, ctx.actor)
  // A pack cannot name roles that were made in the browser: what such a role may read is in its menu.
  const hasOwnRole = ctx.actor.roles.some((role) => !installed.seedRoles.roles[role])
  const menus: MenuView[] = []
  for (const menu of pack.manifest.menus ?? []) {
    if ((menu.front ?? 'staff') !== front) continue
    if (menu.roles && !hasOwnRole && !menu.roles.some((role) => subjects.includes(role))) continue
    const items: MenuView['items'] = []
    for (const key of menu.items) {
      const entity = pack.entities[key]
      if (entity && (await can(ctx, key, 'read'))) {
        const count = menu.count ? await countRecords(ctx, { key, definition: entity, installed }, menu.count) : 0
        items.push({
          kind: 'entity',
          key,
          title: pluralTitle(entity),
          ...(count > 0 ? { count } : {}),
        })
      } else if (
        installed.processes[key] &&
        (await can(ctx, installed.processes[key].process.entity ?? key, 'create'))
      ) {
        items.push({ kind: 'process', key, title: installed.processes[key].name })
      } else if (isMenuPage(key) && may.includes(menuPages[key])) {
        items.push({ kind: 'page', key: key.slice(1), title: '' })
      }
    }
    if (items.length > 0) menus.push({ title: menu.title, icon: menu.icon ?? null, items })
  }
  return menus
}

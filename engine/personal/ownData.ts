import type { Readable } from 'node:stream'
import type { Json, JsonObject } from '#forms'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { writeSheet, type Cell } from '../exports/index.ts'
import { entityOf } from '../packs/index.ts'

/** Acts and sessions beyond this are left out; the audit has them all. */
const MOST = 1000

/** Everything kept about one person that is his, by group: what the law lets him take with him. */
export interface OwnData {
  account: JsonObject
  record: JsonObject
  privacyNotices: JsonObject[]
  sessions: JsonObject[]
  activity: JsonObject[]
}

/** Data of the actor himself; never anybody else's. Passwords, tokens and second factors are no data to hand out. */
export async function ownData(ctx: Ctx): Promise<OwnData> {
  const id = ctx.actor.id ?? ''
  const user = await ctx.db.users.get(id)
  if (!user) throw new CauceError('thing.not-found')
  const [acceptances, sessions, acts] = await Promise.all([
    ctx.db.acceptances.find({ user: id }, { sort: { at: 1 } }),
    ctx.db.sessions.find({ user: id }, { limit: MOST }),
    ctx.db.audit.find({ actor: id }, { sort: { at: -1 }, limit: MOST }),
  ])
  const { name, email, roles, front, createdAt } = user
  return {
    account: { name, email, roles, front, createdAt: createdAt.toISOString() },
    record: await personRecord(ctx, user.record ?? null),
    privacyNotices: acceptances.map(({ version, at, ip }) => ({ version, acceptedAt: at.toISOString(), ip })),
    sessions: sessions.map(({ createdAt: since, lastSeenAt, ip, userAgent }) => ({
      since: since.toISOString(),
      lastSeenAt: lastSeenAt.toISOString(),
      ip,
      userAgent,
    })),
    activity: acts.map(({ at, action, entity, record, ip }) => ({ at: at.toISOString(), action, entity, record, ip })),
  }
}

/** The fields of the person's own record, by their titles. */
async function personRecord(ctx: Ctx, link: { entity: string; id: string } | null): Promise<JsonObject> {
  if (!link) return {}
  const [{ definition }, record] = await Promise.all([
    entityOf(ctx, link.entity),
    ctx.db.records(link.entity).get(link.id),
  ])
  return Object.fromEntries(
    Object.entries(record?.data ?? {}).map(([field, value]) => [definition.properties[field]?.title ?? field, value]),
  )
}

/** The same as a file: JSON for another system, PDF to be read. Taking it is a row of the audit. */
export async function exportOwnData(
  ctx: Ctx,
  format: 'json' | 'pdf',
): Promise<{ name: string; type: string; content: Readable | string }> {
  const data = await ownData(ctx)
  await ctx.transaction((db) => writeAudit(ctx, db, { action: 'personal.exported', details: { format } }))
  const name = `mis-datos.${format}`
  if (format === 'json') return { name, type: 'application/json', content: JSON.stringify(data, null, 2) }
  const at = new Intl.DateTimeFormat('es-PE', { dateStyle: 'long', timeZone: ctx.config.timeZone })
  const content = writeSheet('pdf', {
    title: 'Mis datos personales',
    notes: [`${ctx.actor.name} — ${at.format(ctx.clock.now())}`],
    columns: [
      { title: 'Grupo', width: 20 },
      { title: 'Dato', width: 25 },
      { title: 'Valor', width: 75 },
    ],
    batches: rowsOf(data),
  })
  return { name, type: 'application/pdf', content }
}

const groups: Record<keyof OwnData, string> = {
  account: 'Cuenta',
  record: 'Registro',
  privacyNotices: 'Avisos aceptados',
  sessions: 'Sesiones',
  activity: 'Actividad',
}

// eslint-disable-next-line @typescript-eslint/require-await -- a sheet reads its rows as they come
async function* rowsOf(data: OwnData): AsyncGenerator<Cell[][]> {
  for (const [group, title] of Object.entries(groups) as [keyof OwnData, string][]) {
    const given: JsonObject | JsonObject[] = data[group]
    const items: JsonObject[] = Array.isArray(given) ? given : [given]
    yield items.flatMap((item) =>
      group === 'account' || group === 'record'
        ? Object.entries(item).map(([name, value]) => [title, name, plain(value)])
        : [[title, plain(Object.values(item)[0]), Object.values(item).slice(1).map(plain).filter(Boolean).join(' · ')]],
    )
  }
}

function plain(value: Json | undefined): string {
  if (value === null || value === undefined) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

import type { AuditDetailView } from '#engine/contract'
import type { Json, JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { AuditDoc, AuditSealDoc, Filter } from '../persistence/index.ts'
import { anonymisedIn } from './anonymised.ts'
import { auditChanges } from './auditChanges.ts'
import { auditRows } from './auditRows.ts'
import { auditScope } from './auditScope.ts'

/** What the parts of `details` are called; others keep their own name. */
const detailTitles: Record<string, string> = {
  email: 'Correo',
  user: 'Usuario',
  count: 'Cantidad',
  roles: 'Roles',
  minutes: 'Minutos',
  reason: 'Motivo',
  outcome: 'Respuesta',
  task: 'Tarea',
  states: 'Estado',
  message: 'Acción',
  file: 'Archivo (id)',
  name: 'Nombre',
  sha256: 'Huella SHA-256',
  to: 'Destinatario',
  subject: 'Asunto',
  text: 'Contenido',
  remember: 'Recordar sesión',
  version: 'Versión',
  report: 'Reporte',
  format: 'Formato',
  filters: 'Filtros',
  rows: 'Filas',
}
/** Columns of the row already. */
const shownElsewhere = new Set(['ip', 'userAgent', 'front'])

/** One row with its before and after. 404 when it does not exist or this actor may not see it. */
export async function auditDetail(ctx: Ctx, id: string): Promise<AuditDetailView> {
  const scope = await auditScope(ctx, 'read')
  const filter: Filter = Object.keys(scope).length > 0 ? { $and: [{ _id: id }, scope] } : { _id: id }
  const row = await ctx.db.audit.findOne(filter)
  const [view] = row ? await auditRows(ctx, [row]) : []
  if (!row || !view) throw new CauceError('thing.not-found')
  const isTakenAway = (await anonymisedIn(ctx, [row])).size > 0
  const seal = await sealOf(ctx, row)
  const details = await withNames(ctx, row.details)
  return {
    ...view,
    userAgent: row.userAgent,
    request: row.request,
    changes: (await auditChanges(ctx, [row])).get(id) ?? [],
    details: Object.entries(details)
      .filter(([name]) => !shownElsewhere.has(name) && (!isTakenAway || name === 'reason'))
      .map(([name, value]) => ({ title: detailTitles[name] ?? name, text: textOf(value) }))
      .filter(({ text }) => text !== ''),
    seal: seal ? { number: seal.number, at: seal.at.toISOString() } : null,
  }
}

/** The details, with the name of the account that `user` holds the id of. */
async function withNames(ctx: Ctx, details: JsonObject): Promise<JsonObject> {
  const { user: id } = details
  const user = typeof id === 'string' ? await ctx.db.users.get(id) : null
  return user ? { ...details, user: user.name } : details
}

/** Seals that a row committed late may have gone into, besides its own. */
const LATER_SEALS = 60

async function sealOf(ctx: Ctx, row: AuditDoc): Promise<AuditSealDoc | null> {
  const seals = await ctx.db.auditSeals.find(
    { to: { $gte: row.sequence } },
    { sort: { to: 1 }, limit: LATER_SEALS, fields: ['number', 'at', 'ids'] },
  )
  return seals.find((seal) => seal.ids.includes(row._id)) ?? null
}

function textOf(value: Json): string {
  if (value === null) return ''
  if (typeof value === 'boolean') return value ? 'Sí' : 'No'
  if (Array.isArray(value)) return value.map(textOf).join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

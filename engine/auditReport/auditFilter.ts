import type { FilterView } from '#engine/contract'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'
import { codeField, literal } from '../records/index.ts'
import { choicesOf } from './auditTitles.ts'
import { startOfDay } from './startOfDay.ts'

/** What somebody asks the audit for: names of `auditFilters`, all of them must hold. */
export interface AuditQuery {
  filters: Record<string, string[]>
  ranges: Record<string, { from?: string; to?: string }>
}

/** The filters of the report, for the page. */
export async function auditFilters(ctx: Ctx): Promise<FilterView[]> {
  const { actions, modules } = await choicesOf(ctx)
  return [
    { name: 'user', title: 'Usuario', kind: 'text' },
    { name: 'at', title: 'Fecha', kind: 'range', of: 'date' },
    { name: 'module', title: 'Módulo', kind: 'equals', options: modules },
    { name: 'action', title: 'Acción', kind: 'equals', options: actions },
    { name: 'record', title: 'Registro', kind: 'prefix' },
    { name: 'ip', title: 'IP', kind: 'prefix' },
  ]
}

/** Throws 400 for a filter that does not exist or a day that is none. */
export async function auditFilter(ctx: Ctx, query: AuditQuery): Promise<Filter[]> {
  const filters: Filter[] = []
  for (const [name, given] of Object.entries(query.filters)) {
    const values = given.map((value) => value.trim()).filter(Boolean)
    if (values.length > 0) filters.push(await filterOf(ctx, name, values))
  }
  for (const [name, { from, to }] of Object.entries(query.ranges)) {
    if (name !== 'at') throw new CauceError('request.invalid')
    const { timeZone } = ctx.config
    filters.push({
      at: {
        ...(from ? { $gte: startOfDay(from, timeZone) } : {}),
        ...(to ? { $lt: startOfDay(to, timeZone, 1) } : {}),
      },
    })
  }
  return filters
}

async function filterOf(ctx: Ctx, name: string, values: string[]): Promise<Filter> {
  const [first = ''] = values
  const keys = values.flatMap((value) => value.split(','))
  switch (name) {
    case 'user':
      return byPerson(ctx, first)
    case 'module':
    case 'action':
      return { [name]: keys.length === 1 ? keys[0] : { $in: keys } }
    case 'record':
      return byRecord(ctx, first)
    case 'ip':
      return byAddress(first)
    default:
      throw new CauceError('request.invalid')
  }
}

const startsWith = (text: string): { $regex: string } => ({ $regex: `^${literal(text)}` })
const MOST = 200

/** Whoever is called so, or has this address; an address nobody has is looked for among the refused sign-ins. */
async function byPerson(ctx: Ctx, text: string): Promise<Filter> {
  const words = text.split(/\s+/).map((word) => ({ name: { $regex: literal(word), $options: 'i' } }))
  const users = await ctx.db.users.find(
    { $or: [{ $and: words }, { email: { $regex: literal(text.toLowerCase()) } }] },
    { fields: ['email'], limit: MOST },
  )
  const isPerson: Filter = { actor: { $in: users.map((user) => user._id) } }
  if (!text.includes('@')) return isPerson
  return {
    $or: [
      isPerson,
      { action: { $in: ['session.refused', 'password.token-requested'] }, 'details.email': text.toLowerCase() },
    ],
  }
}

/** The record with this code (or one it had before), or this id; deleted ones too. Ids are of one record only. */
async function byRecord(ctx: Ctx, text: string): Promise<Filter> {
  const ids = [text]
  for (const { pack } of await packsOf(ctx).all(ctx)) {
    for (const [entity, definition] of Object.entries(pack.entities)) {
      const code = codeField(definition)
      if (!code) continue
      const path = `data.${code}`
      const records = await ctx.db
        .records(entity)
        .find(
          { $or: [{ [path]: startsWith(text) }, { [path]: startsWith(text.toUpperCase()) }, { aliases: text }] },
          { fields: ['label'], limit: MOST },
        )
      ids.push(...records.map((record) => record._id))
    }
  }
  return { record: ids.length === 1 ? text : { $in: ids } }
}

/** A whole address is looked up, the beginning of one is searched for. */
const byAddress = (text: string): Filter => ({ ip: /^(\d+\.){3}\d+$/.test(text) ? text : startsWith(text) })

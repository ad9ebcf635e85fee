import type { AuditRowView } from '#engine/contract'
import type { Ctx } from '../context.ts'
import type { AuditDoc } from '../persistence/index.ts'
import { labelsById } from '../records/index.ts'
import { anonymisedIn } from './anonymised.ts'
import { titlesOf } from './auditTitles.ts'

/** Rows as the report shows them: names of people and records as they are now, titles instead of keys. */
export async function auditRows(ctx: Ctx, rows: AuditDoc[]): Promise<AuditRowView[]> {
  const titles = await titlesOf(ctx)
  const labels = await recordLabels(ctx, rows)
  const people = await namesOf(ctx, rows)
  const takenAway = await anonymisedIn(ctx, rows)
  return rows.map((row) => {
    const label = row.record ? (labels.get(`${row.entity}:${row.record}`) ?? row.label ?? row.record) : null
    return {
      id: row._id,
      at: row.at.toISOString(),
      who: (row.actor ? people.get(row.actor) : null) ?? row.actorName ?? '',
      // The address somebody typed who could not sign in.
      email: typeof row.details.email === 'string' && !takenAway.has(row.record ?? '') ? row.details.email : null,
      onBehalf: row.onBehalf ? (people.get(row.onBehalf.id) ?? row.onBehalf.name) : null,
      front: row.front,
      ip: row.ip,
      action: row.action,
      actionTitle: titles.action(row.action),
      module: row.module,
      moduleTitle: titles.module(row.module),
      record: row.entity && row.record ? { entity: row.entity, id: row.record, label: label ?? '' } : null,
      changed: row.changes.length,
    }
  })
}

async function recordLabels(ctx: Ctx, rows: AuditDoc[]): Promise<Map<string, string>> {
  const wanted = new Map<string, Set<string>>()
  for (const { entity, record } of rows)
    if (entity && record) wanted.set(entity, (wanted.get(entity) ?? new Set<string>()).add(record))
  const labels = new Map<string, string>()
  for (const [entity, ids] of wanted)
    for (const [id, label] of await labelsById(ctx, entity, [...ids])) labels.set(`${entity}:${id}`, label)
  return labels
}

/** Names as the accounts have them now: somebody whose data was anonymised is not named by old rows either. */
async function namesOf(ctx: Ctx, rows: AuditDoc[]): Promise<Map<string, string>> {
  const ids = new Set(rows.flatMap((row) => [row.actor, row.onBehalf?.id]).filter((id) => typeof id === 'string'))
  const users = await ctx.db.users.find({ _id: { $in: [...ids] } }, { fields: ['name'] })
  return new Map(users.map((user) => [user._id, user.name]))
}

import type { RolesFile } from '#definitions'
import type { Actor, Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { isOpenTo } from './matrix.ts'
import { identityOf } from './permissions.ts'

export type SeparateRule = NonNullable<RolesFile['separate']>[number]

/**
 * The rule that keeps this person from an action, task or button on this record because he did the first of the two
 * things it separates (`separate` in roles.json); null when none does. Whoever acts for somebody counts as both.
 */
export async function separationOf(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  action: string,
): Promise<SeparateRule | null> {
  const people = peopleBehind(ctx.actor)
  if (people.length === 0) return null
  const { installed } = await entityOf(ctx, record.entity)
  for (const rule of installed.pack.roles.separate ?? []) {
    if (rule.then !== `${record.entity}.${action}`) continue
    const [, first = ''] = rule.first.split('.')
    if (await didIt(db, record, first, people)) return rule
  }
  return null
}

/** Throws 403 `access.denied` where a fixed rule keeps it for others, `access.separated` where he did the other step. */
export async function demandSeparate(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  action: string,
): Promise<void> {
  if (ctx.actor.front === null) return
  const { installed } = await entityOf(ctx, record.entity)
  if (!isOpenTo(installed.pack.roles, ctx.actor, record.entity, action)) throw new CauceError('access.denied')
  if (await separationOf(ctx, db, record, action)) throw new CauceError('access.separated')
}

/** The same as an answer: for buttons and lists. */
export async function maySeparately(
  ctx: Ctx,
  db: Db,
  record: { entity: string; id: string },
  action: string,
): Promise<boolean> {
  if (ctx.actor.front === null) return true
  const { installed } = await entityOf(ctx, record.entity)
  return (
    isOpenTo(installed.pack.roles, ctx.actor, record.entity, action) &&
    (await separationOf(ctx, db, record, action)) === null
  )
}

function peopleBehind(actor: Actor): string[] {
  return [...new Set([actor.id, identityOf(actor)])].filter((id) => id !== null)
}

/** `create` and `edit` are writes of the record; any other name is a task of its cases. */
async function didIt(
  db: Db,
  record: { entity: string; id: string },
  action: string,
  people: string[],
): Promise<boolean> {
  if (action === 'create') {
    const stored = await db.records(record.entity).get(record.id)
    return stored?.createdBy != null && people.includes(stored.createdBy)
  }
  if (action === 'edit') {
    const edits = { entity: record.entity, record: record.id, action: 'record.updated', actor: { $in: people } }
    return (await db.audit.count(edits, 1)) > 0
  }
  const done = { 'record.entity': record.entity, 'record.id': record.id, node: action, status: 'completed' }
  return (await db.tasks.count({ ...done, completedBy: { $in: people } }, 1)) > 0
}

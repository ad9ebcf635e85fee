import { compileRule, type RuleEnvironment } from '#forms'
import { granting, rowRules, ruleEnvironment } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf, type InstalledPack } from '../packs/index.ts'
import type { Filter } from '../persistence/index.ts'

/** The thing in the matrix. */
export const AUDIT = 'audit'
/** More records than this of one kind are not looked through for a row rule. */
const MAX_RECORDS = 20_000

/**
 * The rows of the audit this actor may do this with, as a filter. Throws 403 when none.
 *
 * A row rule of `audit` reads the row (`record.entity`, `record.module`, `record.action`, `record.actor`), or the record
 * that the row is about by the name of its entity (`record.<entity>.<field>`): then it stands for the rows about such
 * records and about the records that list themselves under them (`x-related`), as they are now.
 */
export async function auditScope(ctx: Ctx, action: string): Promise<Filter> {
  if (ctx.actor.front === null) return {}
  const filters: Filter[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    const { roles } = installed.pack
    const subjects = granting(roles, ctx.actor, AUDIT, action)
    if (subjects.length === 0) continue
    const rules = rowRules(roles, ctx.actor, AUDIT, subjects)
    if (rules === 'all') return {}
    for (const rule of rules) filters.push(await ruleFilter(ctx, installed, rule))
  }
  const [only] = filters
  if (!only) throw new CauceError('access.denied')
  return filters.length === 1 ? only : { $or: filters }
}

async function ruleFilter(ctx: Ctx, installed: InstalledPack, text: string): Promise<Filter> {
  const rule = compileRule(text)
  const environment = ruleEnvironment(ctx)
  const about = [...new Set(rule.paths.map((path) => path.split('.')[0] ?? ''))].filter((name) =>
    Object.hasOwn(installed.pack.entities, name),
  )
  const [entity] = about
  if (entity === undefined) return rule.toFilter(environment, { prefix: '' })
  if (about.length > 1 || rule.paths.some((path) => !path.startsWith(`${entity}.`)))
    throw new Error(`the row rule "${text}" of ${AUDIT} is about more than one kind of record`)
  return aboutRecords(ctx, installed, entity, await recordsWhere(ctx, entity, text, environment))
}

/** Ids of the records of an entity for which a rule about `record.<entity>.<field>` holds. */
async function recordsWhere(ctx: Ctx, entity: string, text: string, environment: RuleEnvironment): Promise<string[]> {
  const own = compileRule(text.replaceAll(new RegExp(`\\brecord\\.${entity}\\.`, 'g'), 'record.'))
  const records = await ctx.db
    .records(entity)
    .find(own.toFilter(environment), { fields: ['label'], limit: MAX_RECORDS })
  return records.map((record) => record._id)
}

/** Rows about these records and about those that list themselves under them. Ids are of one record only. */
async function aboutRecords(ctx: Ctx, installed: InstalledPack, entity: string, ids: string[]): Promise<Filter> {
  const all = [...ids]
  for (const relation of Object.values(installed.pack.entities[entity]?.['x-related'] ?? {})) {
    const related = await ctx.db
      .records(relation.entity)
      .find({ [`data.${relation.by}`]: { $in: ids } }, { fields: ['label'], limit: MAX_RECORDS })
    all.push(...related.map((record) => record._id))
  }
  return { record: { $in: all } }
}

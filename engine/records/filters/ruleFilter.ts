import { compileRule, type JsonObject } from '#forms'
import type { NamedFilter } from '#definitions'
import { candidateKeysOf, fieldRights, ruleEnvironment } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { settingsOf, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { typedInput } from './fieldFilter.ts'

/**
 * Records that meet the row rule of a filter, given what was asked for; what was not is null.
 * @throws 400 for a value that a parameter cannot have, or where the rule reads what this actor may not
 */
export async function ruleFilter(
  ctx: Ctx,
  entity: EntityInPack,
  { where = 'true', params = {} }: NamedFilter,
  given: Record<string, string>,
): Promise<Filter> {
  const rule = compileRule(where)
  const { read } = fieldRights(ctx, entity)
  if (!rule.paths.every((path) => path === 'id' || read.has(path.split('.')[0] ?? '')))
    throw new CauceError('request.invalid')
  const asked: JsonObject = {}
  for (const [name, schema] of Object.entries(params)) {
    const value = given[name]
    asked[name] = value === undefined ? null : typedInput(schema, value)
  }
  return rule.toFilter({
    ...ruleEnvironment(ctx),
    settings: await settingsOf(ctx, entity.installed),
    params: asked,
  })
}

/** Records with an open task for this actor, taken or to be taken. */
export async function ownTasksFilter(ctx: Ctx, entity: EntityInPack): Promise<Filter> {
  const keys = await candidateKeysOf(ctx)
  const tasks = await ctx.db.tasks.find(
    {
      status: 'open',
      'record.entity': entity.key,
      $or: [{ assignee: ctx.actor.id }, { assignee: null, candidates: { $in: keys } }],
    },
    { fields: ['record'] },
  )
  return { _id: { $in: tasks.map((task) => task.record?.id).filter(Boolean) } }
}

import { compileRule, type JsonObject, type RowRule, type RuleEnvironment } from '#forms'
import { can, ruleEnvironment } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, settingsOf } from '../../packs/index.ts'
import { referencePaths } from '../schema/referencePaths.ts'

/** For which field records are looked for, and what its form holds. */
export interface Choice {
  /** `<entity>.<field>`, or `<entity>.<list>.<column>`. */
  field: string
  /** The values that the field's rules read. */
  value: JsonObject
  /** Id of the record being edited; null for a new one. */
  record: string | null
}

export interface ChoiceRules {
  entity: string
  where: RowRule | null
  prefer: RowRule[]
  inactive: boolean
  environment: RuleEnvironment
}

/**
 * What `x-ref` of a field says of the records that may be chosen. 400 where there is no such reference, 404 for a form
 * that this actor does not have.
 */
export async function choiceRules(ctx: Ctx, { field, value, record }: Choice): Promise<ChoiceRules> {
  const [key = '', ...rest] = field.split('.')
  const entity = await entityOf(ctx, key)
  const rights = await Promise.all(['create', 'edit', 'read'].map((action) => can(ctx, key, action)))
  if (!rights.includes(true)) throw new CauceError('thing.not-found')
  const place = referencePaths(entity.definition).find(({ path }) => path === rest.join('.'))
  if (!place) throw new CauceError('request.invalid')
  const { entity: target, where, prefer, inactive } = place.reference
  return {
    entity: target,
    where: where === null ? null : compileRule(where),
    prefer: prefer.map((rule) => compileRule(rule)),
    inactive,
    environment: {
      ...ruleEnvironment(ctx),
      ...{ settings: await settingsOf(ctx, entity.installed), value, record: { id: record } },
    },
  }
}

import type { SuggestionsView, SuggestionView } from '#engine/contract'
import { can, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, propertyAt, type EntityInPack } from '../../packs/index.ts'
import { proposesValues } from '../filters/filterViews.ts'
import { isKnown, suggestionsOf } from './suggestionsOf.ts'
import { suggestionSources, suggestRule, type SuggestRule } from './suggestionSources.ts'

const MOST = 20

export interface SuggestValuesInput {
  entity: string
  /** A field, or `<list>.<column>`. */
  field: string
  /** What was typed so far. */
  q: string
  /** The record being edited: its own value is not "there already". */
  record: string | null
  /** For a filter of the list instead of a form: values of this very field. */
  isFilter?: boolean
}

/**
 * Values for a field with `x-suggest` that contain what was typed: of records this actor may read and of fields he may
 * see, in the order of the sources. 404 for a form or list that he does not have, 400 where nothing is suggested.
 */
export async function suggestValues(
  ctx: Ctx,
  { entity: key, field, q, record, isFilter = false }: SuggestValuesInput,
): Promise<SuggestionsView> {
  const entity = await entityOf(ctx, key)
  const actions = isFilter ? ['read'] : ['create', 'edit', 'read']
  const rights = await Promise.all(actions.map((action) => can(ctx, key, action)))
  if (!rights.includes(true)) throw new CauceError('thing.not-found')
  const rule = isFilter ? filterRule(entity, field) : suggestRule(propertyAt(entity.definition, field))
  if (!rule || !fieldRights(ctx, entity).read.has(field.split('.')[0] ?? '')) throw new CauceError('request.invalid')
  const sources = await suggestionSources(ctx, entity, field, rule)
  const lists = await Promise.all(sources.map((source) => suggestionsOf(ctx, source, q)))
  const items = new Map<string, SuggestionView>()
  for (const one of lists.flat()) if (!items.has(one.value)) items.set(one.value, one)
  const known = q.trim() === '' ? [] : await Promise.all(sources.map((source) => isKnown(ctx, source, q, record)))
  // Of what he may not read nothing is said, neither that a value is there nor that it is not.
  return {
    items: [...items.values()].slice(0, MOST),
    known: sources.length === 0 || q.trim() === '' ? null : known.includes(true),
  }
}

const filterRule = ({ definition }: EntityInPack, field: string): SuggestRule | null =>
  proposesValues(definition, field) ? {} : null

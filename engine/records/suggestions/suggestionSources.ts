import type { CatalogDefinition } from '#definitions'
import type { FormSchema } from '#forms'
import { fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'

/** Where values of a free text come from: a field of records, or the keys of a catalogue. */
export type SuggestionSource =
  { kind: 'field'; entity: EntityInPack; path: string; rows: Filter } | { kind: 'catalog'; catalog: CatalogDefinition }

export interface SuggestRule {
  /** Absent: the field itself. */
  from?: string[]
  /** What none of the sources has is asked about before it is saved. */
  others?: 'warn'
}

/** What `x-suggest` of a field says; null where it says nothing. */
export function suggestRule(property: FormSchema | undefined): SuggestRule | null {
  const rule = property?.['x-suggest'] as SuggestRule | true | undefined
  return rule === true ? {} : (rule ?? null)
}

/** The sources that this actor may read: of records only those of his rows, and only fields that are his to see. */
export async function suggestionSources(
  ctx: Ctx,
  entity: EntityInPack,
  path: string,
  { from = [`${entity.key}.${path}`] }: SuggestRule,
): Promise<SuggestionSource[]> {
  const sources = await Promise.all(
    from.map(async (source): Promise<SuggestionSource | null> => {
      const [, name] = /^catalog:(.*)$/.exec(source) ?? []
      const { catalogs } = entity.installed.pack
      if (name !== undefined)
        return Object.hasOwn(catalogs, name) ? { kind: 'catalog', catalog: catalogs[name]! } : null
      const [key = '', ...rest] = source.split('.')
      const other = key === entity.key ? entity : await entityOf(ctx, key)
      const rows = rowFilter(ctx, other, 'read')
      const isReadable = fieldRights(ctx, other).read.has(rest[0] ?? '')
      return rows && isReadable ? { kind: 'field', entity: other, path: rest.join('.'), rows } : null
    }),
  )
  return sources.filter((source) => source !== null)
}

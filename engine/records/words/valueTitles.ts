import type { FormSchema } from '#forms'
import type { EntityInPack } from '../../packs/index.ts'
import { catalogOf } from '../schema/annotations.ts'
import { catalogTitles } from './catalogTitles.ts'

/** value → title of what can stand in a field; null where its values speak for themselves. */
export function valueTitles(entity: EntityInPack, property: FormSchema | undefined): Map<string, string> | null {
  const schema = property?.items ?? property
  const catalog = catalogOf(schema)
  if (catalog) return catalogTitles(entity, catalog.catalog) ?? new Map()
  if (!schema?.oneOf) return null
  return new Map(schema.oneOf.map((option) => [String(option.const), option.title ?? String(option.const)]))
}

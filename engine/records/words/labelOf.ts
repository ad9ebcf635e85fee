import { plainDay, renderPattern, type Json, type JsonObject } from '#forms'
import type { EntityInPack } from '../../packs/index.ts'

/** How a record is called in lists and references, by `x-label`. */
export function labelOf(entity: EntityInPack, data: JsonObject, ref: Record<string, JsonObject | null>): string {
  const pattern = entity.definition['x-label']
  const first = Object.keys(entity.definition.properties)[0] ?? ''
  return renderPattern(pattern ?? `{${first}}`, { ...data, ref }, (path) => shownDay(entity, path, data[path])).trim()
}

/** A day as people in Peru write it (FM-D-125): a label is read, not computed with. Undefined for anything else. */
function shownDay(entity: EntityInPack, path: string, value: Json | undefined): string | undefined {
  return entity.definition.properties[path]?.format === 'date' && typeof value === 'string'
    ? plainDay(value)
    : undefined
}

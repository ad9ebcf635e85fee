import type { EntityView } from '#engine/contract'
import { annotationOf } from '../form/schema/annotationOf.ts'

/** The field that makes a kind of record a document: its first file field; null when it carries none. */
export function fileFieldOf(entity: EntityView): string | null {
  for (const [name, field] of Object.entries(entity.schema.properties ?? {}))
    if (annotationOf(field, 'x-file') || (field.type === 'array' && annotationOf(field.items ?? {}, 'x-file')))
      return name
  return null
}

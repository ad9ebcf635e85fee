import type { EntityView } from '#engine/contract'
import { annotationOf, isNeverDrawn } from '../../form/schema/annotationOf.ts'
import { titleOf } from '../../form/schema/schemaAt.ts'

/** Fields that fit into a column, by title: neither sub-lists nor files. */
export function offeredColumns(entity: EntityView): { name: string; title: string }[] {
  return Object.entries(entity.schema.properties ?? {})
    .filter(([, schema]) => !isNeverDrawn(schema))
    .filter(([, schema]) => {
      const item = schema.type === 'array' ? (schema.items ?? {}) : schema
      return item.type !== 'object' && !annotationOf(item, 'x-file')
    })
    .map(([name, schema]) => ({ name, title: titleOf(schema, name) }))
    .sort((a, b) => a.title.localeCompare(b.title, 'es'))
}

/** The same list with one entry moved to another place. */
export function moved(names: string[], from: number, to: number): string[] {
  if (from < 0 || to < 0 || to >= names.length) return names
  const next = names.filter((_, index) => index !== from)
  next.splice(to, 0, names[from]!)
  return next
}

import type { TFunction } from 'i18next'
import type { EntityView, RecordView } from '#engine/contract'
import { isNeverDrawn } from '../form/schema/annotationOf.ts'

/** The sections of a record that say something; fields of no section come last. */
export function sectionsOf(
  entity: EntityView,
  record: RecordView,
  t: TFunction,
): { title: string; fields: string[] }[] {
  const named = new Set(entity.sections.flatMap((section) => section.fields))
  const rest = Object.keys(entity.schema.properties ?? {}).filter((name) => !named.has(name))
  const hasValue = (name: string) => {
    const value = record.data[name]
    if (isNeverDrawn(entity.schema.properties?.[name])) return false
    return value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
  }
  return [
    ...entity.sections,
    ...(rest.length ? [{ title: t(named.size ? 'kit.form.otherFields' : 'kit.record.data'), fields: rest }] : []),
  ].filter((section) => section.fields.some(hasValue))
}

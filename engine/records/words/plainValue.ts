import { plainDay, type FormSchema, type Json } from '#forms'
import { plainMoment } from '../../exports/index.ts'
import { catalogOf, fileOf, referenceOf } from '../schema/annotations.ts'

/** What ids stand for. */
export interface Names {
  /** Records of an entity by id; files under ''. */
  records: (entity: string) => Map<string, string> | undefined
  /** Rows of a catalogue by key. */
  rows: (catalog: string) => Map<string, string> | undefined
}

/** A stored value as a person reads it: options by title, references by name, days as DD/MM/AAAA. '' for nothing. */
export function plainValue(schema: FormSchema | undefined, value: Json, names: Names, timeZone: string): string {
  if (value === null || value === '') return ''
  if (schema?.['x-personal'] === 'sensitive') return '•••'
  if (typeof value === 'boolean') return value ? 'Sí' : 'No'
  if (Array.isArray(value)) return value.map((item) => plainValue(schema?.items, item, names, timeZone)).join('; ')
  if (typeof value === 'object')
    return Object.entries(value)
      .map(([key, item]) => [
        schema?.properties?.[key]?.title ?? key,
        plainValue(schema?.properties?.[key], item, names, timeZone),
      ])
      .filter(([, text]) => text !== '')
      .map(([title, text]) => `${title}: ${text}`)
      .join(', ')
  if (typeof value === 'number') return String(value)
  const reference = referenceOf(schema)
  if (reference) return names.records(reference.entity)?.get(value) ?? value
  if (fileOf(schema)) return names.records('')?.get(value) ?? value
  const catalog = catalogOf(schema)
  if (catalog) return names.rows(catalog.catalog)?.get(value) ?? value
  const option = schema?.oneOf?.find((candidate) => candidate.const === value)
  if (option?.title) return option.title
  if (schema?.format === 'date') return plainDay(value)
  if (schema?.format === 'date-time' && !Number.isNaN(Date.parse(value))) return plainMoment(new Date(value), timeZone)
  return value
}

import type { FormSchema, Json, JsonObject } from '#forms'
import { annotationOf, isNeverDrawn } from '../form/schema/annotationOf.ts'
import { titleOf } from '../form/schema/schemaAt.ts'

/** A file that a record holds, and where. */
export interface HeldFile {
  id: string
  /** Titles from the field inwards, a row of a sub-list by its number: "Visitas 2 · Foto". */
  place: string
}

/** The files of a record and of its rows, in the order of its fields, each once. */
export function heldFiles(schema: FormSchema, data: JsonObject): HeldFile[] {
  const found = new Map<string, HeldFile>()
  for (const file of filesIn(schema, data, '')) if (!found.has(file.id)) found.set(file.id, file)
  return [...found.values()]
}

function filesIn(schema: FormSchema, data: JsonObject, prefix: string): HeldFile[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    if (isNeverDrawn(field)) return []
    return filesOf(field, data[name], [prefix, titleOf(field, name)].filter(Boolean).join(' · '))
  })
}

function filesOf(field: FormSchema, value: Json | undefined, place: string): HeldFile[] {
  if (annotationOf(field, 'x-file')) return typeof value === 'string' && value ? [{ id: value, place }] : []
  if (Array.isArray(value)) {
    const isTable = field.items?.properties !== undefined
    return value.flatMap((item, at) => filesOf(field.items ?? {}, item, isTable ? `${place} ${at + 1}` : place))
  }
  return value && typeof value === 'object' ? filesIn(field, value, place) : []
}

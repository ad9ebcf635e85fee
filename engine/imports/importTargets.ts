import type { FormSchema } from '#forms'
import { fieldRights } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityForm, settingsOf, type EntityInPack } from '../packs/index.ts'
import { fileOf } from '../records/index.ts'

/** Where a column of a sheet may go. */
export interface ImportTarget {
  /** `field`, or `list.column` of a sub-list. */
  name: string
  title: string
  schema: FormSchema
  required: boolean
  /** The sub-list and its column; null for a field of the record itself. */
  list: { field: string; column: string } | null
  /** It only finds the record: the value itself is never taken (a code). */
  onlyFinds: boolean
}

/** What tells which record a row is: the code, and the fields that together name one. */
export interface ImportKeys {
  code: string | null
  fields: string[]
}

/** The fields of an entity that this actor may fill from a sheet, in the order of the definition. */
export async function importTargets(ctx: Ctx, entity: EntityInPack): Promise<ImportTarget[]> {
  const { edit, read } = fieldRights(ctx, entity)
  const { definition } = entity
  const everything = new Set(Object.keys(definition.properties))
  const { schema } = entityForm(entity, everything, everything, await settingsOf(ctx, entity.installed))
  const keys = importKeys(entity)
  const excluded = new Set(definition['x-import']?.exclude)
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]): ImportTarget[] => {
    if (!read.has(name) || excluded.has(name)) return []
    const title = property.title ?? name
    const isTaken = edit.has(name) && isFillable(property)
    if (isTaken && property.items?.properties) return columnsOf(name, title, property.items)
    const isKey = keys.code === name || keys.fields.includes(name)
    if (!isTaken && !isKey) return []
    const required = isTaken && (definition.required ?? []).includes(name) && property.default === undefined
    return [{ name, title, schema: property, required, list: null, onlyFinds: !isTaken }]
  })
}

function columnsOf(field: string, listTitle: string, items: FormSchema): ImportTarget[] {
  return Object.entries(items.properties ?? {})
    .filter(([, property]) => isFillable(property) && !property.items?.properties)
    .map(([column, property]) => ({
      name: `${field}.${column}`,
      title: `${listTitle}: ${property.title ?? column}`,
      schema: property,
      required: false,
      list: { field, column },
      onlyFinds: false,
    }))
}

/** What a person could type: no file, nothing that is computed, numbered or set by a process. */
function isFillable(property: FormSchema): boolean {
  const isAutomatic = property['x-state'] ?? property['x-code'] ?? property['x-computed'] ?? property.readOnly
  return !isAutomatic && !fileOf(property) && !fileOf(property.items)
}

/** By `x-import`, else the first unique field; the code always finds its record. */
export function importKeys({ definition }: EntityInPack): ImportKeys {
  const properties = Object.entries(definition.properties)
  const code = properties.find(([, property]) => property['x-code'])?.[0] ?? null
  const unique = properties.find(([, property]) => property['x-unique'] === true)?.[0]
  return { code, fields: definition['x-import']?.key ?? (unique ? [unique] : []) }
}

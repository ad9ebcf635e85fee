import type { FilterView } from '#engine/contract'
import { fieldKind, isList, type EntityDefinition, type NamedFilter } from '#definitions'
import type { FormSchema } from '#forms'
import { searchedFields } from '../../packs/index.ts'
import { catalogOf, referenceOf } from '../schema/annotations.ts'

/** The filters of a list that somebody may use who reads these fields, as the page draws them. */
export function filterViews(
  key: string,
  definition: EntityDefinition,
  readable: (field: string) => boolean,
): FilterView[] {
  return (definition['x-list']?.filters ?? []).flatMap((filter) => {
    if (typeof filter !== 'string') return [namedFilterView(filter)]
    if (!readable(filter)) return []
    const property: FormSchema = definition.properties[filter] ?? {}
    const proposes = proposesValues(definition, filter) ? { of: key } : {}
    return [{ ...fieldFilterView(filter, property), ...proposes, empty: true }]
  })
}

/** A filter over one short text proposes the values that records have: an index finds them while somebody types. */
export function proposesValues(definition: EntityDefinition, name: string): boolean {
  const property = definition.properties[name]
  const filters = definition['x-list']?.filters ?? []
  if (!property || !filters.includes(name) || isList(property) || property['x-widget'] === 'textarea') return false
  const kind = fieldKind(property)
  return kind === 'text' || (kind === 'code' && searchedFields(definition).includes(name))
}

function namedFilterView({ name, title, where, tasks, params }: NamedFilter): FilterView {
  const view: FilterView = { name, title, kind: where || tasks ? 'rule' : 'text' }
  if (!params) return view
  return { ...view, params: Object.entries(params).map(([param, schema]) => fieldFilterView(param, schema)) }
}

function fieldFilterView(name: string, property: FormSchema): FilterView {
  const base = { name, title: property.title ?? name }
  const field = property.items ?? property
  switch (fieldKind(property)) {
    case 'reference':
      return { ...base, kind: 'reference', of: referenceOf(field)?.entity }
    case 'catalog': {
      const {
        catalog,
        parents: [parent],
      } = catalogOf(field) ?? { catalog: '', parents: [] }
      return { ...base, kind: 'catalog', of: catalog, ...(parent === undefined ? {} : { parent }) }
    }
    case 'code':
      return { ...base, kind: 'prefix' }
    case 'date':
    case 'moment':
      return { ...base, kind: 'range', of: 'date' }
    case 'integer':
    case 'decimal':
      return { ...base, kind: 'range', of: 'number' }
    case 'choice':
    case 'boolean':
      return { ...base, kind: 'equals', options: optionsOf(field) }
    default:
      return { ...base, kind: 'text' }
  }
}

function optionsOf(property: FormSchema): { value: string; title: string }[] {
  const { oneOf, enum: values } = property
  if (oneOf)
    return oneOf.map((option) => ({ value: String(option.const), title: option.title ?? String(option.const) }))
  if (values) return values.map((value) => ({ value: String(value), title: String(value) }))
  return [
    { value: 'true', title: 'Sí' },
    { value: 'false', title: 'No' },
  ]
}

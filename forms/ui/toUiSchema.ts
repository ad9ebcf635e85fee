import type { FormSchema, Json, JsonObject } from '../types.ts'
import { isObject } from '../schema/valueAt.ts'

/**
 * RJSF ui schema of a form, as data: which control each property gets and with what options. Control names are
 * ours; the kit registers them. Pure.
 */
export function toUiSchema(schema: FormSchema): JsonObject {
  return {
    'ui:order': fieldOrder(schema),
    ...Object.fromEntries(Object.entries(schema.properties ?? {}).map(([name, property]) => [name, uiOf(property)])),
  }
}

/** Fields in the order of the sections, the others after them. */
function fieldOrder(schema: FormSchema): Json[] {
  const sections = Array.isArray(schema['x-sections']) ? schema['x-sections'] : []
  const placed = sections.flatMap((section: unknown) => {
    const fields = isObject(section) && Array.isArray(section.fields) ? section.fields : []
    return fields.map((use) => (isObject(use) ? String(use.field) : String(use)))
  })
  const names = Object.keys(schema.properties ?? {})
  return [...new Set([...placed.filter((name) => names.includes(name)), ...names])]
}

function uiOf(schema: FormSchema): JsonObject {
  const ui: JsonObject = {}
  if (schema.title) ui['ui:title'] = schema.title
  if (schema.description) ui['ui:description'] = schema.description
  const [example] = Array.isArray(schema.examples) ? (schema.examples as unknown[]) : []
  if (typeof example === 'string' || typeof example === 'number') ui['ui:placeholder'] = String(example)
  if (schema.readOnly || schema['x-state'] || schema['x-code'] || schema['x-computed']) ui['ui:readonly'] = true
  const { widget, options } = controlOf(schema)
  if (widget) ui['ui:widget'] = widget
  if (Object.keys(options).length > 0) ui['ui:options'] = options
  if (schema.properties) Object.assign(ui, toUiSchema(schema))
  if (schema.items) ui.items = schema.items.properties ? toUiSchema(schema.items) : uiOf(schema.items)
  return ui
}

interface Control {
  widget: string | null
  options: JsonObject
}

function controlOf(schema: FormSchema): Control {
  const options: JsonObject = {}
  if (typeof schema['x-unit'] === 'string') options.unit = schema['x-unit']
  if (schema['x-computed']) options.formula = formulaOf(schema['x-computed'])
  const given = schema['x-widget']
  if (typeof given === 'string') return { widget: given, options }
  const found = annotated(schema) ?? standard(schema)
  const widget = schema['x-computed'] && found?.widget !== 'table' ? 'computed' : (found?.widget ?? null)
  return { widget, options: { ...options, ...found?.options } }
}

/** The control an annotation asks for, with the annotation written out. */
function annotated(schema: FormSchema): Control | null {
  const full = (word: string, key: string): JsonObject => {
    const value = schema[word] as Json
    return isObject(value) ? value : value === true ? {} : { [key]: value }
  }
  if (schema['x-ref']) return { widget: 'reference', options: full('x-ref', 'entity') }
  if (schema['x-catalog']) return { widget: 'catalog', options: full('x-catalog', 'catalog') }
  if (schema['x-file']) return { widget: 'file', options: full('x-file', 'types') }
  if (schema['x-money']) {
    return { widget: 'money', options: { ...full('x-decimal', 'scale'), ...full('x-money', 'currency') } }
  }
  if (schema['x-decimal']) return { widget: 'decimal', options: full('x-decimal', 'scale') }
  if (schema['x-qr']) return { widget: 'qr', options: {} }
  if (schema['x-suggest']) return { widget: 'suggest', options: full('x-suggest', 'from') }
  if (schema['x-table'] || schema.items?.properties) return { widget: 'table', options: full('x-table', 'main') }
  const items = schema.items
  return items ? listOf(items) : null
}

/** A list of references, catalogue rows or files is one control, not one per element. */
function listOf(items: FormSchema): Control | null {
  const one = annotated(items)
  return one && { widget: one.widget, options: { ...one.options, multiple: true } }
}

const LONG_TEXT = 200

function standard(schema: FormSchema): Control | null {
  const plain = (widget: string) => ({ widget, options: {} })
  if (schema.format === 'date') return plain('date')
  if (schema.format === 'date-time') return plain('date-time')
  if (schema.format === 'email') return plain('email')
  if (schema.enum || schema.oneOf) return plain('select')
  if (schema.type === 'boolean') return plain('checkbox')
  if (schema.type === 'string' && Number(schema.maxLength ?? 0) > LONG_TEXT) return plain('textarea')
  return null
}

function formulaOf(computed: unknown): Json {
  return isObject(computed) ? (computed.value ?? null) : (computed as Json)
}

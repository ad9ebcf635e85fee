import { compileExpression, type CompiledExpression } from '../expressions/compileExpression.ts'
import { ExpressionError } from '../expressions/ExpressionError.ts'
import { checkShape } from '../schema/checkShape.ts'
import { decimalRuleOf } from '../schema/decimals.ts'
import { FormModelError } from '../schema/FormModelError.ts'
import { isObject } from '../schema/valueAt.ts'
import { refusalOf, type AnnotationPlace } from '../schema/vocabulary.ts'
import type { FormSchema, IssueLevel, Json } from '../types.ts'
import { isTextRule } from './normalizeValue.ts'
import type { ComputedMoment, FormCheck, FormField, FormModel, RowModel } from './FormModel.ts'
import { expressionsOf } from './expressionsOf.ts'
import { orderFields } from './orderFields.ts'

const ROOTS = new Set(['value', 'form', 'record', 'ref', 'facts', 'settings', 'actor'])
const NAME = /^[\p{L}_][\p{L}\p{N}_]*$/u
const FORBIDDEN_NAMES = new Set(['__proto__', 'constructor', 'prototype'])
const models = new WeakMap<FormSchema, FormModel>()

/**
 * Reads the annotations of a schema: every expression is parsed, unknown words are refused, the order of
 * evaluation is found. The same schema object is read once.
 * @throws FormModelError with the JSON path of what is wrong
 */
export function compileForm(schema: FormSchema): FormModel {
  let model = models.get(schema)
  if (!model) {
    checkShape(schema)
    models.set(schema, (model = read(schema)))
  }
  return model
}

function read(schema: FormSchema): FormModel {
  refuseWords(schema, '', 'entity')
  const fields = readFields(schema, '', '', false)
  showBySections(schema, fields)
  const checks = readChecks(schema['x-check'], 'x-check', false)
  const expressions = [...fields.flatMap(expressionsOf), ...checks.map((check) => check.expression)]
  return {
    schema,
    fields,
    order: orderFields(fields),
    checks,
    refs: secondNames(expressions, 'ref'),
    facts: secondNames(expressions, 'facts'),
  }
}

/** Fields of an object schema; those of nested groups follow their group. `inRow`: paths are relative to the row. */
function readFields(schema: FormSchema, prefix: string, at: string, inRow: boolean): FormField[] {
  const required = new Set(Array.isArray(schema.required) ? schema.required : [])
  return Object.entries(schema.properties ?? {}).flatMap(([name, property]) => {
    const where = join(at, `properties.${name}`)
    if (!NAME.test(name) || FORBIDDEN_NAMES.has(name)) throw new FormModelError(where, `«${name}» no sirve de nombre`)
    const field = readField(property, name, join(prefix, name), where, required.has(name), inRow)
    return field.group ? [field, ...readFields(property, field.path, where, inRow)] : [field]
  })
}

function readField(
  schema: FormSchema,
  name: string,
  path: string,
  at: string,
  required: boolean,
  inRow: boolean,
): FormField {
  refuseWords(schema, at, 'property')
  if (isObject(schema.items)) refuseWords(schema.items, join(at, 'items'), 'property')
  schema.oneOf?.forEach((option, index) => refuseWords(option, join(at, `oneOf.${index}`), 'option'))
  const optional = (word: string) =>
    schema[word] === undefined ? null : readExpression(schema[word], join(at, word), inRow)
  refuseUnknownRules(schema['x-normalize'], join(at, 'x-normalize'))
  const visible = optional('x-visible-when')
  const computed = readComputed(schema['x-computed'], join(at, 'x-computed'), inRow)
  return {
    path,
    name,
    title: schema.title ?? name,
    schema,
    required,
    group: schema.properties !== undefined,
    rows: readRows(schema, at, inRow),
    visibleWhen: visible ? [visible] : [],
    requiredWhen: optional('x-required-when'),
    editableWhen: optional('x-editable-when'),
    computed,
    proposal: optional('x-default'),
    checks: readChecks(schema['x-check'], join(at, 'x-check'), inRow),
    decimal: decimalRuleOf(schema),
    locked: Boolean(schema.readOnly ?? schema['x-state'] ?? schema['x-code']),
    ...readFixed(schema['x-fixed'], join(at, 'x-fixed'), inRow),
  }
}

function readRows(schema: FormSchema, at: string, inRow: boolean): RowModel | null {
  const items = schema.items
  if (!isObject(items) || !(items as FormSchema).properties) return null
  if (inRow) throw new FormModelError(at, 'Una lista dentro de otra lista todavía no está construida')
  const fields = readFields(items, '', join(at, 'items'), true)
  const order = orderFields(fields, 'row')
  const sorted = order.map((path) => fields.find((field) => field.path === path)!)
  const table = isObject(schema['x-table']) ? schema['x-table'] : {}
  const known = new Set(fields.map((field) => field.path))
  const columns = [...(Array.isArray(table.uniqueBy) ? table.uniqueBy : []), ...(table.main ? [table.main] : [])]
  for (const column of columns) {
    if (!known.has(String(column)))
      throw new FormModelError(join(at, 'x-table'), `No existe la columna «${String(column)}»`)
  }
  return {
    fields: sorted,
    main: typeof table.main === 'string' ? table.main : null,
    uniqueBy: Array.isArray(table.uniqueBy) ? table.uniqueBy.map(String) : [],
    removeWhen:
      table.removeWhen === undefined ? null : readExpression(table.removeWhen, join(at, 'x-table.removeWhen'), true),
  }
}

function readFixed(
  given: unknown,
  at: string,
  inRow: boolean,
): Pick<FormField, 'fixed' | 'fixedWhen' | 'fixedFor' | 'changedBy'> {
  const fixed = { fixed: Boolean(given), fixedWhen: null, fixedFor: null, changedBy: null }
  if (given === undefined || given === true) return fixed
  if (!isObject(given)) throw new FormModelError(at, 'Debe ser true, {unless, message, unlock} o {by, message, when}')
  const { by, message, when, unless } = given
  return {
    ...fixed,
    fixedWhen: when === undefined ? null : readExpression(when, join(at, 'when'), inRow, ['ref', 'facts']),
    fixedFor: unless === undefined ? null : readExpression(unless, join(at, 'unless'), inRow),
    changedBy: typeof by === 'string' ? { process: by, message: String(message) } : null,
  }
}

function readExpression(
  text: unknown,
  at: string,
  inRow: boolean,
  forbidden: readonly string[] = [],
): CompiledExpression {
  let compiled: CompiledExpression
  try {
    compiled = compileExpression(text as string)
  } catch (error) {
    if (error instanceof ExpressionError) throw new FormModelError(at, error.message)
    throw error
  }
  for (const name of compiled.names) {
    const known = (ROOTS.has(name) || (inRow && name === 'row')) && !forbidden.includes(name)
    if (!known) throw new FormModelError(at, `No existe «${name}» — en «${compiled.text}»`)
  }
  return compiled
}

function readComputed(given: unknown, at: string, inRow: boolean): FormField['computed'] {
  if (given === undefined) return null
  const object = isObject(given) ? given : { value: given as Json }
  const on = object.on === undefined ? ['always'] : Array.isArray(object.on) ? object.on : [object.on]
  const moments = on.map((moment) => readMoment(String(moment), at))
  if (inRow && moments.some((moment) => moment.on !== 'always' && moment.on !== 'read')) {
    throw new FormModelError(
      at,
      'Dentro de una lista solo se calcula siempre; un valor congelado todavía no está construido',
    )
  }
  // Who looks at a value must not change it.
  const expression = readExpression(object.value, at, inRow, ['actor'])
  if (moments.some((moment) => moment.on === 'always') && expression.functions.includes('now')) {
    throw new FormModelError(
      at,
      'now() en un valor que se guarda siempre no se detendría nunca: diga cuándo se calcula («on»)',
    )
  }
  return { expression, moments }
}

function readMoment(text: string, at: string): ComputedMoment {
  if (text === 'always' || text === 'create' || text === 'read') return { on: text }
  const [on, subject] = splitOnce(text)
  if (on === 'change' && subject) return { on, field: subject }
  if (on === 'enter' && subject) return { on, state: subject }
  throw new FormModelError(at, `«${text}» no es un momento: always, create, change:<campo>, enter:<estado> o read`)
}

function splitOnce(text: string): [string, string] {
  const colon = text.indexOf(':')
  return colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)]
}

const LEVELS = new Set(['error', 'warn', 'info'])

function readChecks(given: unknown, at: string, inRow: boolean): FormCheck[] {
  if (given === undefined) return []
  if (!Array.isArray(given)) throw new FormModelError(at, 'Debe ser una lista de {check, message}')
  return given.map((item: unknown, index) => {
    const where = join(at, String(index))
    if (!isObject(item) || typeof item.message !== 'string') throw new FormModelError(where, 'Falta «message»')
    const level = item.level ?? 'error'
    if (!LEVELS.has(String(level)))
      throw new FormModelError(where, `«${String(level)}» no es un nivel: error, warn o info`)
    const expression = readExpression(item.check, where, inRow)
    const inputs =
      expression.nullTested.length > 0 ? [] : expression.paths.filter((path) => /^(value|form|row)\./.test(path))
    return { expression, message: item.message, level: level as IssueLevel, inputs }
  })
}

/** A field of a hidden section is hidden. */
function showBySections(schema: FormSchema, fields: FormField[]): void {
  const sections = schema['x-sections']
  if (!Array.isArray(sections)) return
  sections.forEach((section: unknown, index) => {
    if (!isObject(section) || section['x-visible-when'] === undefined) return
    const at = `x-sections.${index}.x-visible-when`
    const condition = readExpression(section['x-visible-when'], at, false)
    const names = new Set(
      (Array.isArray(section.fields) ? section.fields : []).map((use) => (isObject(use) ? use.field : use)),
    )
    for (const field of fields) if (names.has(field.path)) field.visibleWhen.push(condition)
  })
}

function secondNames(expressions: CompiledExpression[], root: string): string[] {
  const names = expressions.flatMap(({ paths }) => paths.map((path) => path.split('.')))
  return [...new Set(names.filter(([first, second]) => first === root && second).map(([, second]) => second!))]
}

function refuseWords(schema: object, at: string, place: AnnotationPlace): void {
  for (const key of Object.keys(schema)) {
    const refusal = key.startsWith('x-') ? refusalOf(key, place) : null
    if (refusal) throw new FormModelError(join(at, key), refusal)
  }
}

function refuseUnknownRules(rules: unknown, at: string): void {
  if (rules === undefined) return
  if (!Array.isArray(rules)) throw new FormModelError(at, 'Debe ser una lista')
  for (const rule of rules) {
    if (!isTextRule(String(rule)))
      throw new FormModelError(at, `«${String(rule)}» no existe: trim, upper, lower o digits`)
  }
}

function join(path: string, key: string): string {
  return path ? `${path}.${key}` : key
}

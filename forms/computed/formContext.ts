import type { CompiledExpression } from '../expressions/compileExpression.ts'
import { typedValue } from '../schema/typedValue.ts'
import { isEmpty } from '../schema/valueAt.ts'
import type { FormEnvironment, Json, JsonObject } from '../types.ts'
import type { FormModel } from './FormModel.ts'
import type { SettledForm } from './SettledForm.ts'

/** Names below which an absent entry is null: the names themselves were checked with the definition. */
const LENIENT = ['value', 'form', 'row', 'record', 'ref', 'facts', 'settings', 'actor'] as const

/** Evaluates an expression, with the row it is about when it stands in a sub-list; throws ExpressionError. */
export type SettledEvaluator = (expression: CompiledExpression, row?: unknown) => Json

/** For expressions of a form in which nothing changes any more (checks): the names are laid out once. */
export function evaluatorOf(model: FormModel, settled: SettledForm, env: FormEnvironment): SettledEvaluator {
  let laidOut: Record<string, unknown> | null = null
  return (expression, row) => {
    const context = (laidOut ??= contextOf(model, settled.value, env))
    return evaluateIn(expression, row === undefined ? context : { ...context, row }, env)
  }
}

export function evaluateIn(
  expression: CompiledExpression,
  context: Record<string, unknown>,
  env: FormEnvironment,
): Json {
  const { functions, now, timeZone } = env
  return expression.evaluate(context, { functions, now, timeZone, absent: LENIENT })
}

/** The names in reach of a form's expressions, typed by its schema. */
export function contextOf(model: FormModel, value: JsonObject, env: FormEnvironment): Record<string, unknown> {
  const schema = { ...model.schema, properties: model.schema.properties ?? {} }
  // Fields of the record that this form does not show are read as they are saved.
  const typed = typedValue(schema, { ...env.record, ...without(schema.properties, env.record, value) }) as Record<
    string,
    unknown
  >
  const ref: Record<string, unknown> = { ...env.ref }
  for (const name of Object.keys(ref)) ref[name] = refOf(name, typed[name], model, env)
  return {
    value: typed,
    form: typed,
    record: typedRecord(model, env.record),
    ref,
    facts: env.facts,
    settings: env.settings,
    actor: env.actor,
  }
}

const typedRecords = new WeakMap<JsonObject, { model: FormModel; typed: unknown }>()

/** The saved record, typed once for as long as the form is open: it is looked at again at every key press. */
export function typedRecord(model: FormModel, record: JsonObject | null): unknown {
  const schema = { ...model.schema, properties: model.schema.properties ?? {} }
  if (record === null) return typedValue(schema, {})
  let known = typedRecords.get(record)
  if (known?.model !== model) typedRecords.set(record, (known = { model, typed: typedValue(schema, record) }))
  return known.typed
}

/** The value given, with nothing of the saved record shining through for the properties of the form. */
function without(properties: object, record: JsonObject | null, value: JsonObject): Record<string, Json> {
  const blank: Record<string, Json> = {}
  for (const name of Object.keys(record ?? {})) if (Object.hasOwn(properties, name)) blank[name] = null
  return { ...blank, ...value }
}

/** The row behind a reference; null when the field is empty or points elsewhere by now. */
export function refOf(name: string, value: unknown, model: FormModel, env: FormEnvironment): JsonObject | null {
  const row = Object.hasOwn(env.ref, name) ? env.ref[name] : null
  if (!row) return null
  const property = model.schema.properties?.[name]
  if (!property) return row
  if (isEmpty(value)) return null
  return property['x-ref'] !== undefined && typeof row.id === 'string' && row.id !== value ? null : row
}

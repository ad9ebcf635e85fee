import { typedValue } from '../schema/typedValue.ts'
import { isEmpty, valueAt } from '../schema/valueAt.ts'
import type { FormEnvironment, JsonObject } from '../types.ts'
import { evaluateIn } from './formContext.ts'
import type { FormField, FormModel } from './FormModel.ts'

/** A record as saved is looked at again at every key press. */
const typedRecords = new WeakMap<JsonObject, unknown>()

/** Is a field closed in the record as saved (`x-fixed`)? It is once it has a value, and while what `when` says holds. */
export function isFixed(field: FormField, model: FormModel, env: FormEnvironment): boolean {
  const { record, settings, actor } = env
  if (!field.fixed || record === null || isEmpty(valueAt(record, field.path))) return false
  if (field.fixedWhen === null) return true
  if (!typedRecords.has(record)) typedRecords.set(record, typedValue(model.schema, record))
  const saved = typedRecords.get(record)
  return evaluateIn(field.fixedWhen, { value: saved, form: saved, record: saved, ref: {}, facts: {}, settings, actor }, env) === true // prettier-ignore
}

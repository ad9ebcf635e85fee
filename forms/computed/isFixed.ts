import { isEmpty, valueAt } from '../schema/valueAt.ts'
import type { FormEnvironment } from '../types.ts'
import { evaluateIn, typedRecord } from './formContext.ts'
import type { FormField, FormModel } from './FormModel.ts'

/** Is a field closed in the record as saved (`x-fixed`)? It is once it has a value, and while what `when` says holds. */
export function isFixed(field: FormField, model: FormModel, env: FormEnvironment): boolean {
  const { record, settings, actor } = env
  if (!field.fixed || record === null || isEmpty(valueAt(record, field.path))) return false
  if (field.fixedWhen === null) return true
  const saved = typedRecord(model, record)
  const context = { value: saved, form: saved, record: saved, ref: {}, facts: {}, settings, actor }
  return evaluateIn(field.fixedWhen, context, env) === true
}

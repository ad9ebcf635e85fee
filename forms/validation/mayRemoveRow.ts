import type { FormField } from '../computed/FormModel.ts'
import { typedValue } from '../schema/typedValue.ts'
import type { FormEnvironment, JsonObject } from '../types.ts'

const NAMES = ['row', 'value', 'record', 'ref', 'facts', 'settings', 'actor']

/**
 * May a saved row of a sub-list be taken away (`x-table.removeWhen`, FEEL over the saved `row`)? A rule that fails lets
 * nothing go. `value`: the form as it stands; `env.record`: as it was saved.
 */
export function mayRemoveRow(list: FormField, row: JsonObject, value: JsonObject, env: FormEnvironment): boolean {
  const { removeWhen } = list.rows ?? {}
  if (!removeWhen) return true
  const { record, ref, facts, settings, actor, functions, now, timeZone } = env
  const typed = typedValue(list.schema.items ?? {}, row)
  const context = { row: typed, value, record: record ?? {}, ref, facts, settings, actor }
  try {
    return removeWhen.evaluate(context, { functions, now, timeZone, absent: NAMES }) === true
  } catch {
    return false
  }
}

/** What tells a row from the others: its `uniqueBy` columns. */
export const rowName = (list: FormField, row: JsonObject): string =>
  (list.rows?.uniqueBy ?? []).map((column) => String(row[column] ?? '')).join(' · ')

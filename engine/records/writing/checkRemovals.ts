import { typedValue, type FormEnvironment, type FormModel, type Issue, type Json, type JsonObject } from '#forms'

const NAMES = ['row', 'value', 'record', 'ref', 'facts', 'settings', 'actor']

/**
 * Rows of sub-lists that were taken away although they may not be (`x-table.removeWhen`, FEEL over the saved `row`): an
 * issue at the list, naming the row. A row is the one with the same `uniqueBy` columns.
 */
export function checkRemovals(
  model: FormModel,
  before: JsonObject | null,
  data: JsonObject,
  environment: FormEnvironment,
): Issue[] {
  const issues: Issue[] = []
  for (const { path, title, schema, rows } of model.fields) {
    const removeWhen = rows?.removeWhen
    if (!rows || !removeWhen || before === null) continue
    const kept = new Set(rowsOf(data[path]).map((row) => nameOf(row, rows.uniqueBy)))
    const { ref, facts, settings, actor, functions, now, timeZone } = environment
    for (const row of rowsOf(before[path])) {
      if (kept.has(nameOf(row, rows.uniqueBy))) continue
      const context = {
        row: typedValue(schema.items ?? {}, row),
        value: data,
        record: before,
        ref,
        facts,
        settings,
        actor,
      }
      if (removeWhen.evaluate(context, { functions, now, timeZone, absent: NAMES }) === true) continue
      const name = nameOf(row, rows.uniqueBy)
      const message = `${title}: «${name}» no se puede quitar. Puede marcarlo como inactivo.`
      issues.push({ path, rule: 'removeWhen', params: {}, message, level: 'error' })
    }
  }
  return issues
}

const rowsOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((row): row is JsonObject => typeof row === 'object' && row !== null && !Array.isArray(row))
    : []

const nameOf = (row: JsonObject, columns: string[]): string =>
  columns.map((column) => String(row[column] ?? '')).join(' · ')

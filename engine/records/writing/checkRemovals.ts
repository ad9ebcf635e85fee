import {
  mayRemoveRow,
  rowName,
  type FormEnvironment,
  type FormModel,
  type Issue,
  type Json,
  type JsonObject,
} from '#forms'

/**
 * Rows of sub-lists that were taken away although they may not be (`x-table.removeWhen`): an issue at the list, naming
 * the row. A row is the one with the same `uniqueBy` columns.
 */
export function checkRemovals(
  model: FormModel,
  before: JsonObject | null,
  data: JsonObject,
  environment: FormEnvironment,
): Issue[] {
  if (before === null) return []
  return model.fields
    .filter((list) => list.rows?.removeWhen)
    .flatMap((list) => {
      const { path, title } = list
      const kept = new Set(rowsOf(data[path]).map((row) => rowName(list, row)))
      return rowsOf(before[path])
        .filter((row) => !kept.has(rowName(list, row)))
        .filter((row) => !mayRemoveRow(list, row, data, { ...environment, record: before }))
        .map((row): Issue => {
          const message = `${title}: «${rowName(list, row)}» no se puede quitar. Puede marcarlo como inactivo.`
          return { path, rule: 'removeWhen', params: {}, message, level: 'error' }
        })
    })
}

const rowsOf = (value: Json | undefined): JsonObject[] =>
  Array.isArray(value)
    ? value.filter((row): row is JsonObject => typeof row === 'object' && row !== null && !Array.isArray(row))
    : []

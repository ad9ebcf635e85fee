import type { FormField } from '../computed/FormModel.ts'
import { foldText } from '../schema/foldText.ts'
import { lowerFirst } from '../schema/lowerFirst.ts'
import { isEmpty, isObject, valueAt } from '../schema/valueAt.ts'
import type { Issue, Json } from '../types.ts'

/** The rules of a sub-list as a whole: rows that repeat, more than one main row. */
export function checkTable(list: FormField, rows: Json[]): Issue[] {
  return [...repeated(list, rows), ...mains(list, rows)]
}

function repeated(list: FormField, rows: Json[]): Issue[] {
  const { uniqueBy, fields } = list.rows!
  if (uniqueBy.length === 0) return []
  const seen = new Set<string>()
  const titles = uniqueBy.map((column) => lowerFirst(fields.find((field) => field.path === column)?.title ?? column))
  return rows.flatMap((row, index): Issue[] => {
    const values = uniqueBy.map((column) => (isObject(row) ? valueAt(row, column) : undefined))
    // Empty is never equal.
    if (values.some(isEmpty)) return []
    const key = JSON.stringify(values.map((value) => (typeof value === 'string' ? foldText(value.trim()) : value)))
    if (!seen.has(key)) {
      seen.add(key)
      return []
    }
    const message = `Ya hay otra fila con el mismo dato: ${titles.join(', ')}`
    return [
      {
        path: `${list.path}.${index}.${uniqueBy[0]}`,
        rule: 'unique',
        params: { fields: uniqueBy },
        message,
        level: 'error',
      },
    ]
  })
}

function mains(list: FormField, rows: Json[]): Issue[] {
  const { main, fields } = list.rows!
  if (!main) return []
  const marked = rows.flatMap((row, index) => (isObject(row) && row[main] === true ? [index] : []))
  if (marked.length < 2) return []
  const title = lowerFirst(fields.find((field) => field.path === main)?.title ?? main)
  return [
    {
      path: `${list.path}.${marked[1]}.${main}`,
      rule: 'main',
      params: {},
      message: `Solo una fila puede ser ${title}`,
      level: 'error',
    },
  ]
}

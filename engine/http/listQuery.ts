import type { JsonObject } from '#forms'
import { CauceError } from '../errors.ts'
import { statusOf, type Choice, type RecordQuery } from '../records/index.ts'
import { filtersOf } from './filtersOf.ts'
import type { Call } from './Handler.ts'

/** `ids=a,b`: the records somebody marked. `columns=a,b`: the columns he looks at. */
export function chosenOf({ query }: Call): { ids?: string[]; columns?: string[] } {
  const listOf = (text: string): string[] => text.split(',').filter(Boolean)
  const [ids, columns] = [query('ids'), query('columns')]
  return { ...(ids === undefined ? {} : { ids: listOf(ids) }), ...(columns ? { columns: listOf(columns) } : {}) }
}

/** What a list is narrowed to, and its order. */
export function queryOf(call: Call): RecordQuery {
  const [q, sort] = [call.query('q'), call.query('sort')]
  const status = statusOf(call.query('status'))
  return { ...(q === undefined ? {} : { q }), ...(sort === undefined ? {} : { sort }), ...filtersOf(call), status }
}

/** `for=<entity>.<field>&with={"a":…}&record=<id>`: the records that a field offers, in a form that holds these values. */
export function choiceOf({ query }: Call): Choice | null {
  const field = query('for')
  return field === undefined ? null : { field, value: objectOf(query('with') ?? '{}'), record: query('record') ?? null }
}

function objectOf(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  } catch {
    // told below
  }
  throw new CauceError('request.invalid')
}

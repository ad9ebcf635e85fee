/** What a list shows, as the address holds it and as the API reads it (the same text for both). */
export interface ListQuery {
  q: string
  /**
   * filter → values; several: any of them. Also what a filter asks beside: `<filter>.empty`, `<filter>.<param>`.
   */
  filters: Record<string, string[]>
  /** field → bounds, both inclusive. */
  ranges: Record<string, { from?: string; to?: string }>
  /** Field, with `-` in front for descending; '' is the list's own order. */
  sort: string
  /** From 1. */
  page: number
  size: number
  /** Which records by their life: '' is the active ones. */
  status: string
  /** Id of the saved view this began with; `noView`: none, although a default one exists. '' : not chosen yet. */
  view: string
  /** Chosen columns in their order; null: those of the view or of the definition. */
  columns: string[] | null
}

/** What a filter holds. */
export type FilterValue =
  | string[]
  | { from?: string; to?: string }
  /** Has it no value at all, or any? */
  | { empty: boolean }
  /** What a rule was given: parameter → value. */
  | { params: Record<string, string> }

/** What a list may be asked for by the life of its records; the first is meant where nothing is said. */
export const recordStatuses = ['active', 'inactive', 'incomplete', 'deleted', 'all'] as const

/** In the address instead of a view: the whole list was asked for. */
export const noView = 'todos'

const emptyQuery: ListQuery = {
  q: '',
  filters: {},
  ranges: {},
  sort: '',
  page: 1,
  size: 25,
  status: '',
  view: '',
  columns: null,
}
/** A query that says only this. */
export const listQuery = (said: Partial<ListQuery>): ListQuery => ({ ...emptyQuery, ...said })

export const pageSize = emptyQuery.size
const bound = /^filter\.(.+)\.(from|to)$/
const plain = /^filter\.(.+)$/

const whole = (text: string | null, fallback: number, most: number) => {
  const number = Number(text)
  return Number.isInteger(number) && number > 0 && number <= most ? number : fallback
}

/** Reads an address; what makes no sense becomes the default, so that an old link still opens a list. */
export function parseListQuery(search: URLSearchParams): ListQuery {
  const filters: ListQuery['filters'] = {}
  const ranges: ListQuery['ranges'] = {}
  for (const [key, value] of search) {
    if (!value) continue
    const range = bound.exec(key)
    if (range) ranges[range[1]!] = { ...ranges[range[1]!], [range[2] as 'from' | 'to']: value }
    else {
      const field = plain.exec(key)
      if (field) filters[field[1]!] = [...new Set([...(filters[field[1]!] ?? []), value])]
    }
  }
  return {
    q: search.get('q') ?? '',
    filters,
    ranges,
    sort: search.get('sort') ?? '',
    page: whole(search.get('page'), 1, 1_000_000),
    size: whole(search.get('size'), pageSize, 200),
    status: recordStatuses.slice(1).find((status) => status === search.get('status')) ?? '',
    view: search.get('vista') ?? '',
    columns: search.get('columnas')?.split(',').filter(Boolean) ?? null,
  }
}

/** What the server is asked: the shortest text that says the same, keys in a fixed order. */
export function toListSearch(query: ListQuery, options: { full?: boolean } = {}): URLSearchParams {
  const search = new URLSearchParams()
  if (query.q) search.set('q', query.q)
  for (const field of Object.keys(query.filters).sort())
    for (const value of query.filters[field] ?? []) if (value) search.append(`filter.${field}`, value)
  for (const field of Object.keys(query.ranges).sort())
    for (const side of ['from', 'to'] as const) {
      const value = query.ranges[field]?.[side]
      if (value) search.set(`filter.${field}.${side}`, value)
    }
  if (query.status) search.set('status', query.status)
  if (query.sort) search.set('sort', query.sort)
  if (query.page > 1 || options.full) search.set('page', String(query.page))
  if (query.size !== pageSize || options.full) search.set('size', String(query.size))
  return search
}

/** What the address holds: the query, and how the page shows it. */
export function toAddress(query: ListQuery): URLSearchParams {
  const search = toListSearch(query)
  if (query.columns) search.set('columnas', query.columns.join(','))
  if (query.view) search.set('vista', query.view)
  return search
}

/** What a saved view keeps of a query: neither the page nor the columns. */
export const toViewSearch = (query: ListQuery): string => toListSearch({ ...query, page: 1, size: pageSize }).toString()

/** Names of the filters in use. */
export const activeFilters = (query: ListQuery): string[] => [
  ...new Set([...Object.keys(query.filters), ...Object.keys(query.ranges)].map((key) => key.split('.')[0]!)),
]

/** What a filter holds in this query; null: nothing. */
export function filterValue(query: ListQuery, name: string): FilterValue | null {
  const { [`${name}.empty`]: empty } = query.filters
  if (empty) return { empty: empty[0] === 'true' }
  const params = Object.entries(query.filters).flatMap(([key, values]) =>
    key.startsWith(`${name}.`) && values[0] ? [[key.slice(name.length + 1), values[0]] as const] : [],
  )
  if (params.length) return { params: Object.fromEntries(params) }
  return query.filters[name] ?? query.ranges[name] ?? null
}

/** Is the list narrowed to less than all of it? */
export const isNarrowed = (query: ListQuery): boolean =>
  query.q !== '' || query.status !== '' || activeFilters(query).length > 0

/** The same list, whole. */
export const withoutFilters = (query: ListQuery): ListQuery => ({
  ...query,
  filters: {},
  ranges: {},
  status: '',
  page: 1,
})

/** Another filter starts again at the first page. */
export function withFilter(query: ListQuery, name: string, value: FilterValue | null): ListQuery {
  const filters = Object.fromEntries(
    Object.entries(query.filters).filter(([key]) => key !== name && !key.startsWith(`${name}.`)),
  )
  const { [name]: _range, ...ranges } = query.ranges
  if (Array.isArray(value)) {
    if (value.length) filters[name] = value
  } else if (value && 'empty' in value) filters[`${name}.empty`] = [String(value.empty)]
  else if (value && 'params' in value) {
    for (const [param, given] of Object.entries(value.params)) if (given) filters[`${name}.${param}`] = [given]
  } else if (value && (value.from || value.to)) ranges[name] = value
  return { ...query, filters, ranges, page: 1 }
}

/** A click in a column's header: ascending, descending, the list's own order. */
export function nextSort(sort: string, field: string): string {
  if (sort === field) return `-${field}`
  return sort === `-${field}` ? '' : field
}

/** What a list shows, as the address holds it and as the API reads it (the same text for both). */
export interface ListQuery {
  q: string
  /** field → value; */
  filters: Record<string, string>
  /** field → bounds, both inclusive. */
  ranges: Record<string, { from?: string; to?: string }>
  /** Field, with `-` in front for descending; '' is the list's own order. */
  sort: string
  /** From 1. */
  page: number
  size: number
}

export const pageSize = 25
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
      if (field) filters[field[1]!] = value
    }
  }
  return {
    q: search.get('q') ?? '',
    filters,
    ranges,
    sort: search.get('sort') ?? '',
    page: whole(search.get('page'), 1, 1_000_000),
    size: whole(search.get('size'), pageSize, 200),
  }
}

/** The shortest text that says the same: defaults are left out, keys stand in a fixed order. */
export function toListSearch(query: ListQuery, options: { full?: boolean } = {}): URLSearchParams {
  const search = new URLSearchParams()
  if (query.q) search.set('q', query.q)
  for (const field of Object.keys(query.filters).sort())
    if (query.filters[field]) search.set(`filter.${field}`, query.filters[field])
  for (const field of Object.keys(query.ranges).sort())
    for (const side of ['from', 'to'] as const) {
      const value = query.ranges[field]?.[side]
      if (value) search.set(`filter.${field}.${side}`, value)
    }
  if (query.sort) search.set('sort', query.sort)
  if (query.page > 1 || options.full) search.set('page', String(query.page))
  if (query.size !== pageSize || options.full) search.set('size', String(query.size))
  return search
}

export const activeFilters = (query: ListQuery): string[] => [
  ...new Set([...Object.keys(query.filters), ...Object.keys(query.ranges)]),
]

/** Another filter starts again at the first page. */
export function withFilter(
  query: ListQuery,
  field: string,
  value: string | { from?: string; to?: string } | null,
): ListQuery {
  const { [field]: _value, ...filters } = query.filters
  const { [field]: _range, ...ranges } = query.ranges
  if (typeof value === 'string') filters[field] = value
  else if (value && (value.from || value.to)) ranges[field] = value
  return { ...query, filters, ranges, page: 1 }
}

/** A click in a column's header: ascending, descending, the list's own order. */
export function nextSort(sort: string, field: string): string {
  if (sort === field) return `-${field}`
  return sort === `-${field}` ? '' : field
}

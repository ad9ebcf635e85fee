import type { Call } from './Handler.ts'

/** `filter.<field>=a&filter.<field>=b`, `filter.<field>.from=`, `filter.<field>.to=`, `filter.<field>.<word>=`. */
export function filtersOf({ req }: Call): {
  filters: Record<string, string[]>
  ranges: Record<string, { from?: string; to?: string }>
} {
  // Without a prototype, so that a filter of any name is one, and refused when there is none such.
  const filters = Object.create(null) as Record<string, string[]>
  const ranges = Object.create(null) as Record<string, { from?: string; to?: string }>
  for (const [key, given] of Object.entries(req.query)) {
    if (!key.startsWith('filter.')) continue
    const values = (Array.isArray(given) ? given : [given]).filter(
      (value): value is string => typeof value === 'string' && value !== '',
    )
    if (values.length === 0) continue
    const range = /^filter\.(.+)\.(from|to)$/.exec(key)
    if (range?.[1]) ranges[range[1]] = { ...ranges[range[1]], [range[2] === 'to' ? 'to' : 'from']: values[0] }
    else filters[key.slice('filter.'.length)] = values
  }
  return { filters, ranges }
}

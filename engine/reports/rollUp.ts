import type { ReportAmount } from '#engine/contract'
import { Exact, type Json } from '#forms'
import type { GroupTotal } from './groupTotals.ts'
import type { Measure } from './reportInHand.ts'

/** A group with what it came to, and the groups within it. */
export interface Group {
  path: Json[]
  count: number
  /** Of each measure, an amount for every currency in it. */
  values: ReportAmount[][]
  groups: Group[]
}

/** Puts the innermost groups into those around them; the outermost is the whole report. */
export function rollUp(totals: GroupTotal[], measures: Measure[], depth: number): Group {
  return groupOf([], totals, measures, depth)
}

function groupOf(path: Json[], totals: GroupTotal[], measures: Measure[], depth: number): Group {
  return {
    path,
    count: totals.reduce((sum, { count }) => sum + count, 0),
    values: measures.map((measure, index) => amountsOf(measure, index, totals)),
    groups:
      path.length === depth
        ? []
        : [...together(totals, path.length)].map(([value, inside]) =>
            groupOf([...path, value], inside, measures, depth),
          ),
  }
}

function together(totals: GroupTotal[], level: number): Map<Json, GroupTotal[]> {
  const groups = new Map<Json, GroupTotal[]>()
  for (const total of totals) {
    const value = total.path[level] ?? null
    const group = groups.get(value)
    if (group) group.push(total)
    else groups.set(value, [total])
  }
  return groups
}

function amountsOf(measure: Measure, index: number, totals: GroupTotal[]): ReportAmount[] {
  const byCurrency = new Map<string | null, { of: number; total: string }[]>()
  for (const { currencies, values } of totals) {
    const { of, total } = values[index] ?? { of: 0, total: null }
    if (of === 0 || total === null) continue
    const currency = currencies[index] ?? null
    byCurrency.set(currency, [...(byCurrency.get(currency) ?? []), { of, total }])
  }
  return [...byCurrency]
    .map(([currency, parts]) => ({ currency, value: foldOf(measure, parts) }))
    .sort((a, b) => (a.currency ?? '').localeCompare(b.currency ?? ''))
}

function foldOf({ fold, kind, scale }: Measure, parts: { of: number; total: string }[]): string {
  if (kind === 'date') {
    const days = parts.map(({ total }) => total).sort()
    return (fold === 'min' ? days[0] : days.at(-1)) ?? ''
  }
  const amounts = parts.map(({ total }) => new Exact(total))
  if (fold === 'min' || fold === 'max') return Exact[fold](...amounts).toFixed(scale)
  const sum = amounts.reduce((a, b) => a.plus(b), new Exact(0))
  return (fold === 'avg' ? sum.div(parts.reduce((count, { of }) => count + of, 0)) : sum).toFixed(scale)
}

/** A row of the history of rates: from a day on (YYYY-MM-DD), until the next row begins. `rate` as 0.18. */
export interface RateFrom {
  from: string
  rate: string
}

/**
 * The rate in force on a day: of the rows that have begun by then, the one that began last; null before the first.
 * The order of the rows does not matter; of two that begin on one day the later in the list counts.
 * Source: sections 10.2.1 and 10.2.2, FM-D-112.
 */
export function rateOn(history: RateFrom[], day: string): string | null {
  if (!Array.isArray(history)) throw new TypeError('el historial es una lista de {from, rate}')
  if (!/^\d{4}-\d{2}-\d{2}/.test(day)) throw new TypeError(`${JSON.stringify(day)} no es una fecha`)
  const date = day.slice(0, 10)
  let found: RateFrom | null = null
  for (const row of history) {
    if (row.from <= date && (found === null || row.from >= found.from)) found = row
  }
  return found?.rate ?? null
}

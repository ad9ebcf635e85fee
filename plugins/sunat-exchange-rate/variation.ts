import { Decimal } from 'decimal.js'

interface Values {
  buy: string
  sell: string
}

/**
 * By how many percent the side that moved most differs from the day before, to two places for people: "5.00".
 * Compared with the last published day (FM-D-109).
 */
export function variation(before: Values, now: Values): string {
  const moved = (['buy', 'sell'] as const).map((side) =>
    new Decimal(now[side]).sub(before[side]).abs().mul(100).div(before[side]),
  )
  return Decimal.max(...moved).toFixed(2, Decimal.ROUND_HALF_UP)
}

/** Above the limit; exactly at it is not above. Decided without division, so that no rounding decides. */
export function exceeds(before: Values, now: Values, percent: number): boolean {
  return (['buy', 'sell'] as const).some((side) =>
    new Decimal(now[side]).sub(before[side]).abs().mul(100).gt(new Decimal(before[side]).mul(percent)),
  )
}

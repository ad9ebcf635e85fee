import { Exact } from '#forms'

/** Soles per dollar of one day; null: not known. */
export interface Rate {
  compra: string | null
  venta: string | null
}
/**
 * Which side a purpose converts at. `normal`: soles to dollars at venta, dollars to soles at compra (section 10.1.4);
 * `venta` or `compra`: always that one (tax rules use venta for both). Source: FM-D-105.
 */
export type SideRule = 'normal' | 'venta' | 'compra'

/** The side that counts: "compra" or "venta". Throws TypeError for other currencies than PEN and USD. */
export function side(from: string, to: string, rule?: SideRule): 'compra' | 'venta' {
  for (const currency of [from, to]) {
    if (currency !== 'PEN' && currency !== 'USD') throw new TypeError(`el tipo de cambio no es de ${currency}`)
  }
  if (rule === 'compra' || rule === 'venta') return rule
  return from === 'USD' ? 'compra' : 'venta'
}

/**
 * An amount in the other currency, rounded half-up to two places once, at the end: soles = dollars × rate,
 * dollars = soles / rate. Without `rule` as `normal`. Null where the side is not known. `convert("1000.00", "PEN", "USD", {compra: "3.898", venta: "3.919"})` = "255.17".
 */
export function convert(amount: string, from: string, to: string, rate: Rate, rule?: SideRule): string | null {
  if (!/^-?\d{1,18}(\.\d{1,20})?$/.test(amount)) throw new TypeError(`${JSON.stringify(amount)} no es un importe`)
  const value = new Exact(amount)
  const chosen = side(from, to, rule)
  if (from === to) return value.toFixed(2)
  const given = rate[chosen]
  if (given === null) return null
  const factor = new Exact(given)
  if (!factor.gt(0)) throw new TypeError('el tipo de cambio debe ser mayor que cero')
  return (from === 'USD' ? value.mul(factor) : value.div(factor)).toFixed(2)
}

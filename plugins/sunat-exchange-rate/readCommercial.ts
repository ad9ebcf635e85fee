import { UnusableAnswer, type Quote } from './Quote.ts'

/**
 * A commercial service that wraps SUNAT's rate: one JSON object with the day and both sides, by the names that those
 * services use (`fecha`, `compra`, `venta` or `date`, `buy_price`, `sell_price`). Throws UnusableAnswer.
 */
export function readCommercial(text: string): Quote {
  let answer: Record<string, unknown>
  try {
    answer = JSON.parse(text) as Record<string, unknown>
  } catch (cause) {
    throw new UnusableAnswer('la respuesta no es JSON', { cause })
  }
  const first = (...names: string[]): string => {
    const value = names
      .map((name) => (answer as Record<string, unknown> | null)?.[name])
      .find((one) => one !== undefined)
    return typeof value === 'number' || typeof value === 'string' ? String(value) : ''
  }
  const day = first('fecha', 'date').slice(0, 10)
  const [buy, sell] = [first('compra', 'buy_price', 'precioCompra'), first('venta', 'sell_price', 'precioVenta')]
  const isRate = (value: string): boolean => /^\d{1,2}(\.\d{1,6})?$/.test(value)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)) || !isRate(buy) || !isRate(sell))
    throw new UnusableAnswer('la respuesta no trae fecha, compra y venta')
  return { day, buy, sell, source: 'comercial', raw: `${day}: ${buy} / ${sell}` }
}

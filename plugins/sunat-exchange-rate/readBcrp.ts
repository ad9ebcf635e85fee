import { addDays, dayOf } from './days.ts'
import { UnusableAnswer, type Quote } from './Quote.ts'

const MONTHS = ['Ene', 'Feb', 'Mar', 'Abr', 'May', 'Jun', 'Jul', 'Ago', 'Set', 'Oct', 'Nov', 'Dic']

interface BcrpAnswer {
  periods?: { name?: unknown; values?: unknown }[]
}

/**
 * The central bank's series of the SBS rate, purchase then sale (PD04639PD-PD04640PD): periods named `08.Jul.26` with
 * the close of that day, which is SUNAT's rate of the next day; `n.d.` on days without one. Gives the last one.
 * Throws UnusableAnswer, also for the challenge page that comes with status 200.
 */
export function readBcrp(text: string): Quote {
  let answer: BcrpAnswer
  try {
    answer = JSON.parse(text) as BcrpAnswer
  } catch (cause) {
    throw new UnusableAnswer('la respuesta no es JSON', { cause })
  }
  const quotes = (Array.isArray(answer.periods) ? answer.periods : []).flatMap((period) => readPeriod(period) ?? [])
  const [last] = quotes.sort((a, b) => (a.day < b.day ? 1 : -1))
  if (!last) throw new UnusableAnswer('la respuesta no trae ningún valor')
  return last
}

function readPeriod({ name, values }: { name?: unknown; values?: unknown }): Quote | null {
  const [, day, month = '', year] = /^(\d{2})\.(\p{L}{3})\.(\d{2})$/u.exec(typeof name === 'string' ? name : '') ?? []
  const closed = dayOf(2000 + Number(year), MONTHS.indexOf(month) + 1, Number(day))
  const [buy, sell] = Array.isArray(values) ? (values as unknown[]) : []
  if (!closed || !isRate(buy) || !isRate(sell)) return null
  // The series has more decimals than SUNAT publishes.
  const [compra, venta] = [buy, sell].map(threePlaces) as [string, string]
  const raw = `${String(name)}: ${buy} / ${sell}`
  return { day: addDays(closed, 1), buy: compra, sell: venta, source: 'bcrp', raw }
}

const isRate = (value: unknown): value is string => typeof value === 'string' && /^\d{1,2}\.\d{1,20}$/.test(value)

/** Half-up on the digits themselves. */
function threePlaces(value: string): string {
  const [whole = '0', decimals = ''] = value.split('.')
  const thousandths = BigInt(whole + decimals.slice(0, 3).padEnd(3, '0')) + (Number(decimals[3] ?? 0) >= 5 ? 1n : 0n)
  const digits = String(thousandths).padStart(4, '0')
  return `${digits.slice(0, -3)}.${digits.slice(-3)}`
}

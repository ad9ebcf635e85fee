import { dayOf } from './days.ts'
import { UnusableAnswer, type Quote } from './Quote.ts'

const LINE = /^(\d{2})\/(\d{2})\/(\d{4})\|(\d{1,2}\.\d{1,4})\|(\d{1,2}\.\d{1,4})\|?$/

/**
 * SUNAT's file of the day, one line `dd/mm/yyyy|compra|venta|`. Throws UnusableAnswer for anything else, such as the
 * page that says with status 200 that the service is down.
 */
export function readSunatText(text: string): Quote {
  const line = text.replace(/^\uFEFF/, '').trim()
  const [, day, month, year, buy, sell] = LINE.exec(line) ?? []
  const date = dayOf(Number(year), Number(month), Number(day))
  if (!date || !buy || !sell) throw new UnusableAnswer('la respuesta no es «fecha|compra|venta»')
  return { day: date, buy, sell, source: 'sunat-txt', raw: line }
}

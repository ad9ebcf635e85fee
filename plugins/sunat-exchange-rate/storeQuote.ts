import type { PluginData, PluginRecord } from '#plugins/contract'
import { addDays } from './days.ts'
import type { Quote } from './Quote.ts'
import { lastActive, retireDay, rowOf, type RateRow } from './RateRow.ts'
import type { RateSettings } from './settings.ts'
import { exceeds, variation } from './variation.ts'

/** What became of a value: new, the one known already, held back, or left aside for a better source. */
export type Stored =
  | { kind: 'active' | 'held'; record: PluginRecord; jumped: boolean }
  | { kind: 'same' | 'aside'; record: PluginRecord; jumped: false }

const shownSource: Record<string, string> = { 'sunat-txt': 'SUNAT', bcrp: 'BCRP', comercial: 'SUNAT', manual: 'Manual' }

/**
 * Stores the value of a source. A new value of a day becomes "Activo" and the former "Inactivo"; the same value only
 * renews the moment. One that differs from the last published day by more than the limit is held until a person
 * confirms it, and the last good one goes on. Source: FM-D-109, FM-D-110.
 */
export async function storeQuote(data: PluginData, quote: Quote, settings: RateSettings, now: Date): Promise<Stored> {
  const actualizado = now.toISOString()
  const ofDay = await data.find('record.fecha = params.day and record.arrastrado = false', {
    params: { day: quote.day },
    sort: '-actualizado',
    limit: 50,
  })
  const known = ofDay.find((record) => {
    const row = rowOf(record)
    const counts = row.estado === 'Activo' || row.confirmacion === 'Pendiente' || row.confirmacion === 'Descartado'
    return counts && row.compra === quote.buy && row.venta === quote.sell
  })
  if (known) return { kind: 'same', record: await data.update(known.id, { actualizado }), jumped: false }
  const better = ofDay.find((record) => {
    const row = rowOf(record)
    return row.estado === 'Activo' && rank(settings, row.origen) < rank(settings, quote.source)
  })
  if (better) return { kind: 'aside', record: better, jumped: false }

  const before = await lastActive(data, addDays(quote.day, -1), true)
  const values = { buy: quote.buy, sell: quote.sell }
  const earlier = before && { buy: before.row.compra, sell: before.row.venta }
  const held = earlier !== null && exceeds(earlier, values, settings.retenerVariacion)
  const jumped = earlier !== null && exceeds(earlier, values, settings.avisoVariacion)
  if (!held) await retireDay(data, quote.day)
  const row: RateRow = {
    fecha: quote.day,
    compra: quote.buy,
    venta: quote.sell,
    fuente: shownSource[quote.source] ?? quote.source,
    origen: quote.source,
    respuesta: quote.raw.slice(0, 200),
    publicado: quote.day,
    arrastrado: false,
    actualizado,
    estado: held ? 'Inactivo' : 'Activo',
    confirmacion: held ? 'Pendiente' : 'No requiere',
    variacion: earlier && variation(earlier, values),
  }
  return { kind: held ? 'held' : 'active', record: await data.create(row), jumped }
}

/** The place of a source in the order of Configuración; one that is not there any more comes last. */
function rank({ fuentes }: RateSettings, source: string): number {
  const place = fuentes.indexOf(source)
  return place < 0 ? fuentes.length : place
}

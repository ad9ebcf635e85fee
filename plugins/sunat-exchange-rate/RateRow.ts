import type { Json } from '#forms'
import type { PluginData, PluginRecord } from '#plugins/contract'

/** A row of the history, as the pack's entity holds it. `publicado` is the day the source spoke of. */
export interface RateRow extends Record<string, Json> {
  fecha: string
  compra: string
  venta: string
  /** For people: SUNAT, BCRP, Manual. */
  fuente: string
  /** Name of the source: `sunat-txt`. */
  origen: string
  respuesta: string
  publicado: string
  /** No value was published for this day: it is that of `publicado`. */
  arrastrado: boolean
  actualizado: string
  estado: 'Activo' | 'Inactivo'
  confirmacion: 'No requiere' | 'Pendiente' | 'Confirmado' | 'Descartado'
  variacion: string | null
}

export const rowOf = (record: PluginRecord): RateRow => record.data as unknown as RateRow

/** The value in force of a day at most; the last published one when `published`. Null: there is none. */
export async function lastActive(
  data: PluginData,
  until: string,
  published = false,
): Promise<(PluginRecord & { row: RateRow }) | null> {
  const where = `record.fecha <= params.until and record.estado = "Activo"${published ? ' and record.arrastrado = false' : ''}`
  const [found] = await data.find(where, { params: { until }, sort: '-fecha', limit: 1 })
  return found ? { ...found, row: rowOf(found) } : null
}

/** Nothing is lost: what counted for the day stays visible as inactive (FM-D-110). */
export async function retireDay(data: PluginData, fecha: string): Promise<void> {
  const where = 'record.fecha = params.fecha and record.estado = "Activo"'
  for (const { id } of await data.find(where, { params: { fecha }, limit: 10 })) {
    await data.update(id, { estado: 'Inactivo' })
  }
}

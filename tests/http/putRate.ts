import type { Running } from '../../engine/main.ts'

/** Writes the exchange rate of a day into the history, as the daily query leaves it. */
export async function putRate(product: Running, fecha: string, compra: string, venta: string): Promise<void> {
  const now = new Date(`${fecha}T17:00:00Z`)
  const data = { fecha, compra, venta, fuente: 'SUNAT', origen: 'sunat-txt', publicado: fecha, estado: 'Activo' }
  await product.ctx.db.records('tipo-cambio').insert({
    ...{ _id: `tc${fecha}`, revision: 1, label: fecha, search: fecha, aliases: [], createdBy: null, updatedBy: null },
    ...{ pack: { name: 'fm', number: 1 }, createdAt: now, updatedAt: now, deletedAt: null, inactiveAt: null },
    ...{ data: { ...data, arrastrado: false, actualizado: now.toISOString(), confirmacion: 'No requiere' } },
    effective: { counts: true, until: null, cancelled: null },
  })
}

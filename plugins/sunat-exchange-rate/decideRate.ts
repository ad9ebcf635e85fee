import { todayIn } from '#forms'
import type { PluginAction } from '#plugins/contract'
import { carryForward } from './carryForward.ts'
import { retireDay, rowOf } from './RateRow.ts'

/** A person says that a value that was held back is right: it counts from now on for its day. Source: FM-D-109. */
export const confirmRate: PluginAction = async (_input, ctx) => {
  const { record } = ctx
  if (!record) throw new Error('confirm is an action of a record')
  const row = rowOf(record)
  await ctx.transaction(async (data) => {
    await retireDay(data, row.fecha)
    await data.update(record.id, { estado: 'Activo', confirmacion: 'Confirmado', motivo: ctx.reason })
    await carryForward(data, todayIn(ctx.now, ctx.timeZone), ctx.now)
  })
  return { message: `Confirmado: ${row.compra} / ${row.venta}.` }
}

/** A person says that a value that was held back is wrong: it stays in the history and never counts. */
export const discardRate: PluginAction = async (_input, ctx) => {
  const { record } = ctx
  if (!record) throw new Error('discard is an action of a record')
  await ctx.transaction((data) => data.update(record.id, { confirmacion: 'Descartado', motivo: ctx.reason }))
  return { message: 'Descartado. Sigue el último valor.' }
}

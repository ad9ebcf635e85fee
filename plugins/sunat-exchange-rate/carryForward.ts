import type { PluginData } from '#plugins/contract'
import { addDays } from './days.ts'
import { lastActive, retireDay } from './RateRow.ts'

/** A longer gap is not filled day by day; the last value counts all the same. */
const LONGEST_GAP_DAYS = 31

/**
 * Gives every day up to today a value: a day without publication carries the last published one with its real date.
 * A carried value gives way to one published since. Source: section 10.1.1, FM-D-108.
 */
export async function carryForward(data: PluginData, today: string, now: Date): Promise<void> {
  const published = await lastActive(data, today, true)
  if (!published || published.row.fecha === today) return
  const earliest = addDays(today, -LONGEST_GAP_DAYS)
  let day = addDays(published.row.fecha, 1)
  if (day < earliest) day = earliest
  for (; day <= today; day = addDays(day, 1)) {
    const [current] = await data.find('record.fecha = params.day and record.estado = "Activo"', {
      params: { day },
      limit: 1,
    })
    if (current?.data.publicado === published.row.fecha) continue
    await retireDay(data, day)
    await data.create({
      ...published.row,
      fecha: day,
      publicado: published.row.fecha,
      arrastrado: true,
      actualizado: now.toISOString(),
      confirmacion: 'No requiere',
      variacion: null,
    })
  }
}

import type { JsonObject } from '#forms'

/** What Configuración says of the exchange rate, under the name that the action's input gives (`settings`). */
export interface RateSettings {
  /** Sources in the order in which they are asked. */
  fuentes: string[]
  direccionSunat: string
  direccionBcrp: string
  /** Of a paid service; both are needed. The key is never shown or logged. */
  direccionComercial?: string | null
  claveComercial?: string | null
  /** Percentages: above the first people are told, above the second the value waits for confirmation. */
  avisoVariacion: number
  retenerVariacion: number
  /** Soles for a dollar outside which a value is an error of the source. */
  minimo: string
  maximo: string
  /** The last resort: typed by a person with a reason. */
  manual: { activo: boolean; fecha: string; compra: string; venta: string; motivo: string }
}

/** Throws when the pack's settings lack what the plugin needs: an error of the pack, told by name. */
export function rateSettings(settings: JsonObject, name: unknown): RateSettings {
  const found = typeof name === 'string' ? settings[name] : undefined
  if (typeof found !== 'object' || found === null) throw new Error(`there are no settings "${String(name)}"`)
  for (const key of ['fuentes', 'avisoVariacion', 'retenerVariacion', 'minimo', 'maximo', 'manual']) {
    if (!(key in found)) throw new Error(`the settings lack "${key}"`)
  }
  return found as unknown as RateSettings
}

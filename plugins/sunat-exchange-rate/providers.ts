import { HttpFailure, type HttpPort } from '#plugins/contract'
import { addDays } from './days.ts'
import { UnusableAnswer, type Quote } from './Quote.ts'
import { readBcrp } from './readBcrp.ts'
import { readCommercial } from './readCommercial.ts'
import { readSunatText } from './readSunatText.ts'
import type { RateSettings } from './settings.ts'

interface Question {
  http: HttpPort
  settings: RateSettings
  /** Today where the company is. */
  today: string
}
type Provider = (question: Question) => Promise<Quote>

/** How often a source without connection is asked at once; after that it is the next one's turn. */
const TRIES = 3
/** How far back the central bank is asked: longer than any run of holidays. */
const BCRP_DAYS = 12

/** The sources by the name that Configuración uses. */
export const providers: Record<string, Provider> = {
  'sunat-txt': async ({ http, settings }) => readSunatText(await ask(http, settings.direccionSunat)),
  bcrp: async ({ http, settings, today }) => {
    const address = settings.direccionBcrp
      .replaceAll('{desde}', addDays(today, -BCRP_DAYS))
      .replaceAll('{hasta}', addDays(today, -1))
    return readBcrp(await ask(http, address))
  },
  /** A paid service in the place of both; its key goes into the heading and nowhere else. */
  comercial: async ({ http, settings, today }) => {
    const { direccionComercial, claveComercial } = settings
    if (!direccionComercial || !claveComercial) throw new UnusableAnswer('falta su dirección o su clave')
    const headers = { authorization: `Bearer ${claveComercial}` }
    return readCommercial(await ask(http, direccionComercial.replaceAll('{fecha}', today), headers))
  },
  manual: ({ settings: { manual } }) => {
    if (!manual.activo || !manual.motivo) return Promise.reject(new UnusableAnswer('no hay un valor escrito a mano'))
    const { fecha: day, compra: buy, venta: sell, motivo } = manual
    return Promise.resolve({ day, buy, sell, source: 'manual', raw: motivo.slice(0, 200) })
  },
}

async function ask(http: HttpPort, address: string, headers: Record<string, string> = {}): Promise<string> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { text } = await http.get(address, { headers })
      return text
    } catch (error) {
      if (!(error instanceof HttpFailure && error.temporary) || attempt === TRIES) throw error
    }
  }
}

import { Decimal } from 'decimal.js'
import type { HttpPort } from '#plugins/contract'
import { addDays } from './days.ts'
import { providers } from './providers.ts'
import { UnusableAnswer, type Quote } from './Quote.ts'
import type { RateSettings } from './settings.ts'

export interface Answers {
  /** The freshest usable value; null when no source gave one. */
  quote: Quote | null
  /** Source → why it gave nothing usable. */
  failures: Record<string, string>
}

/**
 * Asks the sources in their order until one has the value of today; else the freshest of what they had. What cannot be
 * right (zero, compra above venta, a value of the future or outside the bounds) is no answer. Never rejects.
 * Source: sections 10.1.1 and 10.1.5, FM-D-107.
 */
export async function askProviders(question: {
  http: HttpPort
  settings: RateSettings
  today: string
}): Promise<Answers> {
  let freshest: Quote | null = null
  const failures: Record<string, string> = {}
  for (const name of question.settings.fuentes) {
    try {
      const provider = providers[name]
      if (!provider) throw new UnusableAnswer('esta fuente no existe')
      const quote = checked(await provider(question), question)
      if (freshest === null || quote.day > freshest.day) freshest = quote
      if (quote.day >= question.today) break
    } catch (error) {
      failures[name] = error instanceof Error ? error.message : String(error)
    }
  }
  return { quote: freshest, failures }
}

function checked(quote: Quote, { settings, today }: { settings: RateSettings; today: string }): Quote {
  const [buy, sell] = [new Decimal(quote.buy), new Decimal(quote.sell)]
  if (!buy.gt(0) || !sell.gt(0)) throw new UnusableAnswer('el valor no es mayor que cero')
  if (buy.gt(sell)) throw new UnusableAnswer(`la compra (${quote.buy}) es mayor que la venta (${quote.sell})`)
  if (buy.lt(settings.minimo) || sell.gt(settings.maximo)) {
    throw new UnusableAnswer(`${quote.buy} / ${quote.sell} está fuera de ${settings.minimo} a ${settings.maximo}`)
  }
  // SUNAT may publish in the evening what counts from the next day on; no source knows more than that.
  if (quote.day > addDays(today, 1)) throw new UnusableAnswer(`la fecha ${quote.day} está en el futuro`)
  return { ...quote, buy: buy.toFixed(3), sell: sell.toFixed(3) }
}

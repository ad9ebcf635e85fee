import { plainDay, todayIn, type JsonObject } from '#forms'
import type { PluginAction } from '#plugins/contract'
import { askProviders, type Answers } from './askProviders.ts'
import { carryForward } from './carryForward.ts'
import { lastActive } from './RateRow.ts'
import { rateSettings } from './settings.ts'
import { storeQuote, type Stored } from './storeQuote.ts'
import { watchSources } from './watchSources.ts'

const RETRY_MS = 3600_000

/** Templates of the pack, and who is told. */
interface Input {
  settings: string
  jumpTemplate: string
  jumpTo: string
  heldTemplate: string
  heldTo: string
  noAnswerTemplate: string
  noUpdateTemplate: string
  silenceTo: string
}

/**
 * Asks the sources for the rate of the day and keeps what they say: at midnight by the clock, again every hour while a
 * value is missing, or at once for a person. Source: sections 10.1.1, 10.1.2 and 10.1.5, FM-D-107 to FM-D-110.
 */
export const fetchRate: PluginAction = async (given, ctx) => {
  const input = given as unknown as Input
  const settings = rateSettings(ctx.settings, input.settings)
  const today = todayIn(ctx.now, ctx.timeZone)
  const answers = await askProviders({ http: ctx.http, settings, today })
  const { stored, missing, current } = await ctx.transaction(async (data) => {
    const stored = answers.quote && (await storeQuote(data, answers.quote, settings, ctx.now))
    await carryForward(data, today, ctx.now)
    if (stored?.jumped) await data.notify(input.jumpTemplate, input.jumpTo, stored.record)
    if (stored?.kind === 'held') await data.notify(input.heldTemplate, input.heldTo, stored.record)
    const missing = await watchSources(data, ctx, answers.quote !== null, {
      noAnswer: input.noAnswerTemplate,
      noUpdate: input.noUpdateTemplate,
      to: input.silenceTo,
    })
    return { stored, missing, current: await lastActive(data, today) }
  })
  const waits = missing !== null || answers.quote === null
  return {
    message: tell(answers, stored, current && `${current.row.compra} / ${current.row.venta}`),
    details: detailsOf(answers, stored),
    ...(waits && { next: new Date(ctx.now.getTime() + RETRY_MS) }),
  }
}

function tell({ quote, failures }: Answers, stored: Stored | null, current: string | null): string {
  if (!quote || !stored) {
    const whys = Object.entries(failures).map(([source, why]) => `${source}: ${why}`)
    const goesOn = current ? `Sigue el último valor, ${current}.` : 'Todavía no hay ningún valor.'
    return `Ninguna fuente dio un valor (${whys.join('; ')}). ${goesOn}`
  }
  const value = `${quote.buy} / ${quote.sell} del ${plainDay(quote.day)}`
  switch (stored.kind) {
    case 'active':
      return `Nuevo tipo de cambio: ${value}.`
    case 'held':
      return `El valor ${value} varía demasiado: queda por confirmar. Sigue el último valor, ${current ?? 'ninguno'}.`
    case 'same':
      return `Sin cambios: ${value}.`
    case 'aside':
      return `Ya hay un valor de una fuente preferida para el ${plainDay(quote.day)}.`
  }
}

function detailsOf({ quote, failures }: Answers, stored: Stored | null): JsonObject {
  return {
    ...(quote && { day: quote.day, buy: quote.buy, sell: quote.sell, source: quote.source, raw: quote.raw }),
    ...(stored && { result: stored.kind }),
    failures,
  }
}

import { todayIn } from '#forms'
import type { PluginActionCtx, PluginData } from '#plugins/contract'
import { missingSince } from './expectation.ts'

const HOUR_MS = 3600_000
/** Nobody answers for so long: section 10.1.1. */
const NO_ANSWER_HOURS = 24
/** Nothing new for more than so long: section 10.1.5. */
const NO_UPDATE_HOURS = 48

export interface NoticeNames {
  noAnswer: string
  noUpdate: string
  to: string
}

/**
 * Tells people that no source answers (24 h) or that an expected value has not come (48 h), once per silence. Hours
 * count from the first expected publication that is missing, so that no weekend is an alarm (FM-D-108). Resolves with
 * since when something is missing, or null.
 */
export async function watchSources(
  data: PluginData,
  ctx: Pick<PluginActionCtx, 'now' | 'timeZone' | 'isBusinessDay'>,
  answered: boolean,
  notices: NoticeNames,
): Promise<Date | null> {
  const { now, timeZone } = ctx
  const [last] = await data.find('record.arrastrado = false', { sort: '-fecha', limit: 1 })
  const missing = missingSince({
    lastPublished: typeof last?.data.fecha === 'string' ? last.data.fecha : null,
    today: todayIn(now, timeZone),
    timeZone,
    isBusinessDay: (day) => ctx.isBusinessDay(day),
  })
  const { toldNoAnswer = null, toldNoUpdate = null } = data.memory
  const silentSince = answered
    ? null
    : typeof data.memory.silentSince === 'string'
      ? data.memory.silentSince
      : now.toISOString()
  const memory = { silentSince, toldNoAnswer, toldNoUpdate }
  const hours = (since: number): number => (now.getTime() - since) / HOUR_MS
  if (missing && silentSince && toldNoAnswer !== silentSince) {
    const since = Math.max(missing.getTime(), Date.parse(silentSince))
    if (hours(since) >= NO_ANSWER_HOURS) {
      await data.notify(notices.noAnswer, notices.to, last ?? null, { horas: NO_ANSWER_HOURS })
      memory.toldNoAnswer = silentSince
    }
  }
  if (missing && toldNoUpdate !== missing.toISOString() && hours(missing.getTime()) > NO_UPDATE_HOURS) {
    await data.notify(notices.noUpdate, notices.to, last ?? null, { horas: NO_UPDATE_HOURS })
    memory.toldNoUpdate = missing.toISOString()
  }
  await data.remember(memory)
  return missing
}

import { compileExpression } from '#forms'
import type { Ctx } from '../context.ts'
import type { InstalledPack } from '../packs/index.ts'

/**
 * The first moment after now of something that repeats: `every` (an ISO 8601 duration, or `2bd` for business days of the
 * pack's calendar), counted from `from`. What was missed in between is left out, and the rhythm stays.
 */
export function nextMoment(ctx: Ctx, installed: InstalledPack, every: string, from: Date): Date {
  const days = /^(\d+)bd$/.exec(every)?.[1]
  const expression = compileExpression(days ? `business.add(now(), ${days})` : `now() + duration("${every}")`)
  const now = ctx.clock.now().getTime()
  let moment = from
  do {
    const answer = expression.evaluate(
      {},
      { functions: installed.functions, now: moment, timeZone: ctx.config.timeZone },
    )
    const next = new Date(typeof answer === 'string' ? answer : Number.NaN)
    if (!(next.getTime() > moment.getTime())) throw new Error(`"${every}" is no time that something can repeat after`)
    moment = next
  } while (moment.getTime() <= now)
  return moment
}

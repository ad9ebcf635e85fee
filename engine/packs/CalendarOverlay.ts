import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { Fresh } from '../fresh.ts'

/** What the company says of a day (YYYY-MM-DD), over what the packs' calendars say. */
export interface CompanyDay {
  /** false: an official holiday on which work goes on. */
  holiday: boolean
  name: string
}

/** Under which the company's days are kept among the settings; no pack has such a name. */
export const calendarId = (tenant: string): string => `${tenant}:@calendar`

/** The company's own holidays, and the official ones it works on; read by every term that is counted in business days. */
export class CalendarOverlay {
  readonly #days = new Fresh(async (ctx) => daysIn((await ctx.db.settings.get(calendarId(ctx.tenant)))?.values ?? {}))

  isHoliday(day: string, isOfficial: (day: string) => boolean): boolean {
    return this.#days.last?.get(day)?.holiday ?? isOfficial(day)
  }

  /** Reads the days again when they are older than a moment. */
  async refresh(ctx: Ctx): Promise<void> {
    await this.#days.get(ctx)
  }

  /** Reads the days again the next time they are asked for. */
  forget(): void {
    this.#days.forget()
  }
}

export const daysIn = (values: JsonObject): Map<string, CompanyDay> =>
  new Map(Object.entries(values as unknown as Record<string, CompanyDay>))

import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'

/** How long a process may count with the days it knows, after another one changed them. */
const FRESH_MS = 1000

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
  #days = new Map<string, CompanyDay>()
  #seenAt = 0
  #reading: Promise<void> | null = null

  isHoliday(day: string, official: ReadonlySet<string>): boolean {
    return this.#days.get(day)?.holiday ?? official.has(day)
  }

  /** Reads the days again when they are older than a moment. */
  async refresh(ctx: Ctx): Promise<void> {
    if (Date.now() - this.#seenAt < FRESH_MS) return
    this.#reading ??= this.#read(ctx).finally(() => {
      this.#reading = null
    })
    await this.#reading
  }

  async #read(ctx: Ctx): Promise<void> {
    const startedAt = Date.now()
    this.#days = daysIn((await ctx.db.settings.get(calendarId(ctx.tenant)))?.values ?? {})
    this.#seenAt = startedAt
  }

  /** Reads the days again the next time they are asked for. */
  forget(): void {
    this.#seenAt = 0
  }
}

export const daysIn = (values: JsonObject): Map<string, CompanyDay> =>
  new Map(Object.entries(values as unknown as Record<string, CompanyDay>))

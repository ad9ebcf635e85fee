/** Soles for one US dollar, as a source says it; three decimals as texts. Source: FM-D-106. */
export interface Quote {
  /** The day the values are of, read from the answer and never from the clock: YYYY-MM-DD. */
  day: string
  buy: string
  sell: string
  /** Which source said so: `sunat-txt`, `bcrp`, `comercial`, `manual`. */
  source: string
  /** What it answered, for whoever checks later; at most 200 characters. */
  raw: string
}

/** A source answered with something that is no rate: an error page, other columns, a value that cannot be. */
export class UnusableAnswer extends Error {}

/** What a plugin does for a button of people with the right, or for the clock: `actions` of pack.json name it. */
import type { Json, JsonObject } from '#forms'

/**
 * One run. Resolves with what people are told; rejects when it could not be done at all (told too, and tried again when
 * the clock called). Runs of one action never overlap in their transactions.
 */
export type PluginAction = (input: JsonObject, ctx: PluginActionCtx) => Promise<PluginActionResult>

export interface PluginActionResult {
  /** A sentence in Spanish for who pressed the button, and for the audit. */
  message: string
  /** More for the audit: what was obtained from whom. */
  details?: JsonObject
  /** The clock calls again then, if that is before the regular time. */
  next?: Date
}

export interface PluginActionCtx {
  now: Date
  /** IANA name, for example `America/Lima`. */
  timeZone: string
  settings: JsonObject
  /** True: a person pressed the button; false: the clock called. */
  byPerson: boolean
  /** The record whose button was pressed; null for an action of the whole list. */
  record: PluginRecord | null
  /** What the person gave as the reason; '' where none is asked for. */
  reason: string
  /** Whether work goes on that day (YYYY-MM-DD), by the company's calendar. */
  isBusinessDay(day: string): boolean
  http: HttpPort
  /** Everything that `work` writes is kept, or nothing; it may run again when somebody else wrote first. */
  transaction<T>(work: (data: PluginData) => Promise<T>): Promise<T>
  log(message: string): void
}

export interface PluginRecord {
  id: string
  data: JsonObject
}

/** Records of the entity that the action belongs to; checked by its definition like what people write. */
export interface PluginData {
  /** What the action kept the last time; `{}` the first time. */
  memory: JsonObject
  remember(memory: JsonObject): Promise<void>
  /** `where`: a row rule over `record` and `params`. `sort`: a field, `-` before it for the greatest first. */
  find(where: string, options: { params?: Record<string, Json>; sort?: string; limit: number }): Promise<PluginRecord[]>
  create(data: JsonObject): Promise<PluginRecord>
  update(id: string, changes: JsonObject): Promise<PluginRecord>
  /** A template of the pack to people (`role:x, mail:settings.y`), about a record or about none. `facts`: its `vars`. */
  notify(template: string, to: string, record: PluginRecord | null, facts?: JsonObject): Promise<void>
}

/** The only way out. Throws HttpFailure. */
export interface HttpPort {
  get(url: string, options?: { headers?: Record<string, string> }): Promise<HttpAnswer>
}
export interface HttpAnswer {
  status: number
  contentType: string
  text: string
}

/** No usable answer. `temporary`: asking again may help (no connection, time-out, 5xx); else not (4xx, address refused). */
export class HttpFailure extends Error {
  readonly temporary: boolean
  constructor(message: string, temporary: boolean, cause?: unknown) {
    super(message, { cause })
    this.name = 'HttpFailure'
    this.temporary = temporary
  }
}

import type { JsonObject } from '#forms'

/** What a link carries to the form behind it (its `state`): values that are known already, and how references are called. */
export interface BegunForm {
  data: JsonObject
  labels: Record<string, Record<string, string>>
}

import type { JsonObject } from '#forms'

/** Only these fields. */
export const pick = (data: JsonObject, names: Set<string>): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([name]) => names.has(name)))

import type { JsonObject } from '#forms'

/** What a template may name. Every name is present; what is empty is null and prints as nothing. */
export interface TemplateContext {
  record: JsonObject
  ref: Record<string, JsonObject | null>
  form: JsonObject
  task: JsonObject | null
  actor: JsonObject
  settings: JsonObject
  vars: JsonObject
  recipient: { name: string; email: string; front: 'staff' | 'portal' }
}

/** What the helpers and the layout know besides. */
export interface TemplateSurroundings {
  /** Page of the record, and of the task, on the recipient's own front; null: there is none. */
  recordUrl: string | null
  taskUrl: string | null
  timeZone: string
  /** Name on top of the mail. */
  brand: string
  /** Texts by key, for `t`. */
  texts: Record<string, string>
}

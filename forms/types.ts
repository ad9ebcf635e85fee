/** The types that the whole form toolkit shares. Nothing here has behaviour. */

/** Any JSON value: what a record's data is made of. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type JsonObject = Record<string, Json>

/**
 * A JSON Schema (draft-07) with Cauce's annotations (`x-…`). Annotations never validate inside Ajv;
 * they are read by the form model.
 */
export interface FormSchema {
  title?: string
  description?: string
  type?: string
  required?: string[]
  properties?: Record<string, FormSchema>
  items?: FormSchema
  enum?: Json[]
  oneOf?: { const?: Json; title?: string; [key: string]: unknown }[]
  default?: Json
  readOnly?: boolean
  [key: string]: unknown
}

/** How bad a finding about a value is: errors block, warnings ask, infos tell. */
export type IssueLevel = 'error' | 'warn' | 'info'

/** One finding about one value of a form. `path` is dotted: `representantes.0.email`; '' is the whole form. */
export interface Issue {
  path: string
  /** A JSON Schema keyword (`required`, `pattern` …) or ours (`check`, `unique`, `file` …). */
  rule: string
  params: Record<string, Json>
  /** In plain Spanish, to be shown beside the field. */
  message: string
  level: IssueLevel
}

/** Who is acting, as expressions see him. Other keys are scopes (lists of record ids). */
export interface ExpressionActor {
  id: string | null
  roles: string[]
  front: 'staff' | 'portal' | null
  [scope: string]: Json
}

/** Pure functions callable from expressions, by full name: `money.add`, `ruc.isValid`. Null argument → null. */
export type ExpressionFunctions = Record<string, (...args: never[]) => unknown>

/** What a form or entity expression may know besides the value being edited. Absent names read as null. */
export interface FormEnvironment {
  /** The saved record's data, null for a new one. */
  record: JsonObject | null
  /** Rows behind references: field name → data of the referenced record (with its `id`), or null. */
  ref: Record<string, JsonObject | null>
  facts: JsonObject
  settings: JsonObject
  actor: ExpressionActor
  /** The current instant; "today" is its day in `timeZone`. */
  now: Date
  /** IANA name, for example `America/Lima`. */
  timeZone: string
  functions: ExpressionFunctions
}

/** A validator function as Ajv makes it (standalone). */
export interface CompiledValidator {
  (data: unknown): boolean
  errors?: ValidatorError[] | null
}
export interface ValidatorError {
  keyword: string
  instancePath: string
  schemaPath?: string
  params: Record<string, unknown>
  message?: string
}

/**
 * The types of a definition pack: the files of one business, read and parsed.
 * `docs/packs.md` describes each file for people; the JSON Schemas beside this file check their shape.
 */
import type { FormSchema, JsonObject, RelatedStart } from '#forms'

/** Path inside the pack (`entities/x.json`) → text of the file. What is stored, compared and published. */
export type PackFiles = Record<string, string>

/** A value, or where in Configuración to take it from. */
export type OrSetting<T> = T | { setting: string }

export interface PackManifest {
  name: string
  version: string
  title: string
  requires?: string[]
  plugins?: string[]
  menus?: MenuSection[]
  settings?: FormSchema
  actions?: Record<string, ActionDefinition>
  access?: AccessRules
  privacy?: PrivacyNotice
  calendars?: Record<string, unknown>
  states?: Record<string, { color: string; icon?: string; title?: string }>
}
/** Work of a plugin that a button or the clock sets off. Its key is the right that it takes, on its entity. */
export interface ActionDefinition {
  /** On the button. */
  title: string
  /** `plugin.action`. */
  does: string
  /** Whose records it writes, and whose list or page has the button. */
  entity: string
  /** `record`: the button stands on the page of a record; else over the list. */
  on?: 'record'
  /** Row rule over `record`: where the button stands. */
  when?: string
  /** Local time of every day at which the clock calls it: `00:00`. */
  daily?: string
  kind?: 'primary' | 'neutral' | 'danger'
  /** A tab of Configuración that has the button too. */
  tab?: string
  /** Asked before it is done. */
  confirm?: string
  /** A reason is asked for, and kept. */
  reason?: boolean
  /** What the plugin asks of the pack: names of templates, of settings … */
  input?: JsonObject
}
/** What people are told about their data, and accept once per version. */
export interface PrivacyNotice {
  /** Another version is asked for again: `2026-1`. */
  version: string
  title: string
  sections: { title: string; text: string }[]
}
/** What a pack says about signing in. Expressions read `settings` and `actor`. */
export interface AccessRules {
  /** Who is told when a password is set: `mail:settings.x`, `role:y`; nobody found: the first holder of a protected role. */
  passwordNotices?: string
  /** Expression: "off", "optional" or "required". */
  secondFactor?: string
  /** Expression: minutes without activity until a session ends. */
  idleMinutes?: string
}
export interface MenuSection {
  title: string
  icon?: string
  front?: 'staff' | 'portal'
  roles?: string[]
  /** Row rule: how many records of the entry's entity meet it is shown beside it. */
  count?: string
  /** Keys of entities, views or processes. */
  items: string[]
}

export interface RolesFile {
  roles: Record<string, RoleDefinition>
  groups?: Record<string, { title: string; roles: string[] }>
  /** thing → role or @group → actions separated by blanks. */
  can: Record<string, Record<string, string>>
  /** entity → role or @group → row rule. */
  rows?: Record<string, Record<string, string>>
  /** entity → field → who may read and edit it; a field listed here is for those named only. */
  fields?: Record<string, Record<string, { read?: string[]; edit?: string[] }>>
  /** Actions (or tasks, messages) that only these subjects may ever do, whatever the matrix says. */
  fixed?: { thing: string; action: string; only: string[]; because: string }[]
  /** `thing.action` twice: who did the first on a record may not do the second on it. */
  separate?: { first: string; then: string; because: string }[]
}
export interface RoleDefinition {
  title: string
  front?: 'staff' | 'portal'
  /** Never renamed, retired or left without an active holder; given and taken only by its holders. */
  protected?: boolean
  description?: string
  /** Grants nothing any more and is offered to nobody; said in the browser, never in a pack's file. */
  retired?: boolean
}

/** An entity: a JSON Schema with annotations on properties and on itself (`x-list`, `x-sections`, …). */
export interface EntityDefinition extends FormSchema {
  title: string
  properties: Record<string, FormSchema>
  'x-title-plural'?: string
  /** Of the title, for sentences such as «nueva máquina». Default `m`. */
  'x-gender'?: 'm' | 'f'
  'x-label'?: string
  'x-list'?: ListDefinition
  'x-sections'?: SectionDefinition[]
  'x-related'?: Record<string, RelatedDefinition>
  'x-facts'?: Record<string, FactDefinition>
  'x-effective'?: EffectiveDefinition
  'x-delete'?: 'logical' | 'never'
  'x-account'?: AccountDefinition
  /** On which front opening a record or the list is a row of the audit too. */
  'x-audit'?: { reads: 'all' | 'staff' | 'portal' }
  /** The fields that together tell which record a row of a sheet is; fields that no sheet brings. */
  'x-import'?: { key?: string[]; exclude?: string[] }
  'x-unique'?: { fields: string[]; level?: 'warn' | 'error'; message?: string }[]
}
/** An entity whose records are a timeline: each counts from a day on, until the next one begins. */
export interface EffectiveDefinition {
  /** Field with the day. */
  from: string
  /** Fields that tell timelines apart: one each for every combination of their values. */
  by?: string[]
  /** Row rule over the record: those that are on the timeline at all. */
  where?: string
  /** The `x-state` field that follows by date, and what it says then. Never stored. */
  state?: { field: string; scheduled: string; active: string; inactive: string; cancelled?: string }
  /** What has not begun yet may be cancelled, with a reason: the words of the button. */
  cancel?: { title: string; confirm?: string }
}
/** What a rule may know besides the record: exactly one of the kinds. */
export interface FactDefinition extends Partial<Record<FactKind, FactSource>> {
  /** Row rule: `option` is the row, `record` and `value` the record the rule is about. */
  where?: string
  /** Of `inForce`: expression of the day; today without it. */
  at?: string
  /** Of a fact that is a row: the fields it has; all without it. */
  fields?: string[]
}
export type FactKind = 'count' | 'exists' | 'sum' | 'min' | 'max' | 'one' | 'latest' | 'inForce'
/** `field`: what is added up, compared, or (`latest`) what is greatest. */
export type FactSource = string | { entity: string; field?: string }
/** An entity whose records are people who sign in. */
export interface AccountDefinition {
  /** Field with the e-mail they sign in with. */
  email: string
  /** Pattern of the name (`{names} {surnames}`); the record's label when absent. */
  name?: string
  /** Field that holds the roles, or the roles that all of them have. */
  roles: string | string[]
  /** Row rule over the record; always active when absent. */
  activeWhen?: string
  /** Name of a scope → field with the id, or the list of ids, that the account is limited to. */
  scope?: Record<string, string>
}
export interface ListDefinition {
  columns: string[]
  filters?: (string | NamedFilter)[]
  search?: string[]
  sort?: string
  card?: string[]
}
/** A filter that is more than one field. */
export interface NamedFilter {
  name: string
  title: string
  /** One box over several fields: own ones, of sub-lists, of related records (`related.field`). */
  paths?: string[]
  /** A row rule over the record, and over what `params` ask for. */
  where?: string
  params?: Record<string, FormSchema>
  /** Records with an open task for whoever asks. */
  tasks?: 'mine'
}
export interface RelatedDefinition extends RelatedStart {
  entity: string
  by: string
  title: string
  inline?: boolean
}
export interface SectionDefinition {
  title: string
  fields: (string | FormFieldUse)[]
  columns?: number
  'x-visible-when'?: string
}

/** A form file: which fields of an entity a task shows, and the form's own properties. */
export interface FormDefinition {
  title?: string
  entity?: string
  help?: string
  /** Text of the final button where no outcome names it (start forms, messages). */
  submit?: string
  /** Pattern of what is said once more before it is sent: `The rate will be {rate}`. */
  confirm?: string
  sections?: SectionDefinition[]
  fields?: (string | FormFieldUse)[]
  properties?: Record<string, FormSchema>
  required?: string[]
  'x-check'?: { check: string; message: string; level?: string }[]
  /** Right-hand panels of the task screen: names of `x-related`, or `history`, `diagram`. */
  context?: string[]
}
export interface FormFieldUse {
  field: string
  readOnly?: boolean
  required?: boolean
  title?: string
  'x-visible-when'?: string
  'x-required-when'?: string
  'x-editable-when'?: string
}

/** A report over the records of one entity, in groups with what is counted and added up of each. */
export interface ReportDefinition {
  kind: 'report'
  title: string
  description?: string
  entity: string
  /** Row rule over `record`: what the report is about at all. */
  where?: string
  /** Roles and @groups that may run it, of those that may read the entity; absent: all of these. */
  roles?: string[]
  /** From the outermost: a field, or more about it. */
  group?: (string | ReportGroup)[]
  /** `count`: how many records. */
  measures?: ('count' | ReportMeasure)[]
  /** Fields shown of each record; absent: the groups alone. */
  columns?: string[]
  /** Of the filters of the list, in this order; absent: all of them. */
  filters?: string[]
  /** Of the records in a group; absent: the list's. */
  sort?: string
}
export interface ReportGroup {
  field: string
  title?: string
  /** Days put together. */
  by?: 'month' | 'year'
  /** The last first. */
  descending?: boolean
}
/** Exactly one of the folds, with the field it is about. */
export interface ReportMeasure extends Partial<Record<ReportFold, string>> {
  title: string
  /** Field with a number that each amount is multiplied by first: price × quantity. */
  times?: string
}
export type ReportFold = 'sum' | 'avg' | 'min' | 'max'

export interface TemplateDefinition {
  subject: string
  channels: ('mail' | 'notice')[]
  urgency: 'act' | 'info'
  entity?: string
  /** Handlebars text of the body. */
  body: string
}

export interface CatalogDefinition {
  title: string
  key: string
  columns: Record<string, FormSchema>
  parent?: string
  /** The column that stands beside the name of a row where one chooses. */
  detail?: string
  required?: string[]
  editable?: string[]
  rows: JsonObject[]
}

/** A story: who does what, and what must be true after each step. Test, demo and "try it" in one. */
export interface StoryDefinition {
  title: string
  covers?: string[]
  steps: StoryStep[]
}
export interface StoryStep {
  /** A demo user: the part before @ of its e-mail. */
  as?: string
  create?: string
  edit?: string
  delete?: string
  start?: string
  complete?: string
  message?: string
  request?: string
  wait?: string
  /** Name under which an earlier step saved the record that this step works on. */
  of?: string
  outcome?: string
  data?: JsonObject
  save?: string
  expect?: StoryExpectation
}
export interface StoryExpectation {
  /** Field → value, or "/regex/". */
  record?: JsonObject
  /** Open tasks of the record after the step. `for` names a demo user who must see it. */
  tasks?: { key: string; for?: string }[]
  mails?: { to: string; template: string }[]
  /** The step is refused with this HTTP status, with issues at these paths. */
  refused?: number
  issues?: string[]
  ended?: boolean
}

/** Demo rows of one entity, in order; `$id` names a row (`@acme`), `$user` rows are accounts. */
export interface DemoFile {
  users?: DemoUser[]
  records?: Record<string, (JsonObject & { $id?: string })[]>
  /** Stories to play at past dates: `{"story": "…", "at": "today-40d", "until": 3, "data": {…}}`. */
  play?: { story: string; at: string; until?: number; data?: JsonObject }[]
}
export interface DemoUser {
  $id?: string
  email: string
  name: string
  roles: string[]
  /** Scope name → record names (`@acme`) the account is limited to. */
  scope?: Record<string, string[]>
}

/** Records that a new installation has from the start. */
export interface SeedFile {
  records: JsonObject[]
  /** They lack what is mandatory ("Por completar"): the first edit asks for it. */
  incomplete: boolean
}

/** A pack, parsed. The BPMN stays text: the engine compiles it. */
export interface Pack {
  manifest: PackManifest
  roles: RolesFile
  entities: Record<string, EntityDefinition>
  /** Process key → BPMN XML. */
  processes: Record<string, string>
  forms: Record<string, FormDefinition>
  views: Record<string, ReportDefinition>
  templates: Record<string, TemplateDefinition>
  catalogs: Record<string, CatalogDefinition>
  stories: Record<string, StoryDefinition>
  demo: DemoFile
  /** Records loaded once at installation. */
  seeds: Record<string, SeedFile>
  texts: Record<string, Record<string, string>>
  files: PackFiles
  /** SHA-256 over the sorted files, hex. */
  hash: string
}

/** One finding of the static checks. */
export interface Finding {
  code: string
  severity: 'error' | 'warn'
  /** File of the pack. */
  file: string
  /** JSON path inside the file, or the id of a BPMN element. */
  at: string
  /** What is wrong, in Spanish: analysts read it. */
  message: string
  /** What to do about it. */
  cure?: string
}

/** Shapes of the HTTP surface. What the pages and outside programs may rely on. Dates are ISO 8601 in UTC. */
import type { FormSchema, Issue, Json, JsonObject, RelatedStart } from '#forms'

export type Front = 'staff' | 'portal'

/** GET /api/session (and the answer of POST). */
export interface SessionView {
  user: { id: string; name: string; email: string; roles: { key: string; title: string }[] }
  front: Front
  title: string
  menus: MenuView[]
  /** What this user may do at large: `studio`, `operations` … */
  may: string[]
  /** Outside production: demo data and dev pages exist. */
  demo: boolean
  /** The policy demands a second factor that is not set up: nothing else answers until it is. */
  enrolling: boolean
}
/** GET /api/settings — one tab of Configuración. */
export interface SettingsView {
  pack: string
  tab: string
  title: string
  form: FormView
  data: JsonObject
  labels: Record<string, Record<string, string>>
  environment: FormEnvironmentView
  /** Buttons over lists that stand here too. */
  actions: (ActionView & { entity: string })[]
  /** Of the pack's settings as a whole, for `If-Match`. */
  revision: number
}
/** POST /api/password-tokens/state */
export interface PasswordTokenView {
  email: string
  purpose: 'create' | 'reset'
  secondsLeft: number
}
/** GET /api/account */
export interface AccountView {
  name: string
  email: string
  roles: { key: string; title: string }[]
  /** When the password was last set; null: not known. */
  passwordSetAt: string | null
  secondFactor: {
    policy: 'off' | 'optional' | 'required'
    method: 'app' | 'mail' | null
    since: string | null
    recoveryLeft: number
  }
}
/** GET /api/account/sessions — the last used first. */
export interface OwnSessionView {
  id: string
  /** The one that asks. */
  current: boolean
  userAgent: string
  ip: string
  since: string
  lastSeenAt: string
  expiresAt: string
}
/** POST /api/account/second-factor: what the app needs; both null where the code goes by mail. */
export interface SecondFactorSetup {
  method: 'app' | 'mail'
  /** Base32, to be typed. */
  secret: string | null
  /** `otpauth://…`, for a QR code. */
  uri: string | null
}
/** Shown once. */
export interface RecoveryCodes {
  recoveryCodes: string[]
}
export interface MenuView {
  title: string
  icon: string | null
  /** `count`: how many records wait there (absent: none, or nothing is counted). `page`: of the workspace itself. */
  items: { kind: 'entity' | 'view' | 'process' | 'page'; key: string; title: string; count?: number }[]
}

/** GET /api/entities */
export interface EntitySummary {
  key: string
  title: string
  titlePlural: string
  /** How this person makes one: by starting a process, or by its form; null: not at all. */
  creates: { process: string | null; title: string | null } | null
}
/** GET /api/search: the first few records of a kind that contain the words. */
export interface SearchGroupView {
  entity: string
  title: string
  items: { id: string; label: string }[]
}
/** A value that a free text may take; `title` where a catalogue names it. */
export interface SuggestionView {
  value: string
  title?: string
}
/** GET /api/suggestions/:entity/:field */
export interface SuggestionsView {
  items: SuggestionView[]
  /** What was typed is there already; null: nothing was typed, or this person may not know. */
  known: boolean | null
}
/** GET /api/processes */
export interface ProcessSummary {
  key: string
  title: string
  entity: string | null
}
/** GET /api/catalogs — those whose rows this person may change. */
export interface CatalogSummary {
  key: string
  title: string
  rows: number
  inactive: number
}
export interface CatalogRowView {
  key: string
  title: string
  data: JsonObject
  inactive: boolean
  /** Added by the company; else of the definition. */
  own: boolean
  /** For `If-Match`. */
  revision: number
}
/** GET /api/catalogs/:catalog/rows */
export interface CatalogRowsView extends ListView<CatalogRowView> {
  title: string
  form: FormView
  environment: FormEnvironmentView
  /** Catalogue column → key → title, of the keys on this page. */
  labels: Record<string, Record<string, string>>
}
/** GET /api/catalogs/:catalog/rows/:key/usage — what holds the row. */
export interface CatalogUsageView {
  total: number
  uses: { kind: string; field: string; count: number }[]
}
/** GET /api/qr/:code */
export interface QrHitView {
  entity: string
  id: string
  label: string
}
/** PUT /api/form-drafts/:key */
export interface FormDraftView {
  data: JsonObject
  savedAt: string
}
export interface FormDraftAnswer {
  draft: FormDraftView | null
}
export interface CatalogRow {
  key: string
  title: string
  /** Key of the row above it in the catalogue above. */
  parent: string | null
  /** Keys of all rows above, nearest first, and the name of the nearest; where there are several levels. */
  above?: string[]
  parentTitle?: string | null
  /** Stands beside the name where one chooses. */
  detail?: string
  inactive: boolean
  data?: JsonObject
}
/** GET /api/catalogs/:catalog — rows in the order of the definition. */
export interface CatalogView {
  key: string
  title: string
  /** The catalogue whose key each row names in `parent`; null: a flat catalogue. */
  parent: string | null
  columns: Record<string, FormSchema>
  /** May the reader change its rows? */
  editable: boolean
  /** `data`: the row's columns, where an expression of the pack reads them (`ref.<field>`). */
  rows: CatalogRow[]
}
/** GET /api/definitions/:pack/file */
export interface PackFileView {
  path: string
  text: string
}
/** GET /api/definitions/:pack/versions — the newest first. */
export interface PackVersionView {
  number: number
  version: string
  at: string
  by: string | null
  note: string | null
  openInstances: number
}

/** GET /api/entities/:entity — the definition resolved for this user (fields he may not read are absent). */
export interface EntityView {
  key: string
  title: string
  titlePlural: string
  /** Grammatical gender of the title: «nuevo local», «nueva máquina». */
  gender: 'm' | 'f'
  /** Shown schema: annotations included, for columns, sections and options. */
  schema: FormSchema
  list: {
    columns: string[]
    filters: FilterView[]
    search: string[]
    sort: string
    card: string[]
    /** Fields the list can be sorted by, with `updatedAt` and `createdAt`; another one is refused. */
    sortable: string[]
  }
  sections: { title: string; fields: string[] }[]
  stateField: string | null
  codeField: string | null
  /** Colours, icons and names of states, in the order of the definition; the portal gets its own names. */
  states: StateView[]
  related: ({ key: string; entity: string; by: string; title: string; inline: boolean } & RelatedStart)[]
  may: {
    create: boolean
    edit: boolean
    delete: boolean
    history: boolean
    export: boolean
    import: boolean
    print: boolean
  }
  /** Buttons over the list. */
  actions: ActionView[]
  /** A record of this entity is made by starting this process (its form replaces the plain one). */
  startProcess: { key: string; title: string } | null
  /** Its records are people who sign in: their page shows the account. */
  account?: boolean
  /** Form for creating and editing; null where nobody edits directly. */
  form: FormView | null
  /** What the form's expressions know for a new record (absent: only the actor and the clock). */
  environment?: FormEnvironmentView
  /** Names of what a new record begins with: field → {id → label}. */
  labels: Record<string, Record<string, string>>
}
/** A button of the pack that this person has. */
export interface ActionView {
  key: string
  title: string
  kind: 'primary' | 'neutral' | 'danger'
  /** Asked before; null: nothing is. */
  confirm: string | null
  /** A reason is asked for. */
  reason: boolean
}
/** What an action did, in a sentence. */
export interface ActionResultView {
  message: string
}
export interface StateView {
  value: string
  title: string
  color: string | null
  icon: string | null
  terminal: boolean
}
/**
 * One filter of a list. In the address: `filter.<name>=value`, repeated for several values (any of them), and
 * - `range`: `filter.<name>.from=`, `filter.<name>.to=`, both included, one may be left out; of a date each may be a day,
 *   a month (`2026-07`) or a year (`2026`), and `filter.<name>=2026-07` is that month;
 * - where `empty` is true: `filter.<name>.empty=true` (has no value) or `=false` (has one);
 * - `rule`: `filter.<name>=true`, or with `params` `filter.<name>.<param>=value` for those that are given.
 */
export interface FilterView {
  name: string
  title: string
  /** `text` contains (accents and case apart), `prefix` begins with. */
  kind: 'text' | 'prefix' | 'equals' | 'range' | 'reference' | 'catalog' | 'rule'
  /** For `equals`. */
  options?: { value: string; title: string }[]
  /**
   * For `range`: `date` or `number`. For `reference`: the entity (`$user`: people). For `catalog`: the catalogue. For
   * `text` and `prefix`: the entity whose values of this field are proposed.
   */
  of?: string
  /** For `catalog`: the filter (or parameter) beside it whose values narrow its rows. */
  parent?: string
  /** `filter.<name>.empty` is understood. */
  empty?: boolean
  /** For `rule`: what it asks for; absent: it is only switched on. */
  params?: FilterView[]
}

/** A form as the page draws it: schema and validator are served under one hash. */
export interface FormView {
  id: string
  /** Whose fields it shows; absent: none. */
  entity?: string
  hash: string
  title: string | null
  help: string | null
  /** Words of the final button where no outcome names it (start forms). */
  submit: string | null
  /** Pattern of what is asked once more before it is sent. */
  confirm?: string
  schema: FormSchema
  uiSchema: JsonObject
  /** URL of the precompiled validator module. */
  validator: string
  sections: { title: string; fields: string[]; columns?: number; 'x-visible-when'?: string }[]
}

export interface RecordView {
  id: string
  entity: string
  revision: number
  label: string
  data: JsonObject
  /** Names of what references point at: field → {id → label}. */
  labels: Record<string, Record<string, string>>
  permissions: {
    edit: boolean
    delete: boolean
    /** Make it inactive, or active again. */
    inactivate: boolean
    /** Change what is fixed, with a reason. */
    correct: boolean
    fields: string[]
  }
  /** Since when it is offered nowhere any more; null: it is in use. */
  inactiveAt: string | null
  /** Set for who looks at deleted records (`status=deleted`). */
  deletedAt: string | null
  /** "Por completar": the first edit asks for all that is mandatory. */
  incomplete: boolean
  createdAt: string
  updatedAt: string
  updatedBy: string | null
  /** In a list narrowed by a filter over several fields: which of them matched, and what they say. */
  matched?: { filter: string; title: string; text: string }[]
}
/** GET /api/records/:entity/:id adds what the record page needs. */
export interface RecordPageView extends RecordView {
  /** "A quién le toca": one per open task; empty when nothing is expected. */
  turn: { task: string; title: string; who: string; since: string; dueAt: string | null }[]
  /** Open tasks of the record that this user may do; the first is the main button. */
  tasks: TaskView[]
  /** Messages this user may send now (other moves): buttons. */
  messages: MessageView[]
  /** Buttons of the pack's actions. */
  actions: ActionView[]
  instances: { id: string; process: string; title: string; status: string }[]
  /** What the entity form's expressions know while this record is edited. */
  environment?: FormEnvironmentView
}
/** GET /api/records/:entity/:id/correction */
export interface CorrectionView {
  form: FormView
  data: JsonObject
  labels: Record<string, Record<string, string>>
  environment: FormEnvironmentView
  revision: number
  /** What may not be corrected any more, and why; `unlock`: it may in spite of that, this once. */
  closed: { field: string; title: string; message: string; unlock: boolean }[]
}
/** POST /api/entities/:entity/code: what a new record's code would be now; null while what it is made of is not chosen. */
export interface CodePreview {
  code: string | null
}
/** POST /api/entities/:entity/lookup: another record with the same value, and what of it may be copied into this form. */
export interface LookupView {
  /** `title` says in words what was found. */
  found: { entity: string; id: string; label: string; title: string; data: JsonObject } | null
}
/** `details.dependents` of 409 `record.referenced`: what still refers to a record, by kind. */
export interface DependentsView {
  entity: string
  /** Of one or of several, by `count`. */
  title: string
  count: number
  /** The first of those that this user may read. */
  items: { id: string; label: string }[]
}
export interface MessageView {
  instance: string
  name: string
  label: string
  kind: 'primary' | 'neutral' | 'danger'
  confirm: string | null
  /** A reason must be given. */
  reason: boolean
  form: FormView | null
}

export interface ListView<T> {
  items: T[]
  total?: number
  totalAtLeast?: number
  page: number
  size: number
}

/** GET /api/views/:entity: a list as somebody keeps it, without what this person may not read. */
export interface SavedViewView {
  id: string
  name: string
  /** `q`, `sort`, `status` and `filter.…` of GET /api/records/:entity, as a query string. */
  search: string
  /** null: the columns of the definition. */
  columns: string[] | null
  shared: boolean
  mine: boolean
  /** Who made it. */
  owner: string
  /** The list opens with it, for the person who asks. */
  isDefault: boolean
  /** May this person change, share or delete it? */
  editable: boolean
}

/** POST /api/records/:entity/:id/print */
export interface PrintedRecordView {
  record: RecordView
  printedAt: string
  printedBy: string
}
/** A changed field of a history: as stored, and as a person reads it. */
export interface ChangeView {
  field: string
  title: string
  before: unknown
  after: unknown
  /** '' for nothing. */
  text: { before: string; after: string }
  /** For a sub-list: what became of each row that did not stay the same. */
  rows?: {
    kind: 'added' | 'removed' | 'changed'
    name: string
    cells: { title: string; before: string; after: string }[]
  }[]
}
export interface HistoryEntry {
  id: string
  at: string
  kind: 'created' | 'changed' | 'state' | 'task' | 'mail' | 'file' | 'started' | 'ended' | 'message' | 'incident'
  who: string | null
  /** One sentence in plain Spanish. */
  text: string
  changes?: ChangeView[]
  files?: FileView[]
  mail?: { to: string; subject: string; status: 'pending' | 'sent' | 'failed'; template: string }
}

export interface TaskView {
  id: string
  /** Node id in the process. */
  key: string
  title: string
  instance: string
  process: string
  record: { entity: string; id: string; label: string; state: string | null } | null
  assignee: { id: string; name: string } | null
  candidates: string[]
  /** From whom: who did the step before. */
  from: string | null
  createdAt: string
  dueAt: string | null
  priority: number
  status: 'open' | 'completed' | 'cancelled'
  completedBy: string | null
  completedAt: string | null
  outcome: string | null
  /** May this user complete it now? */
  mine: boolean
  /** The absent person for whom he would: set when it is his only as a substitute. */
  standInFor: string | null
  /** Its clock stands still: why, who stopped it and when; what it would have been due. */
  pause: { label: string; comment: string; by: string; at: string; dueAt: string | null } | null
}
export interface TaskPageView extends TaskView {
  form: FormView
  /** Proposed values: the record's fields of the form, defaults, and the user's draft when there is one. */
  data: JsonObject
  labels: Record<string, Record<string, string>>
  draft: { data: JsonObject; savedAt: string } | null
  outcomes: OutcomeView[]
  /** What this person may stop its clock for. */
  pauses: { key: string; label: string }[]
  context: string[]
  /** What expressions of the form know on this side. */
  environment: FormEnvironmentView
}
export interface OutcomeView {
  key: string
  label: string
  kind: 'primary' | 'neutral' | 'danger'
  confirm: string | null
  reason: boolean
  reauthenticate: boolean
}
/** The server's part of a FormEnvironment, as data. */
export interface FormEnvironmentView {
  record: JsonObject | null
  ref: Record<string, JsonObject | null>
  facts: JsonObject
  settings: JsonObject
  actor: { id: string | null; roles: string[]; front: Front | null }
  now: string
  timeZone: string
  /** Where some facts depend on what is typed: how to ask for them again. */
  ask?: FactsQuestion | null
}
/** How a page asks for the facts of a form again. */
export interface FactsQuestion {
  operation: 'recordFacts' | 'taskFacts' | 'processFacts'
  params: Record<string, string>
  /** The record being changed (`recordFacts`). */
  id?: string
  /** When one of these fields changes. */
  fields: string[]
}
/** POST /api/records/:entity/facts, /api/tasks/:id/facts, /api/processes/:key/facts */
export interface FactsView {
  facts: JsonObject
}

/** GET /api/processes/:key */
export interface ProcessView {
  key: string
  title: string
  version: number
  entity: string | null
  form: FormView
  data: JsonObject
  labels: Record<string, Record<string, string>>
  draft: { data: JsonObject; savedAt: string } | null
  environment: FormEnvironmentView
}
/** GET /api/public/processes: what anybody may begin, without a session. */
export interface PublicProcessSummary {
  key: string
  title: string
}
/** GET /api/public/processes/:key */
export interface PublicProcessView {
  key: string
  title: string
  form: FormView
  data: JsonObject
  environment: FormEnvironmentView
}
export interface InstanceView {
  id: string
  process: string
  title: string
  version: number
  status: 'running' | 'completed' | 'cancelled' | 'incident'
  record: { entity: string; id: string } | null
}
/** GET /api/instances/:id */
export interface InstancePageView extends InstanceView {
  xml: string
  /** Nodes and flows in the order travelled. */
  visits: { id: string; at: string; who: string | null; event: 'enter' | 'leave'; flow: boolean }[]
  open: string[]
  /** The same as text, for people who do not see the picture. */
  outline: { id: string; name: string; type: string; status: 'done' | 'open' | 'pending' }[]
}
export interface StartAnswer {
  instance: InstanceView
  tasks: TaskView[]
}
export interface CompleteAnswer {
  task: TaskView
  next: TaskView[]
}

/** GET /api/substitutions: somebody does an absent person's work. Days without time: `2026-03-02`, both included. */
export interface SubstitutionView {
  id: string
  absent: { id: string; name: string }
  substitute: { id: string; name: string }
  from: string
  to: string
  /** What it is limited to; empty: all. */
  roles: { key: string; title: string }[]
  processes: { key: string; title: string }[]
  note: string | null
  /** over: its last day is past. ended: somebody ended it before. */
  status: 'planned' | 'active' | 'over' | 'ended'
  /** Who arranged it, where it was not the absent person. */
  createdBy: string | null
  mayEnd: boolean
}
/** GET /api/substitutions/choices */
export interface SubstitutionChoicesView {
  people: { id: string; name: string; roles: { key: string; title: string }[] }[]
  processes: { key: string; title: string }[]
}

export interface FileView {
  id: string
  name: string
  type: string
  size: number
  sha256: string
}
/** GET /api/files/:id/info */
export interface FileInfoView extends FileView {
  uploadedAt: string
  uploadedBy: string | null
}

export interface NoticeView {
  id: string
  at: string
  subject: string
  text: string
  link: string | null
  urgency: 'act' | 'info'
  read: boolean
}

/** Definitions for the studio. */
/** GET /api/definitions */
export interface PackSummary {
  name: string
  title: string
}
/** GET /api/definitions/:pack */
export interface PackView {
  name: string
  title: string
  version: string
  number: number
  files: { path: string; kind: string; title: string }[]
  roles: { key: string; title: string }[]
  groups: { key: string; title: string }[]
  entities: { key: string; title: string; fields: { key: string; title: string; type: string }[] }[]
  forms: { key: string; title: string; entity: string | null }[]
  templates: string[]
}
export interface DraftView {
  id: string
  pack: string
  base: number
  /** Changed files only. */
  files: Record<string, string>
  revision: number
  updatedAt: string
  updatedBy: string
}
export interface FindingView {
  code: string
  severity: 'error' | 'warn'
  file: string
  at: string
  message: string
  cure: string | null
}
export interface PublishAnswer {
  number: number
  version: string
  findings: FindingView[]
}

/** POST /api/definitions/:pack/migrate: cases that go on (or, tried only, could go on) in the other version. */
export interface MigrationView {
  moved: MigratedCase[]
  /** Cases that stay, and why. When there is one at the first try, nothing was changed. */
  blocked: (MigratedCase & { node: string | null; message: string })[]
}
export interface MigratedCase {
  instance: string
  process: string
  record: { entity: string; id: string } | null
  /** Name of the record. */
  label: string
}

/** GET /api/incidents */
export interface IncidentView {
  id: string
  at: string
  /** What went wrong, for people; `detail` is the technical cause. */
  title: string
  detail: string
  code: string
  instance: { id: string; process: string; title: string } | null
  record: { entity: string; id: string; label: string } | null
  node: string | null
  status: 'open' | 'resolved'
  /** What may be done about it. */
  actions: ('retry' | 'move' | 'cancel' | 'dismiss')[]
  /** Steps that `move` may lead to. */
  places: { id: string; name: string }[]
  attempts: number | null
  resolution: { action: string; reason: string; by: string | null; at: string } | null
}

/** GET /api/records/:entity/:id/account: the account behind a person's record, and the work he holds. */
export interface AccountCardView {
  /** `none`: he may not sign in yet. */
  state: 'none' | 'no-password' | 'active' | 'locked' | 'inactive'
  lockedUntil: string | null
  lastSignInAt: string | null
  tasks: { id: string; title: string; record: string | null }[]
  records: { entity: string; id: string; label: string; title: string }[]
  /** Blocked on request: not active whatever the record says. */
  blocked: boolean
  /** The second factor he gives, if any. */
  secondFactor: 'app' | 'mail' | null
  /** `personal`: block or anonymise on request. */
  may: { sendLink: boolean; reassign: boolean; personal: boolean; resetSecondFactor: boolean }
}

/** GET /api/settings/calendar: the holidays of a year. */
export interface CalendarView {
  year: number
  days: {
    /** YYYY-MM-DD */
    day: string
    name: string
    /** A holiday of the country or of the packs. */
    official: boolean
    /** Does nobody work on it? false: the company works on an official holiday. */
    holiday: boolean
    /** Said by the company, and not by the official calendar. */
    own: boolean
  }[]
  /** Newest first. */
  changes: {
    at: string
    who: string
    day: string
    name: string
    change: 'added' | 'removed' | 'worked' | 'restored'
    reason: string
  }[]
}

/** GET /api/explain: one sentence a person would say, and the rules behind it. */
export interface ExplainView {
  allowed: boolean
  sentence: string
  details: string[]
}

/** GET /api/roles: who may do what, as it is in force. Subjects are role keys and `@group`. */
export interface MatrixView {
  pack: string
  /** Counts the changes made in the browser; a change names the one it was made on. */
  revision: number
  roles: MatrixRole[]
  groups: { key: string; title: string; roles: string[] }[]
  things: MatrixThing[]
  /** thing → subject → actions. */
  can: Record<string, Record<string, string[]>>
  /** The same as the pack says it. */
  seed: Record<string, Record<string, string[]>>
  /** entity → subject → row rule. */
  rows: Record<string, Record<string, string>>
  /** entity → field → subjects it is kept for. */
  fields: Record<string, Record<string, { read?: string[]; edit?: string[] }>>
  /** Rights that stand above the matrix, with why. */
  fixed: { thing: string; action: string; only: string[]; because: string }[]
  /** Pairs of steps that one person may not both do. */
  separate: { first: string; then: string; because: string }[]
  mayEdit: boolean
}
export interface MatrixRole {
  key: string
  title: string
  description: string | null
  front: Front
  /** Never renamed, retired, nor given less than the pack gives it. */
  protected: boolean
  retired: boolean
  /** Made in the browser. */
  own: boolean
  /** Active people who have it. */
  holders: number
}
export interface MatrixThing {
  key: string
  title: string
  kind: 'entity' | 'process' | 'platform'
  actions: { key: string; title: string }[]
  fields: { key: string; title: string }[]
}
export type MatrixChange =
  | { kind: 'cell'; thing: string; subject: string; actions: string[] }
  | { kind: 'row'; thing: string; subject: string; rule: string | null }
  | { kind: 'field'; thing: string; field: string; read: string[] | null; edit: string[] | null }
  | { kind: 'role'; role: string; title: string; description?: string; front?: Front }
  | { kind: 'retire'; role: string; retired: boolean }
  | { kind: 'group'; group: string; roles: string[] }
/** POST /api/roles/preview: what changes would mean, in words; nothing is saved. */
export interface MatrixPreview {
  texts: string[]
}
/** GET /api/roles/history */
export interface MatrixHistoryEntry {
  id: string
  at: string
  who: string
  reason: string
  texts: string[]
  changes: { at: string; before: unknown; after: unknown }[]
}

export interface ErrorBody {
  code: string
  message: string
  issues?: Issue[]
  findings?: FindingView[]
  requestId: string
  /** What the caller needs to go on, by code (`DependentsView[]` of `record.referenced`). */
  details?: unknown
}

/** A row of the audit, for the report. */
export interface AuditRowView {
  id: string
  at: string
  who: string
  /** What somebody typed who could not sign in. */
  email: string | null
  /** Whom the person stood in for. */
  onBehalf: string | null
  front: Front | null
  ip: string | null
  action: string
  actionTitle: string
  module: string
  moduleTitle: string
  record: { entity: string; id: string; label: string } | null
  /** How many fields changed. */
  changed: number
}
/** Before and after of one field in plain words; '' for nothing. */
export interface AuditChangeView {
  field: string
  title: string
  before: string
  after: string
}
export interface AuditDetailView extends AuditRowView {
  userAgent: string | null
  /** Id of the HTTP request, as in the log. */
  request: string | null
  changes: AuditChangeView[]
  details: { title: string; text: string }[]
  /** Number of the seal that holds the row; null for a few seconds. */
  seal: { number: number; at: string } | null
}
export interface AuditFiltersView {
  filters: FilterView[]
  may: { export: boolean }
}

/** GET /api/reports: what this person may run. */
export interface ReportSummary {
  key: string
  title: string
  description: string | null
}
/** GET /api/reports/:report: its groups, each followed by those within it. */
export interface ReportView extends ReportSummary {
  entity: string
  filters: FilterView[]
  /** What the records are put together by, from the outermost. */
  levels: {
    field: string
    title: string
    /** Days put together: a group of `month` has `2026-07` in its path. */
    by: 'day' | 'month' | 'year' | null
  }[]
  measures: ReportMeasureView[]
  /** Fields of the single records, for GET /api/reports/:report/rows; empty: it shows none. */
  columns: string[]
  groups: ReportGroupView[]
  total: Pick<ReportGroupView, 'count' | 'values'>
  may: { export: boolean }
}
export interface ReportMeasureView {
  title: string
  fold: 'count' | 'sum' | 'avg' | 'min' | 'max'
  kind: 'number' | 'date'
  scale: number
  /** Kept as "0.18", shown as 18 %. */
  percent: boolean
  unit: string | null
}
export interface ReportGroupView {
  /** The value at each level down to this one. */
  path: Json[]
  /** In the language of the pack. */
  title: string
  /** Records in it. */
  count: number
  /** Of each measure, an amount for every currency; empty: no record has one. */
  values: ReportAmount[][]
}
export interface ReportAmount {
  /** null: no money. */
  currency: string | null
  value: string
}

/** GET /api/privacy: the notice in force and when this person accepted it; null where there is none. */
export type PrivacyView = {
  version: string
  title: string
  sections: { title: string; text: string }[]
  acceptedAt: string | null
} | null

/** GET /api/exports/:id — a list on its way into a file. */
export interface ExportView {
  id: string
  /** What its records are; null: the audit. */
  entity: string | null
  /** What it is about: the records of a list, a report, the audit. */
  title: string
  format: 'xlsx' | 'pdf' | 'csv'
  /** Name of the file. */
  name: string
  /** expired: the file was kept its time and is gone. */
  status: 'writing' | 'ready' | 'failed' | 'cancelled' | 'expired'
  /** Records that it holds, and those written so far. */
  rows: number
  done: number
  /** Bytes, once it is ready. */
  size: number
  problem: string | null
  startedAt: string
  endedAt: string | null
  /** How long the file is kept, once it is ready. */
  until: string | null
}

/** GET /api/imports/:entity/:id — a sheet on its way into records. */
export interface ImportView {
  id: string
  entity: string
  fileName: string
  /** ready: say what its columns are. checked: decide. The others go on, or have ended, by themselves. */
  status: 'reading' | 'ready' | 'checking' | 'checked' | 'applying' | 'done' | 'stopped' | 'failed' | 'cancelled'
  /** `target`: the field that the column goes to; null: none. */
  columns: { title: string; target: string | null; samples: string[] }[]
  /** Where a column may go. `list`: a column of a sub-list, `list.column`. */
  targets: { name: string; title: string; required: boolean; list: boolean }[]
  /** Texts for fields that no column gives. */
  fixed: Record<string, string>
  mode: 'all' | 'valid' | null
  /** Rows with warnings go in, too. */
  warned: boolean
  /** `warned`: of the new and changed ones, those with warnings. */
  counts: {
    rows: number
    new: number
    changed: number
    same: number
    errors: number
    warned: number
    applied: number
  }
  /** The last row of the sheet that the stage under way is done with. */
  done: number
  /** The first rows as they will be. */
  preview: ImportRowView[]
  /** The first rows with errors, and the first with warnings. */
  errors: ImportRowView[]
  warnings: ImportRowView[]
  problem: string | null
  startedAt: string
  endedAt: string | null
}
export interface ImportRowView {
  /** As the spreadsheet counts, from 1. */
  number: number
  outcome: 'new' | 'changed' | 'same' | 'error' | 'part' | null
  /** Title of the field → its value as people read it. */
  texts: Record<string, string>
  issues: string[]
  warnings: string[]
  record: string | null
}

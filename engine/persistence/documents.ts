/** What is stored, one interface per collection. `tenant` is added by the collections themselves. */
import type { Json, JsonObject } from '#forms'

export interface UserDoc {
  _id: string
  email: string
  name: string
  roles: string[]
  front: 'staff' | 'portal'
  /** argon2id, encoded; null while the person has no password. */
  passwordHash: string | null
  /** Scope name → record ids the account is limited to. */
  scope: Record<string, string[]>
  active: boolean
  /** The record that says all this (`x-account`); absent for an account that no record stands behind. */
  record?: { entity: string; id: string } | null
  failures: number
  lockedUntil: Date | null
  createdAt: Date
  /** When the person last set the password. */
  passwordSetAt?: Date | null
  /** Blocked on request: not active whatever the record says. */
  blocked?: { at: Date; by: string | null; wasActive: boolean } | null
  /** When the person's data was taken away for good. */
  anonymisedAt?: Date | null
}
/** That a person accepted a version of the privacy notice. Never changed. */
export interface AcceptanceDoc {
  _id: string
  user: string
  version: string
  at: Date
  ip: string | null
  userAgent: string | null
}
export interface SessionDoc {
  /** SHA-256 of the cookie's value, hex: the value itself is never stored. */
  _id: string
  user: string
  front: 'staff' | 'portal'
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  idleMinutes: number
  ip: string
  userAgent: string
  /** When the password was last given. */
  confirmedAt: Date
  /** Good for nothing but setting up the second factor that the policy asks for. */
  enrolling: boolean
}
/** A link for setting the password. The id finds it; of its secret only the SHA-256 is kept. */
export interface PasswordTokenDoc {
  _id: string
  user: string
  purpose: 'create' | 'reset'
  hash: string
  createdAt: Date
  expiresAt: Date
  /** Wrong secrets given for this id. */
  tries: number
}
/** Tries and limits per key (`sign-in:<e-mail>`, `ip:<address>` …): here, not in memory, so that a restart forgives nothing. */
export interface AttemptDoc {
  _id: string
  /** Failures in a row. */
  count: number
  /** Refused until then. */
  until: Date | null
  /** Moments of what is limited per time. */
  at: Date[]
  expiresAt: Date
}
export interface SecondFactorDoc {
  /** The user's id. */
  _id: string
  /** null: not enrolled (yet). */
  method: 'app' | 'mail' | null
  /** Of the authenticator app, encrypted with SECRET_KEY. */
  secret: string | null
  /** The last time step that a code was taken of: none is taken twice. */
  lastStep: number
  /** Keyed hashes of the recovery codes left. */
  recovery: string[]
  enrolledAt: Date | null
  /** What is being set up. */
  pending: { method: 'app' | 'mail'; secret: string | null; expiresAt: Date } | null
  /** The code sent by mail, as a keyed hash. */
  code: { hash: string; expiresAt: Date } | null
}
/** Somebody does an absent person's work for some days (FM-D-132). Never deleted. */
export interface SubstitutionDoc {
  _id: string
  absent: string
  substitute: string
  /** First and last day, in the time zone of the installation: `2026-03-02`. */
  from: string
  to: string
  /** Roles and processes it is limited to; empty: all. */
  roles: string[]
  processes: string[]
  note: string | null
  createdAt: Date
  createdBy: string | null
  /** When it was ended before its last day. */
  endedAt: Date | null
  endedBy: string | null
}
export interface PackVersionDoc {
  _id: string
  pack: string
  /** Counts up per pack, from 1. */
  number: number
  version: string
  hash: string
  /** gzip of the JSON of the files. */
  files: Buffer
  /** Made in the browser, or read from disk. */
  origin: 'files' | 'studio'
  note: string | null
  installedAt: Date
  installedBy: string | null
}
export interface PackDraftDoc {
  _id: string
  base: number
  /** [path, text] of changed files only (paths hold dots, which keys may not). */
  files: { path: string; text: string }[]
  revision: number
  updatedAt: Date
  updatedBy: string
}
export interface RecordDoc {
  _id: string
  revision: number
  data: JsonObject
  label: string
  /** The number its history had reached when it was written (see order.ts). */
  order?: number
  /** Folded text of the searched fields. */
  search: string
  /** What lists find and sort it by (see packs/listKeys.ts); absent until an install has made it. */
  tails?: string[]
  keys?: Record<string, string | number>
  listed?: string
  /** Earlier codes: they still find the record. */
  aliases: string[]
  pack: { name: string; number: number }
  createdAt: Date
  createdBy: string | null
  updatedAt: Date
  updatedBy: string | null
  deletedAt: Date | null
  /** Since when it is offered nowhere any more; it keeps its history. */
  inactiveAt?: Date | null
  /** Loaded at installation without all that is mandatory, and not edited since. */
  incomplete?: boolean
  /** Fixed fields that were corrected although their correction was closed: once each. */
  unlocked?: string[]
  /** Of an entity with a timeline (`x-effective`). */
  effective?: RecordTime | null
}
/** Where a record stands on its timeline. */
export interface RecordTime {
  /** It is on the timeline: neither cancelled nor left out by the rule of the entity. */
  counts: boolean
  /** The day on which the next one begins: YYYY-MM-DD. */
  until: string | null
  cancelled: { at: Date; by: string | null; byName: string; reason: string } | null
}
export interface InstanceDoc {
  _id: string
  process: string
  pack: { name: string; number: number }
  definitionHash: string
  status: 'running' | 'completed' | 'cancelled' | 'incident'
  record: { entity: string; id: string } | null
  revision: number
  /** The number its history has reached: what comes next comes after it, whatever the clock (see order.ts). */
  order?: number
  /** gzip of the JSON of the engine's state; null when ended. */
  state: Buffer | null
  vars: JsonObject
  /** What is open, by executionId. */
  waits: { executionId: string; node: string; kind: string; message: string | null }[]
  /** executionIds of service tasks that wait for their result. */
  jobs?: string[]
  /** The outcome and form of the last task per token are inside the engine's state. */
  /** The case that called this one, and the call it waits in. */
  parent: { instance: string; executionId: string } | null
  /** The ended case that this one re-opens. */
  reopens?: string | null
  /** As it was in version `number` before it was moved; good as long as the revision is still `revision`. */
  undo?: {
    number: number
    revision: number
    state: Buffer | null
    waits: InstanceDoc['waits']
    mapping: { from: string; to: string }[]
  } | null
  startedBy: string | null
  startedAt: Date
  endedAt: Date | null
}
export interface TaskDoc {
  /** The wait's executionId makes it unique within the instance; the id of the task is its own. */
  _id: string
  executionId: string
  instance: string
  process: string
  pack: { name: string; number: number }
  node: string
  title: string
  form: string | null
  record: { entity: string; id: string } | null
  recordLabel: string | null
  assignee: string | null
  /** Everything that may hold a candidate, as one list of keys to search: `role:x`, `user:<id>`, `party:<recordId>:<role|*>`. */
  candidates: string[]
  /** Whose inbox it stands in: `user:<assignee>`, else the first candidate. One text, so that an index serves the inbox. */
  turn: string | null
  /** Candidates who may do it too, though it is not their turn. */
  also: string[]
  /** `dueAt`, or the end of time: what has no date comes last. */
  dueSort: Date
  /** Steps of the same case, with blanks between, whose doer may not do this one. */
  notSameAs: string | null
  priority: number
  dueAt: Date | null
  status: 'open' | 'completed' | 'cancelled'
  from: string | null
  createdAt: Date
  completedBy: string | null
  /** Whom `completedBy` stood in for. */
  completedFor?: string | null
  completedAt: Date | null
  outcome: string | null
  form_data: JsonObject | null
  /** While its clock is stopped: why, by whom, and what was due when. Then `dueAt` is null. */
  pause?: {
    key: string
    label: string
    comment: string
    by: string | null
    byName: string
    at: Date
    dueAt: Date | null
    timers: { id: string; dueAt: Date }[]
    reminders: { id: string; dueAt: Date }[]
  } | null
}
export interface HistoryDoc {
  _id: string
  /** Order within the record, by commit. */
  at: Date
  sequence: number
  record: { entity: string; id: string } | null
  instance: string | null
  kind: 'created' | 'changed' | 'state' | 'task' | 'mail' | 'file' | 'started' | 'ended' | 'message' | 'incident'
  actor: string | null
  actorName: string | null
  text: string
  changes: { field: string; before: Json; after: Json }[]
  files: string[]
  outbox: string | null
  /** 'staff': never shown on the portal. */
  audience: 'all' | 'staff'
}
/** The way that one step of a case went. */
export interface VisitDoc {
  _id: string
  instance: string
  sequence: number
  at: Date
  actorName: string | null
  /** In order: `+node` entered, `-node` left, `>flow` taken. Short, because each step of each case writes one. */
  path: string[]
}
export interface AuditDoc {
  _id: string
  at: Date
  sequence: number
  actor: string | null
  actorName: string | null
  /** Whom the actor stood in for. */
  onBehalf: { id: string; name: string } | null
  front: 'staff' | 'portal' | null
  ip: string | null
  userAgent: string | null
  /** Id of the HTTP request, as in the log; null for jobs. */
  request: string | null
  action: string
  /** Entity, process or part of the platform it belongs to: what the report is filtered by. */
  module: string
  thing: string | null
  entity: string | null
  record: string | null
  /** Name of the record when it happened, where it was known. */
  label: string | null
  instance: string | null
  changes: { field: string; before: Json; after: Json }[]
  details: JsonObject
}
/** A link of the chain that the rows of the audit are sealed into. */
export interface AuditSealDoc {
  /** `<tenant>:<number>`: nobody can write the same link twice. */
  _id: string
  /** From 1, without gaps. */
  number: number
  at: Date
  /** Least and greatest sequence of its rows. */
  from: number
  to: number
  count: number
  /** Rows in this seal and all before. */
  total: number
  ids: string[]
  /** SHA-256 of each row, 32 bytes each, in the order of `ids`. */
  digests: Buffer
  /** SHA-256 over ids and digests, hex. */
  digest: string
  /** `hash` of the seal before, 64 zeros for the first. */
  previous: string
  /** SHA-256 over everything above but `ids` and `digests`, hex. */
  hash: string
}
/** The head of the chain on one day, told to the outside too. */
export interface AuditAnchorDoc {
  /** `<tenant>:<day>` */
  _id: string
  /** In the time zone of the installation: `2026-03-09`. */
  day: string
  at: Date
  number: number
  total: number
  hash: string
  /** Answer of the time-stamping authority (RFC 3161), base64; null without one. */
  timestamp: string | null
}
export interface OutboxDoc {
  _id: string
  /**
   * service: work of a service task. call: start a called process. return: its end, for the caller. secret-mail: a mail
   * whose secret is made when it is sent, so that no queue holds it. renew: records that follow a change of another.
   */
  kind: 'mail' | 'service' | 'call' | 'return' | 'secret-mail' | 'renew'
  /** failed: given up; an incident says why. */
  status: 'pending' | 'sent' | 'failed' | 'cancelled'
  dueAt: Date
  attempts: number
  lease: Date | null
  /** Who holds the lease. */
  claimedBy?: string
  createdAt: Date
  doneAt: Date | null
  lastError: string | null
  record: { entity: string; id: string } | null
  instance: string | null
  executionId: string | null
  /** Mail: who, subject, text. Service: name and input. */
  payload: JsonObject
}
export interface TimerDoc {
  _id: string
  kind: 'timer' | 'notify' | 'escalate'
  instance: string
  executionId: string
  node: string
  dueAt: Date
  lease: Date | null
  payload: JsonObject
}
export interface IncidentDoc {
  _id: string
  instance: string | null
  node: string | null
  code: string
  message: string
  /** The event whose step failed; {} for an outbox row given up. */
  event: JsonObject
  outbox: string | null
  at: Date
  status: 'open' | 'resolved'
  actor: string | null
  resolution: { action: 'retry' | 'cancel' | 'dismiss' | 'move'; reason: string; by: string | null; at: Date } | null
}
export interface NoticeDoc {
  _id: string
  user: string
  sequence: number
  at: Date
  subject: string
  text: string
  link: string | null
  urgency: 'act' | 'info'
  readAt: Date | null
}
export interface FormDraftDoc {
  _id: string
  user: string
  key: string
  data: JsonObject
  savedAt: Date
}
/** A list as somebody wants it again: own, or shared with everybody who reads that list. */
export interface SavedViewDoc {
  _id: string
  entity: string
  owner: string
  ownerName: string
  shared: boolean
  name: string
  /** `q`, `sort`, `status` and `filter.…`, as a query string. */
  search: string
  columns: string[] | null
  /** Accounts whose list opens with it. */
  defaultFor: string[]
  updatedAt: Date
}
export interface RequestDoc {
  /** `<user>:<Idempotency-Key>`. */
  _id: string
  operation: string
  instance: string
  /** Tasks that the request opened. */
  opened: string[]
  at: Date
}
export interface CounterDoc {
  _id: string
  value: number
}
export interface FileDoc {
  _id: string
  name: string
  type: string
  size: number
  sha256: string
  /** Bytes of what was sent, where a smaller version of it is kept; null: it is kept as it came. */
  received?: number | null
  /** Id of the GridFS file with the small picture, once somebody asked for it. */
  thumb?: string | null
  /** 'receiving': its content is not complete (or is being removed); nobody sees it. */
  status: 'receiving' | 'stored'
  /** A PDF that asks for a password, or forbids what signing needs. */
  encrypted: boolean
  /** Id of the GridFS file. */
  blob: string
  uploadedBy: string
  uploadedAt: Date
  /** The record that holds it; null until a record or task is saved with it. */
  record: { entity: string; id: string } | null
}
/** A sheet on its way into records: what was chosen for it and how far it is. */
export interface ImportDoc {
  _id: string
  entity: string
  /** Whose rights it has, from beginning to end. */
  user: string
  ip: string | null
  userAgent: string | null
  /** The uploaded file and how it was called. */
  file: string
  fileName: string
  kind: 'xlsx' | 'csv'
  /**
   * reading: its rows are being stored. ready: its columns wait for their fields. checking: each row is tried. checked:
   * somebody decides. applying: rows become records. stopped: a row failed where all were to go in.
   */
  status: 'reading' | 'ready' | 'checking' | 'checked' | 'applying' | 'done' | 'stopped' | 'failed' | 'cancelled'
  /** Titles of the sheet's columns, and the field that each goes to (`field`, `list.column`; null: none). */
  columns: string[]
  mapping: (string | null)[]
  /** Field → text for fields that no column gives. */
  fixed: Record<string, string>
  /** all: every row or none. valid: the rows that are right. */
  mode: 'all' | 'valid' | null
  /** Rows with warnings go in, too. */
  warned: boolean
  counts: ImportCounts
  /** Number of the last row that the stage under way is done with. */
  cursor: number
  /** Why it failed or stopped, for people. */
  problem: string | null
  startedAt: Date
  endedAt: Date | null
  /** When it was worked on last: the one that waits longest is next. */
  turnAt: Date
  lease: Date | null
  claimedBy: string | null
}
export interface ImportCounts {
  rows: number
  new: number
  changed: number
  same: number
  errors: number
  /** Of the new and changed ones, those with warnings. */
  warned: number
  applied: number
}
export type ImportCell = string | boolean | null | { n: string } | { d: string }
/** A row of the sheet, as it came and what came of it. */
export interface ImportRowDoc {
  _id: string
  import: string
  /** As the spreadsheet counts, from 1. */
  number: number
  cells: ImportCell[]
  /** part: it goes on with the sub-lists of the row above. */
  outcome: 'new' | 'changed' | 'same' | 'error' | 'part' | null
  /** Values by field, references already found. */
  data: JsonObject | null
  /** What makes it one record, to find two rows about the same one. */
  keys: string[]
  /** The first rows: each field as people will read it. */
  texts: Record<string, string> | null
  issues: { field: string; message: string }[]
  /** What a form would ask to be confirmed, and whether there is any. */
  warnings: { field: string; message: string }[]
  warned: boolean
  /** The record that it became. */
  record: string | null
  applied: boolean
  at: Date
}
/** A list on its way into a file that somebody fetches later. */
export interface ExportDoc {
  _id: string
  /** What its records are; null: the audit. */
  entity: string | null
  /** What it is about, for people. */
  title: string
  /** Whose rights it has, from beginning to end, and who alone may fetch it. */
  user: string
  ip: string | null
  userAgent: string | null
  /** What was asked for, as JSON: names of filters may hold dots. */
  request: string
  format: 'csv' | 'xlsx' | 'pdf'
  /** Name of the file. */
  name: string
  /** expired: the file was kept its time and is gone. */
  status: 'writing' | 'ready' | 'failed' | 'cancelled' | 'expired'
  /** Records that it holds, and those written so far. */
  rows: number
  done: number
  /** Bytes, once it is ready. */
  size: number
  /** Content of the file, also while it is written: whoever goes on after a crash removes what is left. */
  blob: string | null
  /** How often somebody began to write it. */
  attempts: number
  /** Why there is no file, for people. */
  problem: string | null
  startedAt: Date
  endedAt: Date | null
  /** How long the file is kept. */
  until: Date | null
  fetchedAt: Date | null
  /** Whether its owner was left a notice, or needs none. */
  told: boolean
  lease: Date | null
  claimedBy: string | null
}
/** When the clock calls an action of a pack, and what the action keeps from run to run. */
export interface ScheduleDoc {
  /** `<tenant>:<pack>:<action>`. */
  _id: string
  /** null: only people run it. */
  dueAt: Date | null
  lease: Date | null
  /** Counted in every transaction of the action, so that no two of them pass each other. */
  writes: number
  memory: JsonObject
}
export interface SettingsDoc {
  /** Pack name. */
  _id: string
  values: JsonObject
  revision: number
}
/** What was changed in the browser over a pack's roles.json; see `RolesOverlay`. */
export interface RolesOverlayDoc {
  /** `<tenant>:<pack>`. */
  _id: string
  revision: number
  roles: Record<string, { title?: string; description?: string; front?: 'staff' | 'portal'; retired?: boolean }>
  groups: Record<string, string[]>
  can: Record<string, Record<string, string>>
  rows: Record<string, Record<string, string>>
  fields: Record<string, Record<string, { read?: string[]; edit?: string[] } | null>>
}
/** One change of the rights, append-only: who, when, why, and each place before and after. */
export interface RolesChangeDoc {
  _id: string
  pack: string
  revision: number
  at: Date
  actor: string | null
  actorName: string
  reason: string
  /** Sentences for people. */
  texts: string[]
  /** `at`: `can/cliente/planner`; values as in roles.json. */
  changes: { at: string; before: Json; after: Json }[]
}

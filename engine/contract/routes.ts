/**
 * The HTTP surface as data: method, path, who may ask, what it takes. Routes are mounted from it, the
 * OpenAPI document is assembled from it, and the client's typed fetch speaks it.
 */
import type { FormSchema } from '#forms'
import type { Front } from './shapes.ts'

export interface RouteDefinition {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  /** Express 5 syntax. */
  path: string
  fronts: Front[]
  /** false: no session needed. */
  session?: false
  summary: string
  /** JSON Schema of the body; absent: no body. */
  body?: FormSchema
  query?: Record<string, FormSchema>
  /** Name of the answer's shape in `shapes.ts`. */
  answers: string
  status?: number
}

const text = (maxLength: number): FormSchema => ({ type: 'string', maxLength })
const data: FormSchema = { type: 'object' }
const day: FormSchema = { type: 'string', pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' }
const both: Front[] = ['staff', 'portal']
const staff: Front[] = ['staff']
const closed = (required: string[], properties: Record<string, FormSchema>): FormSchema => ({
  type: 'object',
  required,
  properties,
  additionalProperties: false,
})

export const routes = {
  getSession: {
    method: 'GET',
    path: '/api/session',
    fronts: both,
    summary: 'Who is signed in',
    answers: 'SessionView',
  },
  signIn: {
    method: 'POST',
    path: '/api/session',
    fronts: both,
    session: false,
    summary: 'Sign in with e-mail and password',
    body: closed(['email', 'password'], {
      email: text(254),
      password: text(128),
      remember: { type: 'boolean' },
      otp: text(12),
    }),
    answers: 'SessionView',
    status: 201,
  },
  signOut: { method: 'DELETE', path: '/api/session', fronts: both, summary: 'Sign out', answers: 'Empty', status: 204 },
  listEntities: {
    method: 'GET',
    path: '/api/entities',
    fronts: both,
    summary: 'Entities this user may read',
    answers: 'EntitySummary[]',
  },
  getEntity: {
    method: 'GET',
    path: '/api/entities/:entity',
    fronts: both,
    summary: 'Definition resolved for this user',
    answers: 'EntityView',
  },
  listRecords: {
    method: 'GET',
    path: '/api/records/:entity',
    fronts: both,
    summary: 'Records: ?q= &filter.<field>= &filter.<field>.from= .to= &sort=-field &page= &size=',
    answers: 'ListView<RecordView>',
  },
  createRecord: {
    method: 'POST',
    path: '/api/records/:entity',
    fronts: both,
    summary: 'Create a record',
    body: closed(['data'], { data }),
    answers: 'RecordView',
    status: 201,
  },
  getRecord: {
    method: 'GET',
    path: '/api/records/:entity/:id',
    fronts: both,
    summary: 'One record',
    answers: 'RecordPageView',
  },
  updateRecord: {
    method: 'PATCH',
    path: '/api/records/:entity/:id',
    fronts: both,
    summary: 'Change fields (If-Match: revision)',
    body: closed(['data'], { data }),
    answers: 'RecordView',
  },
  deleteRecord: {
    method: 'DELETE',
    path: '/api/records/:entity/:id',
    fronts: both,
    summary: 'Delete (If-Match: revision)',
    body: closed([], { reason: text(2000) }),
    answers: 'Empty',
    status: 204,
  },
  getRecordHistory: {
    method: 'GET',
    path: '/api/records/:entity/:id/history',
    fronts: both,
    summary: 'What happened to a record',
    answers: 'ListView<HistoryEntry>',
  },
  getCatalog: {
    method: 'GET',
    path: '/api/catalogs/:catalog',
    fronts: both,
    summary: 'Rows of a catalogue, for choices',
    answers: 'CatalogView',
  },
  uploadFile: {
    method: 'POST',
    path: '/api/files',
    fronts: both,
    summary: 'Upload (multipart, field "file")',
    answers: 'FileView',
    status: 201,
  },
  downloadFile: {
    method: 'GET',
    path: '/api/files/:id',
    fronts: both,
    summary: 'Download, byte for byte',
    answers: 'binary',
  },
  describeFile: {
    method: 'GET',
    path: '/api/files/:id/info',
    fronts: both,
    summary: 'Name, type and size of a file',
    answers: 'FileView',
  },
  listProcesses: {
    method: 'GET',
    path: '/api/processes',
    fronts: both,
    summary: 'Processes this user may start',
    answers: 'ProcessSummary[]',
  },
  getProcess: {
    method: 'GET',
    path: '/api/processes/:key',
    fronts: both,
    summary: 'Start form of a process',
    answers: 'ProcessView',
  },
  startProcess: {
    method: 'POST',
    path: '/api/processes/:key/instances',
    fronts: both,
    summary: 'Start',
    body: closed(['data'], { data, warned: { type: 'boolean' } }),
    answers: 'StartAnswer',
    status: 201,
  },
  getInstance: {
    method: 'GET',
    path: '/api/instances/:id',
    fronts: both,
    summary: 'Diagram, way travelled, where it stands',
    answers: 'InstancePageView',
  },
  sendMessage: {
    method: 'POST',
    path: '/api/instances/:id/messages/:name',
    fronts: both,
    summary: 'A move that is not a task',
    body: closed([], { data, reason: text(2000) }),
    answers: 'CompleteAnswer',
  },
  listTasks: {
    method: 'GET',
    path: '/api/tasks',
    fronts: both,
    summary: 'Inbox: ?tab=mine|group|following &status= &record= &instance= &q= &page= &size=',
    answers: 'ListView<TaskView>',
  },
  getTask: {
    method: 'GET',
    path: '/api/tasks/:id',
    fronts: both,
    summary: 'A task with its form',
    answers: 'TaskPageView',
  },
  claimTask: {
    method: 'POST',
    path: '/api/tasks/:id/claim',
    fronts: both,
    summary: 'Take a task',
    body: closed([], {}),
    answers: 'TaskView',
  },
  releaseTask: {
    method: 'POST',
    path: '/api/tasks/:id/release',
    fronts: both,
    summary: 'Give a task back to the group',
    body: closed([], {}),
    answers: 'TaskView',
  },
  completeTask: {
    method: 'POST',
    path: '/api/tasks/:id/complete',
    fronts: both,
    summary: 'Finish a task with an outcome',
    body: closed(['outcome', 'data'], {
      outcome: text(100),
      data,
      reason: text(2000),
      password: text(128),
      warned: { type: 'boolean' },
    }),
    answers: 'CompleteAnswer',
  },
  saveDraft: {
    method: 'PUT',
    path: '/api/form-drafts/:key',
    fronts: both,
    summary: 'Keep what was typed (key: task:<id>, process:<key>, record:<entity>:<id|new>)',
    body: closed(['data'], { data }),
    answers: 'FormDraftView',
  },
  dropDraft: {
    method: 'DELETE',
    path: '/api/form-drafts/:key',
    fronts: both,
    summary: 'Forget what was typed',
    answers: 'Empty',
    status: 204,
  },
  listNotices: {
    method: 'GET',
    path: '/api/notifications',
    fronts: both,
    summary: 'Notices of this user',
    answers: 'ListView<NoticeView>',
  },
  readNotices: {
    method: 'POST',
    path: '/api/notifications/read',
    fronts: both,
    summary: 'Mark notices as read',
    body: closed([], { ids: { type: 'array', items: text(64), maxItems: 500 } }),
    answers: 'Empty',
    status: 204,
  },
  listSubstitutions: {
    method: 'GET',
    path: '/api/substitutions',
    fronts: staff,
    summary: 'Who does whose work: ?who=mine|all &page= &size=',
    answers: 'ListView<SubstitutionView>',
  },
  getSubstitutionChoices: {
    method: 'GET',
    path: '/api/substitutions/choices',
    fronts: staff,
    summary: 'People, roles and processes that a substitution may name',
    answers: 'SubstitutionChoicesView',
  },
  createSubstitution: {
    method: 'POST',
    path: '/api/substitutions',
    fronts: staff,
    summary: 'Let somebody do the work of an absent person (default: mine) for some days',
    body: closed(['substitute', 'from', 'to'], {
      absent: text(64),
      substitute: text(64),
      from: day,
      to: day,
      roles: { type: 'array', items: text(100), maxItems: 50 },
      processes: { type: 'array', items: text(100), maxItems: 50 },
      note: text(500),
    }),
    answers: 'SubstitutionView',
    status: 201,
  },
  endSubstitution: {
    method: 'DELETE',
    path: '/api/substitutions/:id',
    fronts: staff,
    summary: 'End a substitution at once',
    answers: 'SubstitutionView',
  },
  listPacks: {
    method: 'GET',
    path: '/api/definitions',
    fronts: staff,
    summary: 'Installed packs',
    answers: 'PackSummary[]',
  },
  getPack: {
    method: 'GET',
    path: '/api/definitions/:pack',
    fronts: staff,
    summary: 'Installed pack, for the studio',
    answers: 'PackView',
  },
  getPackFile: {
    method: 'GET',
    path: '/api/definitions/:pack/file',
    fronts: staff,
    summary: 'One file of the installed version (?path=)',
    answers: 'PackFileView',
  },
  listVersions: {
    method: 'GET',
    path: '/api/definitions/:pack/versions',
    fronts: staff,
    summary: 'Installed versions with open cases',
    answers: 'PackVersionView[]',
  },
  getDraft: {
    method: 'GET',
    path: '/api/drafts/:pack',
    fronts: staff,
    summary: 'The shared draft of a pack',
    answers: 'DraftView',
  },
  saveDraftFile: {
    method: 'PUT',
    path: '/api/drafts/:pack/file',
    fronts: staff,
    summary: 'Change one file of the draft (If-Match: revision)',
    body: closed(['path', 'text'], { path: text(200), text: text(2_000_000) }),
    answers: 'DraftView',
  },
  discardDraft: {
    method: 'DELETE',
    path: '/api/drafts/:pack',
    fronts: staff,
    summary: 'Throw the draft away',
    answers: 'Empty',
    status: 204,
  },
  checkDraft: {
    method: 'POST',
    path: '/api/drafts/:pack/check',
    fronts: staff,
    summary: 'Findings about the draft',
    body: closed([], {}),
    answers: 'FindingView[]',
  },
  publishDraft: {
    method: 'POST',
    path: '/api/drafts/:pack/publish',
    fronts: staff,
    summary: 'Install the draft as the next version',
    body: closed([], { note: text(500) }),
    answers: 'PublishAnswer',
  },
  migrateCases: {
    method: 'POST',
    path: '/api/definitions/:pack/migrate',
    fronts: staff,
    summary: 'Let the open cases of one version go on in another (mapping: node id → node id; dryRun: only say)',
    body: closed(['from', 'to'], {
      from: { type: 'integer', minimum: 1 },
      to: { type: 'integer', minimum: 1 },
      mapping: { type: 'object', additionalProperties: text(200) },
      dryRun: { type: 'boolean' },
    }),
    answers: 'MigrationView',
  },
  undoMigration: {
    method: 'POST',
    path: '/api/definitions/:pack/migrate/undo',
    fronts: staff,
    summary: 'Put cases back that were moved and have not gone on since',
    body: closed(['from', 'to'], { from: { type: 'integer', minimum: 1 }, to: { type: 'integer', minimum: 1 } }),
    answers: 'MigrationView',
  },
  listIncidents: {
    method: 'GET',
    path: '/api/incidents',
    fronts: staff,
    summary: 'Problems that wait for a person: ?status=open|resolved &page= &size=',
    answers: 'ListView<IncidentView>',
  },
  resolveIncident: {
    method: 'POST',
    path: '/api/incidents/:id/resolve',
    fronts: staff,
    summary: 'retry: try again; cancel: end the case; dismiss: nothing more to do',
    body: closed(['action', 'reason'], {
      action: { type: 'string', enum: ['retry', 'cancel', 'dismiss'] },
      reason: { type: 'string', minLength: 3, maxLength: 2000 },
    }),
    answers: 'IncidentView',
  },
  correlateMessage: {
    method: 'POST',
    path: '/api/messages/:name',
    fronts: staff,
    summary: 'A message for the case of a record that waits for it',
    body: closed(['record'], {
      record: closed(['entity', 'id'], { entity: text(100), id: text(64) }),
      data,
      reason: text(2000),
    }),
    answers: 'CompleteAnswer',
  },
  openapi: {
    method: 'GET',
    path: '/api/openapi.json',
    fronts: both,
    session: false,
    summary: 'This document',
    answers: 'OpenAPI',
  },
  health: {
    method: 'GET',
    path: '/health',
    fronts: both,
    session: false,
    summary: 'The process lives',
    answers: 'Health',
  },
  ready: { method: 'GET', path: '/ready', fronts: both, session: false, summary: 'It can serve', answers: 'Health' },
} as const satisfies Record<string, RouteDefinition>

export type RouteName = keyof typeof routes

import { Schema, type IndexDefinition, type IndexOptions } from 'mongoose'

const { Mixed } = Schema.Types

interface Definition {
  collection: string
  fields: Record<string, unknown>
  indexes?: [IndexDefinition, IndexOptions?][]
}

const link = { entity: String, id: String }
const change = { field: String, before: Mixed, after: Mixed }
const packLink = { name: String, number: Number }

/** One entry per collection of the platform. Every index begins with the tenant. */
const definitions = {
  users: {
    collection: 'users',
    fields: {
      email: String,
      name: String,
      roles: [String],
      front: String,
      passwordHash: String,
      scope: Mixed,
      active: Boolean,
      record: link,
      failures: Number,
      lockedUntil: Date,
      createdAt: Date,
      passwordSetAt: Date,
      blocked: { at: Date, by: String, wasActive: Boolean },
      anonymisedAt: Date,
    },
    indexes: [[{ tenant: 1, email: 1 }, { unique: true }], [{ tenant: 1, roles: 1 }]],
  },
  sessions: {
    collection: 'sessions',
    fields: {
      user: String,
      front: String,
      createdAt: Date,
      lastSeenAt: Date,
      expiresAt: Date,
      idleMinutes: Number,
      ip: String,
      userAgent: String,
      confirmedAt: Date,
      enrolling: Boolean,
    },
    indexes: [[{ tenant: 1, user: 1 }], [{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  },
  passwordTokens: {
    collection: 'password_tokens',
    fields: { user: String, purpose: String, hash: String, createdAt: Date, expiresAt: Date, tries: Number },
    indexes: [[{ tenant: 1, user: 1 }], [{ expiresAt: 1 }, { expireAfterSeconds: 24 * 3600 }]],
  },
  attempts: {
    collection: 'attempts',
    fields: { count: Number, until: Date, at: [Date], expiresAt: Date },
    indexes: [[{ expiresAt: 1 }, { expireAfterSeconds: 0 }]],
  },
  secondFactors: {
    collection: 'second_factors',
    fields: {
      method: String,
      secret: String,
      lastStep: Number,
      recovery: [String],
      enrolledAt: Date,
      pending: Mixed,
      code: Mixed,
    },
  },
  substitutions: {
    collection: 'substitutions',
    fields: {
      absent: String,
      substitute: String,
      from: String,
      to: String,
      roles: [String],
      processes: [String],
      note: String,
      createdAt: Date,
      createdBy: String,
      endedAt: Date,
      endedBy: String,
    },
    indexes: [[{ tenant: 1, substitute: 1, to: -1 }], [{ tenant: 1, absent: 1, to: -1 }], [{ tenant: 1, to: -1 }]],
  },
  packVersions: {
    collection: 'pack_versions',
    fields: {
      pack: String,
      number: Number,
      version: String,
      hash: String,
      files: Buffer,
      origin: String,
      note: String,
      installedAt: Date,
      installedBy: String,
    },
    indexes: [[{ tenant: 1, pack: 1, number: -1 }, { unique: true }]],
  },
  packDrafts: {
    collection: 'pack_drafts',
    fields: {
      base: Number,
      files: [{ path: String, text: String, _id: false }],
      revision: Number,
      updatedAt: Date,
      updatedBy: String,
    },
  },
  instances: {
    collection: 'instances',
    fields: {
      process: String,
      pack: packLink,
      definitionHash: String,
      status: String,
      record: link,
      revision: Number,
      order: Number,
      state: Buffer,
      vars: Mixed,
      waits: [{ executionId: String, node: String, kind: { type: String }, message: String, _id: false }],
      jobs: { type: [String], default: undefined },
      parent: { instance: String, executionId: String },
      reopens: String,
      undo: Mixed,
      startedBy: String,
      startedAt: Date,
      endedAt: Date,
    },
    indexes: [
      // A call starts its process once, however often it is delivered.
      [
        { tenant: 1, 'parent.instance': 1, 'parent.executionId': 1 },
        { unique: true, partialFilterExpression: { 'parent.instance': { $type: 'string' } } },
      ],
      [{ tenant: 1, 'record.entity': 1, 'record.id': 1 }],
      // An ended case is followed by one case, however many people re-open it at once.
      [
        { tenant: 1, reopens: 1 },
        { unique: true, partialFilterExpression: { reopens: { $type: 'string' } } },
      ],
      [{ tenant: 1, process: 1, status: 1, startedAt: -1 }],
      [{ tenant: 1, 'pack.name': 1, 'pack.number': 1, status: 1 }],
    ],
  },
  tasks: {
    collection: 'tasks',
    fields: {
      executionId: String,
      instance: String,
      process: String,
      pack: packLink,
      node: String,
      title: String,
      form: String,
      record: link,
      recordLabel: String,
      assignee: String,
      candidates: [String],
      turn: String,
      also: [String],
      dueSort: Date,
      notSameAs: String,
      priority: Number,
      dueAt: Date,
      status: String,
      from: String,
      createdAt: Date,
      completedBy: String,
      completedFor: String,
      completedAt: Date,
      outcome: String,
      form_data: Mixed,
      pause: Mixed,
    },
    indexes: [
      [{ tenant: 1, instance: 1, executionId: 1 }, { unique: true }],
      [{ tenant: 1, status: 1, turn: 1, dueSort: 1, priority: -1 }],
      [{ tenant: 1, status: 1, also: 1, dueSort: 1, priority: -1 }],
      [{ tenant: 1, status: 1, candidates: 1, dueAt: 1 }],
      [{ tenant: 1, status: 1, assignee: 1, dueAt: 1 }],
      [{ tenant: 1, 'record.entity': 1, 'record.id': 1, status: 1 }],
    ],
  },
  history: {
    collection: 'history',
    fields: {
      at: Date,
      sequence: Number,
      record: link,
      instance: String,
      kind: { type: String },
      actor: String,
      actorName: String,
      text: String,
      changes: [{ ...change, _id: false }],
      files: [String],
      outbox: String,
      audience: String,
    },
    indexes: [[{ tenant: 1, 'record.entity': 1, 'record.id': 1, sequence: -1 }]],
  },
  visits: {
    collection: 'visits',
    fields: { instance: String, sequence: Number, at: Date, actorName: String, path: [String] },
    indexes: [[{ tenant: 1, instance: 1, sequence: 1 }]],
  },
  audit: {
    collection: 'audit',
    fields: {
      at: Date,
      sequence: Number,
      actor: String,
      actorName: String,
      onBehalf: { id: String, name: String },
      front: String,
      ip: String,
      userAgent: String,
      request: String,
      action: String,
      module: String,
      thing: String,
      entity: String,
      record: String,
      label: String,
      instance: String,
      changes: [{ ...change, _id: false }],
      details: Mixed,
    },
    // The report reads by one of these, newest first; sealing goes along the sequence.
    indexes: [
      [{ tenant: 1, sequence: -1 }],
      [{ tenant: 1, at: -1 }],
      [{ tenant: 1, record: 1, at: -1 }],
      [{ tenant: 1, actor: 1, at: -1 }],
      [{ tenant: 1, module: 1, at: -1 }],
      [{ tenant: 1, action: 1, at: -1 }],
      [{ tenant: 1, ip: 1, at: -1 }],
    ],
  },
  acceptances: {
    collection: 'privacy_acceptances',
    fields: { user: String, version: String, at: Date, ip: String, userAgent: String },
    indexes: [[{ tenant: 1, user: 1, version: 1 }, { unique: true }]],
  },
  auditSeals: {
    collection: 'audit_seals',
    fields: {
      number: Number,
      at: Date,
      from: Number,
      to: Number,
      count: Number,
      total: Number,
      ids: [String],
      digests: Buffer,
      digest: String,
      previous: String,
      hash: String,
    },
    indexes: [[{ tenant: 1, number: -1 }, { unique: true }], [{ tenant: 1, to: 1 }]],
  },
  auditAnchors: {
    collection: 'audit_anchors',
    fields: { day: String, at: Date, number: Number, total: Number, hash: String, timestamp: String },
    indexes: [[{ tenant: 1, day: -1 }, { unique: true }]],
  },
  outbox: {
    collection: 'outbox',
    fields: {
      kind: { type: String },
      status: String,
      dueAt: Date,
      attempts: Number,
      lease: Date,
      claimedBy: String,
      createdAt: Date,
      doneAt: Date,
      lastError: String,
      record: link,
      instance: String,
      executionId: String,
      payload: Mixed,
    },
    indexes: [
      [{ tenant: 1, status: 1, dueAt: 1 }],
      [{ tenant: 1, 'record.entity': 1, 'record.id': 1 }],
      [{ tenant: 1, instance: 1, executionId: 1 }],
    ],
  },
  timers: {
    collection: 'timers',
    fields: {
      kind: { type: String },
      instance: String,
      executionId: String,
      node: String,
      dueAt: Date,
      lease: Date,
      payload: Mixed,
    },
    indexes: [[{ tenant: 1, dueAt: 1 }], [{ tenant: 1, instance: 1, executionId: 1 }]],
  },
  incidents: {
    collection: 'incidents',
    fields: {
      instance: String,
      node: String,
      code: String,
      message: String,
      event: Mixed,
      outbox: String,
      resolution: Mixed,
      at: Date,
      status: String,
      actor: String,
    },
    indexes: [[{ tenant: 1, status: 1, at: -1 }], [{ tenant: 1, instance: 1 }]],
  },
  notices: {
    collection: 'notices',
    fields: {
      user: String,
      sequence: Number,
      at: Date,
      subject: String,
      text: String,
      link: String,
      urgency: String,
      readAt: Date,
    },
    indexes: [[{ tenant: 1, user: 1, sequence: -1 }]],
  },
  formDrafts: {
    collection: 'form_drafts',
    fields: { user: String, key: String, data: Mixed, savedAt: Date },
    indexes: [
      [{ tenant: 1, user: 1, key: 1 }, { unique: true }],
      // FM-D-128: a draft is kept for seven days.
      [{ savedAt: 1 }, { expireAfterSeconds: 7 * 24 * 3600 }],
    ],
  },
  savedViews: {
    collection: 'saved_views',
    fields: {
      entity: String,
      owner: String,
      ownerName: String,
      shared: Boolean,
      name: String,
      search: String,
      columns: { type: [String], default: undefined },
      defaultFor: [String],
      updatedAt: Date,
    },
    indexes: [[{ tenant: 1, entity: 1, owner: 1 }], [{ tenant: 1, entity: 1, shared: 1 }]],
  },
  requests: {
    collection: 'requests',
    fields: { operation: String, instance: String, opened: [String], at: Date },
    indexes: [[{ at: 1 }, { expireAfterSeconds: 48 * 3600 }]],
  },
  counters: { collection: 'counters', fields: { value: Number } },
  fileInfos: {
    collection: 'file_infos',
    fields: {
      name: String,
      type: { type: String },
      size: Number,
      sha256: String,
      received: Number,
      thumb: String,
      status: String,
      encrypted: Boolean,
      blob: String,
      uploadedBy: String,
      uploadedAt: Date,
      record: link,
    },
    indexes: [[{ tenant: 1, 'record.entity': 1, 'record.id': 1 }]],
  },
  imports: {
    collection: 'imports',
    fields: {
      entity: String,
      user: String,
      ip: String,
      userAgent: String,
      file: String,
      fileName: String,
      kind: { type: String },
      status: String,
      columns: [String],
      mapping: Mixed,
      fixed: Mixed,
      mode: String,
      counts: Mixed,
      cursor: Number,
      problem: String,
      startedAt: Date,
      endedAt: Date,
      turnAt: Date,
      lease: Date,
      claimedBy: String,
    },
    indexes: [
      [{ tenant: 1, user: 1, entity: 1, startedAt: -1 }],
      [{ tenant: 1, status: 1, turnAt: 1 }],
      // What became of a sheet can be asked for thirty days.
      [{ startedAt: 1 }, { expireAfterSeconds: 30 * 24 * 3600 }],
    ],
  },
  importRows: {
    collection: 'import_rows',
    fields: {
      import: String,
      number: Number,
      cells: Mixed,
      outcome: String,
      data: Mixed,
      keys: [String],
      texts: Mixed,
      issues: Mixed,
      record: String,
      applied: Boolean,
      at: Date,
    },
    indexes: [
      [{ tenant: 1, import: 1, number: 1 }],
      [{ tenant: 1, import: 1, outcome: 1, number: 1 }],
      [{ tenant: 1, import: 1, keys: 1 }],
      [{ at: 1 }, { expireAfterSeconds: 30 * 24 * 3600 }],
    ],
  },
  schedules: {
    collection: 'schedules',
    fields: { dueAt: Date, lease: Date, writes: Number, memory: Mixed },
    indexes: [[{ tenant: 1, dueAt: 1 }]],
  },
  rolesOverlays: {
    collection: 'roles_overlays',
    fields: { revision: Number, roles: Mixed, groups: Mixed, can: Mixed, rows: Mixed, fields: Mixed },
  },
  rolesChanges: {
    collection: 'roles_changes',
    fields: {
      pack: String,
      revision: Number,
      at: Date,
      actor: String,
      actorName: String,
      reason: String,
      texts: [String],
      changes: [{ at: String, before: Mixed, after: Mixed, _id: false }],
    },
    indexes: [[{ tenant: 1, pack: 1, revision: -1 }, { unique: true }]],
  },
  settings: { collection: 'settings', fields: { values: Mixed, revision: Number } },
} satisfies Record<string, Definition>

export type CollectionName = keyof typeof definitions

export function schemaOf(name: CollectionName): { collection: string; schema: Schema } {
  const definition: Definition = definitions[name]
  return { collection: definition.collection, schema: build(definition.fields, definition.indexes ?? []) }
}

export const collectionNames = Object.keys(definitions) as CollectionName[]

/** The schema of a records collection: the data is the entity's business, checked before it comes here. */
export function recordSchema(): Schema {
  return build(
    {
      revision: Number,
      order: Number,
      data: Mixed,
      label: String,
      search: String,
      tails: [String],
      keys: Mixed,
      listed: String,
      aliases: [String],
      pack: packLink,
      createdAt: Date,
      createdBy: String,
      updatedAt: Date,
      updatedBy: String,
      deletedAt: Date,
      effective: Mixed,
      inactiveAt: Date,
      incomplete: Boolean,
      unlocked: [String],
    },
    [],
  )
}

function build(fields: Record<string, unknown>, indexes: [IndexDefinition, IndexOptions?][]): Schema {
  const schema = new Schema(
    { _id: String, tenant: String, ...fields },
    { versionKey: false, minimize: false, strict: 'throw', autoIndex: false, autoCreate: false },
  )
  for (const [keys, options] of indexes) schema.index(keys, options)
  return schema
}

import { randomUUID } from 'node:crypto'
import { checkForm, renderPattern, settleForm, type FormSchema, type Issue, type Json, type JsonObject } from '#forms'
import { syncAccount } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { attachFiles } from '../files/index.ts'
import { followOrders, nextOrder } from '../order.ts'
import { entityForm, listKeysOf, settingsOf, type EntityInPack } from '../packs/index.ts'
import { isDuplicateKey, type Db, type RecordDoc } from '../persistence/index.ts'
import { checkLinks } from './checkLinks.ts'
import { fileOf, stateField } from './annotations.ts'
import { renderCode } from './codes.ts'
import { formEnvironment } from './environment.ts'
import { joinTimeline, timelineIssues, timeOf } from './timeline.ts'
import { walkValues } from './walkValues.ts'

export interface WriteInput {
  entity: EntityInPack
  /** The stored record, null for a new one. Its revision guards the write. */
  before: RecordDoc | null
  /** Id of a new record; made here when absent. */
  id?: string
  /** Fields that change. */
  changes: JsonObject
  /** A process writes what its definition says, unchecked by forms; people's input is checked. */
  by: 'person' | 'process'
  /** Names of fields whose issues a person can see (others are told under ''). */
  instance?: string | null
  /** A sentence for the history instead of "creó" or "modificó". null: none is written. */
  historyText?: string | null
}

export interface FieldChange {
  field: string
  before: Json
  after: Json
}

/**
 * Writes one record in the given transaction: computed values, code, label, search text, history and audit row with it.
 * Throws 422 `form.invalid` with the issues, 412 `record.stale` when the revision moved.
 */
export async function writeRecord(ctx: Ctx, db: Db, input: WriteInput): Promise<RecordDoc> {
  const { entity, before } = input
  const { definition, installed } = entity
  const id = before?._id ?? input.id ?? newId()
  const now = ctx.clock.now()
  const everything = new Set(Object.keys(definition.properties))
  const form = entityForm(entity, everything, everything, await settingsOf(ctx, installed))
  const given: JsonObject = { ...(before?.data ?? {}), ...input.changes }
  const environment = await formEnvironment(ctx, db, {
    installed,
    form,
    properties: definition.properties,
    record: before ? { ...before.data, id } : null,
    value: given,
  })
  const event = before ? { change: Object.keys(input.changes) } : 'create'

  let data: JsonObject
  let issues: Issue[] = []
  if (input.by === 'person') {
    const checked = checkForm(form.model, form.validate, given, environment)
    data = checked.value
    issues = checked.issues.filter((issue) => issue.level === 'error')
    issues.push(
      ...(await checkLinks(ctx, db, {
        installed,
        schema: form.schema,
        value: data,
        before: before?.data ?? null,
        recordId: before?._id ?? null,
      })),
      ...timelineIssues(ctx, definition, data, before),
    )
  } else {
    data = settleForm(form.model, given, environment, { event, keepHidden: true }).stored
  }
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })

  for (const field of everything) {
    const property = form.schema.properties?.[field]
    if (!property?.['x-code']) continue
    const current = before?.data[field]
    data[field] = await renderCode(
      ctx,
      db,
      entity,
      field,
      property,
      data,
      environment.ref,
      typeof current === 'string' ? current : null,
    )
  }
  const record: RecordDoc = {
    _id: id,
    revision: (before?.revision ?? 0) + 1,
    order: followOrders(ctx, db, before, input.by === 'person' && before ? await lastLine(db, entity.key, id) : null),
    data,
    label: labelOf(entity, data, environment.ref),
    ...listKeysOf(entity.definition, data, before?.aliases ?? []),
    aliases: before?.aliases ?? [],
    pack: { name: installed.name, number: installed.number },
    createdAt: before?.createdAt ?? now,
    createdBy: before?.createdBy ?? ctx.actor.id,
    updatedAt: now,
    updatedBy: ctx.actor.id,
    deletedAt: before?.deletedAt ?? null,
    ...(definition['x-effective'] ? { effective: timeOf(definition, { _id: id, data }, before, environment) } : {}),
  }
  const changes = difference(before?.data ?? {}, data)
  if (before && changes.length === 0) return before
  await store(ctx, db, entity, before, record)
  await joinTimeline(db, entity, before, record)
  await syncAccount(ctx, db, entity, record, before)
  await attachNewFiles(ctx, db, entity, form.schema, before, record)
  await writeHistory(ctx, db, input, record, changes)
  await writeAudit(ctx, db, {
    action: before ? 'record.updated' : 'record.created',
    entity: entity.key,
    record: id,
    instance: input.instance ?? null,
    changes,
  })
  return record
}

async function store(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  before: RecordDoc | null,
  record: RecordDoc,
): Promise<void> {
  try {
    if (!before) {
      await db.records(entity.key).insert(record)
      return
    }
    const { _id, createdAt: _createdAt, createdBy: _createdBy, ...fields } = record
    const matched = await db.records(entity.key).updateOne({ _id, revision: before.revision }, { $set: fields })
    if (matched === 0) throw await staleError(ctx, db, entity, _id)
  } catch (error) {
    if (isDuplicateKey(error)) throw duplicateError(entity, error)
    throw error
  }
}

/** 412 with who changed the record and when, and the stored data for the "suyo / de … / usar" table. */
export async function staleError(ctx: Ctx, db: Db, entity: EntityInPack, id: string): Promise<CauceError> {
  const stored = await db.records(entity.key).get(id)
  if (!stored) return new CauceError('thing.not-found')
  const user = stored.updatedBy ? await db.users.get(stored.updatedBy) : null
  return new CauceError(
    'record.stale',
    { who: user?.name ?? 'el sistema', when: formatMoment(stored.updatedAt, ctx.config.timeZone) },
    { details: { revision: stored.revision } },
  )
}

/** A unique index refused: the field gets the message, in the words of FM-D-025 and its like. */
function duplicateError(entity: EntityInPack, error: { keyPattern?: unknown; message: string }): CauceError {
  // An insert in bulk says only in its message which index refused: `… index: tenant_1_data.code_1 dup key: …`.
  const [index = ''] = /index: \S+/.exec(error.message) ?? []
  const keys = [...Object.keys(error.keyPattern ?? {}), ...(/data\.\S+?(?=_-?1(?:_|$))/.exec(index) ?? [])]
  const field = keys.find((key) => key.startsWith('data.'))?.slice('data.'.length) ?? ''
  const title = entity.definition.properties[field]?.title ?? 'este valor'
  const issue: Issue = {
    path: field,
    rule: 'unique',
    params: {},
    message: `Ya existe otro registro con el mismo dato: ${title}`,
    level: 'error',
  }
  return new CauceError('form.invalid', {}, { issues: [issue], cause: error })
}

async function attachNewFiles(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  schema: FormSchema,
  before: RecordDoc | null,
  record: RecordDoc,
): Promise<void> {
  const held = new Set<string>()
  walkValues(
    schema,
    before?.data ?? {},
    (_path, property, value) => void (fileOf(property) && typeof value === 'string' && held.add(value)),
  )
  const fresh: string[] = []
  walkValues(
    schema,
    record.data,
    (_path, property, value) =>
      void (fileOf(property) && typeof value === 'string' && !held.has(value) && fresh.push(value)),
  )
  if (fresh.length > 0) await attachFiles(ctx, db, fresh, { entity: entity.key, id: record._id })
}

/** The last line of a record's history, with the order it has. */
export async function lastLine(db: Db, entity: string, id: string): Promise<{ order: number } | null> {
  const filter = { 'record.entity': entity, 'record.id': id }
  const line = await db.history.findOne(filter, { sort: { sequence: -1 }, fields: ['sequence'] })
  return line && { order: line.sequence }
}

async function writeHistory(
  ctx: Ctx,
  db: Db,
  input: WriteInput,
  record: RecordDoc,
  changes: FieldChange[],
): Promise<void> {
  if (input.historyText === null) return
  const state = stateField(input.entity.definition)
  const shown = changes.filter((change) => change.field !== state)
  if (input.before && shown.length === 0) return
  const files: string[] = []
  for (const change of shown) {
    const property = input.entity.definition.properties[change.field]
    if (property && fileOf(property) && typeof change.after === 'string') files.push(change.after)
  }
  await db.history.insert({
    _id: randomUUID(),
    at: ctx.clock.now(),
    sequence: nextOrder(ctx, db),
    record: { entity: input.entity.key, id: record._id },
    instance: input.instance ?? null,
    kind: input.before ? 'changed' : 'created',
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    text: input.historyText ?? (input.before ? 'Modificó los datos' : `Registró: ${input.entity.definition.title}`),
    changes: input.before ? shown : [],
    files,
    outbox: null,
    audience: 'all',
  })
}

/** What changed between two states of the data, field by field. */
export function difference(before: JsonObject, after: JsonObject): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}

function labelOf(entity: EntityInPack, data: JsonObject, ref: Record<string, JsonObject | null>): string {
  const pattern = entity.definition['x-label']
  const first = Object.keys(entity.definition.properties)[0] ?? ''
  return renderPattern(pattern ?? `{${first}}`, { ...data, ref }, (path) => shownDay(entity, path, data[path])).trim()
}

/** A day as people in Peru write it (FM-D-125): a label is read, not computed with. Undefined for anything else. */
function shownDay(entity: EntityInPack, path: string, value: Json | undefined): string | undefined {
  if (entity.definition.properties[path]?.format !== 'date' || typeof value !== 'string') return undefined
  return /^\d{4}-\d{2}-\d{2}$/.test(value) ? value.split('-').reverse().join('/') : undefined
}

/** DD/MM/AAAA and the time, as people in Peru write it (FM-D-125). */
export function formatMoment(at: Date, timeZone: string): string {
  const day = new Intl.DateTimeFormat('es-PE', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone }).format(
    at,
  )
  const time = new Intl.DateTimeFormat('es-PE', { hour: '2-digit', minute: '2-digit', hour12: false, timeZone }).format(
    at,
  )
  return `${day} a las ${time}`
}

/** A record's id: 24 hex digits, growing with time, so that the newest sort last. */
export function newId(): string {
  return (
    Math.floor(Date.now() / 1000)
      .toString(16)
      .padStart(8, '0') + randomUUID().replaceAll('-', '').slice(0, 16)
  )
}

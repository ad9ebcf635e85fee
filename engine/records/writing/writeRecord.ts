import type { Issue, JsonObject } from '#forms'
import { checkForm, settleForm } from '#forms'
import { syncAccount } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { followOrders } from '../../order.ts'
import { entityForm, listKeysOf, settingsOf, type EntityInPack } from '../../packs/index.ts'
import { isDuplicateKey, type Db, type RecordDoc } from '../../persistence/index.ts'
import { attachNewFiles } from '../files/attachNewFiles.ts'
import { checkLinks } from './checkLinks.ts'
import { checkRemovals } from './checkRemovals.ts'
import { giveCodes } from '../codes/index.ts'
import { formEnvironment } from '../environment/environment.ts'
import { newId } from './newId.ts'
import { newWarnings } from './newWarnings.ts'
import { difference, lastLine, writeRecordLine } from './recordLine.ts'
import { labelOf } from '../words/labelOf.ts'
import { staleError } from '../rights/staleError.ts'
import type { Change } from './computedFromFacts.ts'
import type { RecordBatch } from './RecordBatch.ts'
import { renewComputed } from './renewComputed.ts'
import { joinTimeline, timeOf } from '../timeline/joinTimeline.ts'
import { timelineIssues } from '../timeline/timelineIssues.ts'
import { unknownValues } from '../suggestions/index.ts'
import { findDuplicates } from '../unique/index.ts'

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
  /** False: warnings refuse (422 `form.warned`) until the person confirms them; a function is told them instead. */
  warned?: boolean | ((warnings: Issue[]) => void)
  /** Records that are written with this one. A dry batch: it is only tried, with nothing written. */
  batch?: RecordBatch
  /** Fixed fields are corrected, with this reason. */
  correction?: { reason: string; unlocked: string[] }
  /** Kept as "Por completar": the first edit of a person asks for all that is mandatory. */
  incomplete?: boolean
  instance?: string | null
  /** A sentence for the history instead of "creó" or "modificó". null: none is written. */
  historyText?: string | null
}

/**
 * Writes one record in the given transaction: computed values, code, label, search text, history and audit row with it.
 * Throws 422 `form.invalid` with the issues, 422 `form.warned` with the warnings, 412 `record.stale`.
 */
export async function writeRecord(ctx: Ctx, db: Db, input: WriteInput): Promise<RecordDoc> {
  const { entity, before, batch } = input
  const { definition, installed } = entity
  const id = before?._id ?? input.id ?? newId()
  const now = ctx.clock.now()
  const everything = new Set(Object.keys(definition.properties))
  const settings = await settingsOf(ctx, installed)
  const form = entityForm(entity, everything, everything, settings, { correcting: input.correction !== undefined })
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
  const issues: Issue[] = []
  const asksWarnings = input.warned === false || typeof input.warned === 'function'
  if (input.by === 'person') {
    const checked = checkForm(form.model, form.validate, given, environment)
    data = checked.value
    issues.push(...checked.issues)
    const links = {
      installed,
      schema: form.schema,
      value: data,
      before: before?.data ?? null,
      recordId: before?._id ?? null,
    }
    issues.push(...(await checkLinks(ctx, db, links)))
    issues.push(...timelineIssues(ctx, definition, data, before))
    if (asksWarnings) issues.push(...(await unknownValues(ctx, entity, data, before?.data ?? null)))
    issues.push(...checkRemovals(form.model, before?.data ?? null, data, environment))
  } else {
    data = settleForm(form.model, given, environment, { event, keepHidden: true }).stored
  }
  const unique = { entity, id, before: before?.data ?? null, isFree: batch?.isFree, isTried: batch?.isDry === true }
  issues.push(...(await findDuplicates(ctx, db, { ...unique, data, only: ({ code }) => !code })))
  refuse(issues)
  if (input.by === 'person' && asksWarnings) {
    const warnings = await newWarnings(ctx, db, { installed, form, before, data, issues })
    if (typeof input.warned === 'function') input.warned(warnings)
    else if (warnings.length > 0) throw new CauceError('form.warned', {}, { issues: warnings })
  }

  const aliases = await giveCodes(ctx, db, {
    ...{ entity, schema: form.schema, data, ref: environment.ref, before },
    nextNumber: batch?.nextNumber,
  })
  refuse(await findDuplicates(ctx, db, { ...unique, data, only: ({ code }) => code }))
  const record: RecordDoc = {
    _id: id,
    revision: (before?.revision ?? 0) + 1,
    order: followOrders(ctx, db, before, input.by === 'person' && before ? await lastLine(db, entity.key, id) : null),
    data,
    label: labelOf(entity, data, environment.ref),
    ...listKeysOf(entity.definition, data, aliases),
    aliases,
    pack: { name: installed.name, number: installed.number },
    createdAt: before?.createdAt ?? now,
    createdBy: before?.createdBy ?? ctx.actor.id,
    updatedAt: now,
    updatedBy: ctx.actor.id,
    deletedAt: before?.deletedAt ?? null,
    inactiveAt: before?.inactiveAt ?? null,
    incomplete: input.incomplete ?? (input.by === 'process' && before?.incomplete === true),
    unlocked: [...(before?.unlocked ?? []), ...(input.correction?.unlocked ?? [])],
    ...(definition['x-effective'] ? { effective: timeOf(definition, { _id: id, data }, before, environment) } : {}),
  }
  const changes = difference(before?.data ?? {}, data)
  if (before && changes.length === 0 && before.incomplete !== true) return before
  if (batch?.isDry) return record
  await store(ctx, db, entity, before, record)
  await joinTimeline(db, entity, before, record)
  await syncAccount(ctx, db, entity, record, before)
  await attachNewFiles(ctx, db, entity, form.schema, before, record)
  const { instance = null, historyText, correction } = input
  if (historyText !== null)
    await writeRecordLine(ctx, db, { entity, before, record, changes, instance, text: historyText })
  await writeAudit(ctx, db, {
    action: correction ? 'record.corrected' : before ? 'record.updated' : 'record.created',
    entity: entity.key,
    record: id,
    instance,
    changes,
    ...(correction && { details: { reason: correction.reason, unlocked: correction.unlocked } }),
  })
  const changed = new Set(changes.map(({ field }) => field))
  return renewFollowers(ctx, db, { entity: entity.key, before, after: record, changed })
}

/**
 * What other records hold of a record follows its change, and what it holds itself of records of its own kind.
 * Resolves with its newest state.
 */
export async function renewFollowers<After extends RecordDoc | null>(
  ctx: Ctx,
  db: Db,
  change: Change & { after: After },
): Promise<After> {
  const renewed = new Set<string>()
  await renewComputed(ctx, db, change, async (follower, state, text) => {
    renewed.add(state._id)
    await writeRecord(ctx, db, { entity: follower, before: state, changes: {}, by: 'process', historyText: text })
  })
  if (!change.after || !renewed.has(change.after._id)) return change.after
  return ((await db.records(change.entity).get(change.after._id)) ?? change.after) as After
}

function refuse(issues: Issue[]): void {
  const serious = issues.filter(({ level }) => level === 'error')
  if (serious.length > 0) throw new CauceError('form.invalid', {}, { issues: serious })
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
    if (isDuplicateKey(error)) throw await duplicateError(ctx, entity, before, record, error)
    throw error
  }
}

/** Somebody else wrote the same value in the meantime: his record is read outside of this transaction, which is over. */
async function duplicateError(
  ctx: Ctx,
  entity: EntityInPack,
  before: RecordDoc | null,
  { _id: id, data }: RecordDoc,
  cause: { keyPattern?: unknown; message: string },
): Promise<CauceError> {
  const found = await findDuplicates(ctx, ctx.store.db(ctx.tenant), { entity, id, data, before: before?.data ?? null })
  const unknown: Issue = {
    ...{ path: fieldOfIndex(cause), rule: 'unique', params: {}, level: 'error' },
    message: 'Ya existe otro registro con el mismo dato.',
  }
  const errors = found.filter(({ level }) => level === 'error')
  return new CauceError('form.invalid', {}, { issues: errors.length > 0 ? errors : [unknown], cause })
}

/** The first field of the index that refused; '' when it is nobody's. */
function fieldOfIndex(error: { keyPattern?: unknown; message: string }): string {
  // An insert in bulk says only in its message which index refused: `… index: tenant_1_data.code_1 dup key: …`.
  const [index = ''] = /index: \S+/.exec(error.message) ?? []
  const keys = [...Object.keys(error.keyPattern ?? {}), ...(/data\.\S+?(?=_-?1(?:_|$))/.exec(index) ?? [])]
  return keys.find((key) => key.startsWith('data.'))?.slice('data.'.length) ?? ''
}

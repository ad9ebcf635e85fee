import type { Json, JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { fileOf, stateField } from '../schema/annotations.ts'
import { historyLine } from './historyLine.ts'

export interface FieldChange {
  field: string
  before: Json
  after: Json
}

/** What changed between two states of the data, field by field. */
export function difference(before: JsonObject, after: JsonObject): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after))
}

/** The last line of a record's history, with the order it has. */
export async function lastLine(db: Db, entity: string, id: string): Promise<{ order: number } | null> {
  const filter = { 'record.entity': entity, 'record.id': id }
  const line = await db.history.findOne(filter, { sort: { sequence: -1 }, fields: ['sequence'] })
  return line && { order: line.sequence }
}

export interface RecordLine {
  entity: EntityInPack
  before: RecordDoc | null
  record: RecordDoc
  changes: FieldChange[]
  instance: string | null
  /** A sentence instead of "creó" or "modificó". */
  text: string | undefined
}

/** The line of the history that says what was written. None where only the state changed: the process tells that. */
export async function writeRecordLine(ctx: Ctx, db: Db, line: RecordLine): Promise<void> {
  const { definition } = line.entity
  const state = stateField(definition)
  const shown = line.changes.filter((change) => change.field !== state)
  if (line.before && shown.length === 0) return
  const files: string[] = []
  for (const change of shown) {
    const property = definition.properties[change.field]
    if (property && fileOf(property) && typeof change.after === 'string') files.push(change.after)
  }
  const about = { record: { entity: line.entity.key, id: line.record._id }, instance: line.instance }
  const text = line.text ?? (line.before ? 'Modificó los datos' : `Registró: ${definition.title}`)
  const kind = line.before ? 'changed' : 'created'
  await db.history.insert(historyLine(ctx, db, about, kind, text, { changes: line.before ? shown : [], files }))
}

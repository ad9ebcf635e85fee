import type { FileView, HistoryEntry, ListView } from '#engine/contract'
import { contextForRecord, fieldRights } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { fileView } from '../files/fileView.ts'
import { entityOf } from '../../packs/index.ts'
import type { Filter, OutboxDoc } from '../../persistence/index.ts'
import { readableChange } from './readableChange.ts'
import { valueNames } from '../words/valueNames.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'

/** What happened to a record, newest first. A portal user sees neither staff-only rows nor fields he may not read. */
export async function recordHistory(
  given: Ctx,
  input: { entity: string; id: string; page: number; size: number },
): Promise<ListView<HistoryEntry>> {
  const entity = await entityOf(given, input.entity)
  const ctx = await contextForRecord(given, entity, input.id)
  await visibleRecord(ctx, ctx.db, entity, input.id, { deleted: true })
  const { read } = fieldRights(ctx, entity)
  const filter: Filter = {
    'record.entity': entity.key,
    'record.id': input.id,
    ...(ctx.actor.front === 'portal' ? { audience: 'all' } : {}),
  }
  const size = Math.min(Math.max(1, input.size), 200)
  const [rows, total] = await Promise.all([
    ctx.db.history.find(filter, { sort: { sequence: -1 }, skip: (Math.max(1, input.page) - 1) * size, limit: size }),
    ctx.db.history.count(filter),
  ])
  const files = new Map(
    (await ctx.db.fileInfos.find({ _id: { $in: rows.flatMap((row) => row.files) } })).map((file) => [
      file._id,
      fileView(file),
    ]),
  )
  const mails = new Map(
    (await ctx.db.outbox.find({ _id: { $in: rows.map((row) => row.outbox).filter((id) => id !== null) } })).map(
      (mail) => [mail._id, mail],
    ),
  )
  const { properties } = entity.definition
  const names = await valueNames(
    ctx,
    rows.flatMap((row) =>
      row.changes.flatMap(({ field, before, after }) =>
        read.has(field) ? [before, after].map((value) => ({ schema: properties[field], value })) : [],
      ),
    ),
  )
  const items = rows.map((row): HistoryEntry => {
    const mail = row.outbox ? mails.get(row.outbox) : undefined
    const changes = row.changes
      .filter((change) => read.has(change.field))
      .map(({ field, before, after }) =>
        readableChange(field, properties[field], { before, after }, names(entity), ctx.config.timeZone),
      )
    return {
      id: row._id,
      at: row.at.toISOString(),
      kind: row.kind,
      who: row.actorName,
      text: row.text,
      ...(changes.length > 0 ? { changes } : {}),
      ...(row.files.length > 0
        ? { files: row.files.map((id) => files.get(id)).filter((file): file is FileView => file !== undefined) }
        : {}),
      ...(mail ? { mail: mailOf(mail) } : {}),
    }
  })
  return { items, total, page: Math.max(1, input.page), size }
}

function mailOf(row: OutboxDoc): NonNullable<HistoryEntry['mail']> {
  const text = (name: string): string => (typeof row.payload[name] === 'string' ? row.payload[name] : '')
  return {
    to: text('to'),
    subject: text('subject'),
    template: text('template'),
    status: row.status === 'cancelled' ? 'failed' : row.status,
  }
}

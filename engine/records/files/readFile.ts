import { contextForRecord, fieldRights, mayDo } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { describeFile, isPicture, openFile, openThumbnail } from '../../files/index.ts'
import { entityOf } from '../../packs/index.ts'
import type { FileDoc } from '../../persistence/index.ts'
import { fileOf } from '../schema/annotations.ts'
import { visibleRecord } from '../rights/visibleRecord.ts'
import { walkValues } from '../schema/walkValues.ts'

/**
 * A file, if this actor may have it: the one who uploaded it while no record holds it; afterwards whoever may read the
 * record and a field of it that holds the file. Else 404.
 */
export async function visibleFile(given: Ctx, id: string): Promise<FileDoc> {
  const info = await describeFile(given, id)
  if (!info.record) {
    if (given.actor.id !== null && info.uploadedBy === given.actor.id) return info
    throw new CauceError('thing.not-found')
  }
  const entity = await entityOf(given, info.record.entity)
  const ctx = await contextForRecord(given, entity, info.record.id)
  const record = await visibleRecord(ctx, ctx.db, entity, info.record.id)
  const { read } = fieldRights(ctx, entity)
  const found: { held: boolean; shown: boolean } = { held: false, shown: false }
  walkValues(entity.definition, record.data, (path, schema, value) => {
    if (value !== id || !fileOf(schema)) return
    found.held = true
    found.shown ||= read.has(path.split('.')[0] ?? '')
  })
  // A file that the record held before belongs to its history: whoever may edit the record may still read it.
  if (found.shown || (!found.held && mayDo(ctx, entity, 'edit', { ...record.data, id: record._id }))) return info
  throw new CauceError('thing.not-found')
}

/**
 * The small picture of a file that this actor may have; 404 where it is no picture. Not noted in the audit: it is how a
 * page shows what the record holds, and opening records is noted where the definition asks for it.
 */
export async function readThumbnail(
  ctx: Ctx,
  id: string,
): Promise<{ info: FileDoc; open: () => Promise<NodeJS.ReadableStream> }> {
  const info = await visibleFile(ctx, id)
  if (!isPicture(info.type)) throw new CauceError('thing.not-found')
  return { info, open: () => openThumbnail(ctx, info) }
}

/** The file with its bytes; the download is noted in the audit. */
export async function readFile(ctx: Ctx, id: string): Promise<{ info: FileDoc; stream: NodeJS.ReadableStream }> {
  const info = await visibleFile(ctx, id)
  const opened = await openFile(ctx, id)
  await ctx.transaction((db) =>
    writeAudit(ctx, db, {
      action: 'file.downloaded',
      entity: info.record?.entity ?? null,
      record: info.record?.id ?? null,
      details: { file: id, name: info.name },
    }),
  )
  return { info, stream: opened.stream }
}

import type { Readable } from 'node:stream'
import { pluralTitle } from '#definitions'
import { renderPattern, type JsonObject } from '#forms'
import { demand, fieldRights, rowFilter } from '../../access/index.ts'
import { writeAudit } from '../../audit/writeAudit.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { LABELS_PER_SHEET, toLabels, type Label, type LabelLayout } from '../../exports/index.ts'
import { entityOf } from '../../packs/index.ts'
import type { Filter, RecordDoc } from '../../persistence/index.ts'
import { pick } from '../schema/pick.ts'
import { qrOf } from '../schema/annotations.ts'
import { recordSelection, type RecordQuery } from '../filters/recordSelection.ts'

/** More labels than this are not one errand: 83 sheets. */
const MOST = 2000
const BATCH = 200

export interface PrintLabelsInput extends RecordQuery {
  entity: string
  layout: LabelLayout
  /** Places of the first sheet that are used already. */
  skip: number
  /** Only these of the selection; absent: all of it that has a code. */
  ids?: string[]
}

/**
 * QR labels of the chosen records, as a PDF; those without a code are left out. The code is an address that the camera
 * of any telephone opens. Audited. 404 where the entity has no QR code, 403 without the right to print, 400, 422
 * `labels.none`, `export.too-many`.
 */
export async function printLabels(ctx: Ctx, input: PrintLabelsInput): Promise<{ name: string; stream: Readable }> {
  const entity = await entityOf(ctx, input.entity)
  const { ids, skip } = input
  if (!Number.isInteger(skip) || skip < 0 || skip >= LABELS_PER_SHEET || (ids && ids.length > MOST))
    throw new CauceError('request.invalid')
  await demand(ctx, entity.key, 'print')
  const qr = qrOf(entity.definition)
  const { read } = fieldRights(ctx, entity)
  const printed = rowFilter(ctx, entity, 'print')
  if (!qr || !read.has(qr.field) || printed === null) throw new CauceError('thing.not-found')
  const { filter: selected, sort } = await recordSelection(ctx, entity, input)
  const path = `data.${qr.field}`
  const filter: Filter = {
    $and: [selected, printed, { [path]: { $type: 'string' } }, ...(ids ? [{ _id: { $in: ids } }] : [])],
  }
  const count = await ctx.db.records(entity.key).count(filter, MOST + 1)
  if (count === 0) throw new CauceError('labels.none')
  if (count > MOST) throw new CauceError('export.too-many', { max: MOST, other: '' })
  const title = `Etiquetas: ${pluralTitle(entity.definition)}`
  await ctx.transaction((db) =>
    writeAudit(ctx, db, {
      action: 'labels.printed',
      entity: entity.key,
      record: ids?.length === 1 ? (ids[0] ?? null) : null,
      details: { count, layout: input.layout },
    }),
  )
  const labelOf = (record: RecordDoc): Label => {
    const code = String(record.data[qr.field])
    const shown: JsonObject = pick(record.data, read)
    const text = qr.label === null ? record.label : renderPattern(qr.label, shown)
    return { address: `${ctx.config.baseUrl}/q/${encodeURIComponent(code)}`, code, text }
  }
  const batches = async function* (): AsyncGenerator<Label[]> {
    // At most as many as were counted: the order holds while they are read in pages.
    for (let from = 0; from < count; from += BATCH) {
      const rows = await ctx.db.records(entity.key).find(filter, { sort, skip: from, limit: BATCH })
      yield rows.map(labelOf)
    }
  }
  return {
    name: `etiquetas-${entity.key}.pdf`,
    stream: toLabels(batches(), {
      title,
      company: entity.installed.pack.manifest.title,
      layout: input.layout,
      skip: input.layout === 'sheet' ? skip : 0,
    }),
  }
}

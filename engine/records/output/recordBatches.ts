import type { Ctx } from '../../context.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Filter, RecordDoc } from '../../persistence/index.ts'

const BATCH = 500

/** Each batch goes on after the last record of the one before: nothing is walked over twice, however many there are. */
export async function* recordBatches(
  ctx: Ctx,
  entity: EntityInPack,
  filter: Filter,
  sort: Record<string, 1 | -1>,
): AsyncGenerator<RecordDoc[]> {
  const [[path, direction] = ['_id', 1 as const]] = Object.entries(sort)
  const order: Record<string, 1 | -1> = path === '_id' ? { _id: direction } : { [path]: direction, _id: direction }
  let last: RecordDoc | null = null
  for (;;) {
    const from: Filter = last ? { $and: [filter, after(path, direction, last)] } : filter
    const rows: RecordDoc[] = await ctx.db.records(entity.key).find(from, { sort: order, limit: BATCH })
    if (rows.length > 0) yield rows
    last = rows.at(-1) ?? null
    if (rows.length < BATCH) return
  }
}

/** What comes after a record in an order by one field and then by id. Nothing (null) sorts before every value. */
function after(path: string, direction: 1 | -1, last: RecordDoc): Filter {
  const next: Filter = { _id: direction === 1 ? { $gt: last._id } : { $lt: last._id } }
  if (path === '_id') return next
  const [root = '', field] = path.split('.')
  const held = (last as unknown as Record<string, unknown>)[root]
  const value = (field === undefined ? held : (held as Record<string, unknown> | undefined)?.[field]) ?? null
  const same: Filter = { [path]: value, ...next }
  if (value === null) return direction === 1 ? { $or: [same, { [path]: { $ne: null } }] } : same
  const further = direction === 1 ? [{ [path]: { $gt: value } }] : [{ [path]: { $lt: value } }, { [path]: null }]
  return { $or: [same, ...further] }
}

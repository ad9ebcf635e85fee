import type { QrHitView } from '#engine/contract'
import { fieldRights, rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { packsOf } from '../../packs/index.ts'
import type { Filter } from '../../persistence/index.ts'
import { qrOf } from '../schema/annotations.ts'

/** No code is longer: what is, was not printed by us. */
const LONGEST = 200

/**
 * The record that carries a QR code, whatever kind it is, if this actor may read it and the field: unknown codes and
 * records of others are the same 404.
 */
export async function findByQr(ctx: Ctx, code: string): Promise<QrHitView> {
  if (code.trim() === '' || code.length > LONGEST) throw new CauceError('thing.not-found')
  for (const { entity, field, rows } of await labelledKinds(ctx)) {
    const found = await ctx.db
      .records(entity)
      .findOne({ $and: [rows, { [`data.${field}`]: code, deletedAt: null }] }, { fields: ['label'] })
    if (found) return { entity, id: found._id, label: found.label }
  }
  throw new CauceError('thing.not-found')
}

/** Is there anything whose label this actor could scan? */
export const mayScan = async (ctx: Ctx): Promise<boolean> => (await labelledKinds(ctx)).length > 0

/** Entities with a QR code that this actor may read, and which of their records. */
async function labelledKinds(ctx: Ctx): Promise<{ entity: string; field: string; rows: Filter }[]> {
  return (await packsOf(ctx).all(ctx)).flatMap((installed) =>
    Object.entries(installed.pack.entities).flatMap(([key, definition]) => {
      const entity = { key, definition, installed }
      const qr = qrOf(definition)
      if (!qr || !fieldRights(ctx, entity).read.has(qr.field)) return []
      const rows = rowFilter(ctx, entity, 'read')
      return rows === null ? [] : [{ entity: key, field: qr.field, rows }]
    }),
  )
}

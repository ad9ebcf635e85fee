import type { QrHitView } from '#engine/contract'
import { fieldRights, rowFilter } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import { qrOf } from './annotations.ts'

/** No code is longer: what is, was not printed by us. */
const LONGEST = 200

/**
 * The record that carries a QR code, whatever kind it is, if this actor may read it and the field: unknown codes and
 * records of others are the same 404.
 */
export async function findByQr(ctx: Ctx, code: string): Promise<QrHitView> {
  if (code.trim() === '' || code.length > LONGEST) throw new CauceError('thing.not-found')
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, definition] of Object.entries(installed.pack.entities)) {
      const entity = { key, definition, installed }
      const qr = qrOf(definition)
      if (!qr || !fieldRights(ctx, entity).read.has(qr.field)) continue
      const rows = rowFilter(ctx, entity, 'read')
      if (rows === null) continue
      const found = await ctx.db
        .records(key)
        .findOne({ $and: [rows, { [`data.${qr.field}`]: code, deletedAt: null }] }, { fields: ['label'] })
      if (found) return { entity: key, id: found._id, label: found.label }
    }
  }
  throw new CauceError('thing.not-found')
}

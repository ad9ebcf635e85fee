import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { EntityInPack } from '../../packs/index.ts'
import type { Db } from '../../persistence/index.ts'
import { formatMoment } from '../words/formatMoment.ts'

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

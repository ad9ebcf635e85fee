import { removeAccount } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { clearReference } from './clearReference.ts'
import { dependentsView, findDependents, type Dependent } from './findDependents.ts'
import { markRecord } from './markRecord.ts'
import { recordInHand, type RecordAddress } from '../rights/recordInHand.ts'
import { mayInactivate } from '../rights/recordRights.ts'
import { joinTimeline } from '../timeline/joinTimeline.ts'
import { renewFollowers } from '../writing/writeRecord.ts'

export interface DeleteRecordInput extends RecordAddress {
  entity: string
  reason?: string
}

/**
 * Deletes a record (logically: it can be restored), and what `onDelete` says goes with it. 409 `record.referenced` with
 * what still refers to it in `details`, and whether making it inactive is open to this person (FM-D-038).
 */
export async function deleteRecord(ctx: Ctx, input: DeleteRecordInput): Promise<void> {
  const entity = await entityOf(ctx, input.entity)
  await ctx.transaction(async (db) => {
    const record = await recordInHand(ctx, db, entity, input, 'delete')
    if (entity.definition['x-delete'] === 'never') throw new CauceError('access.denied')
    const deletion: Deletion = { blockers: [], cleared: [], gone: [] }
    await plan(ctx, db, entity, record, deletion)
    const blockers = deletion.blockers.filter(
      ({ record: other }) => !deletion.gone.some(([, { _id }]) => _id === other._id),
    )
    if (blockers.length > 0) throw await referencedError(ctx, db, entity, record, blockers)
    for (const dependent of deletion.cleared) {
      if (!deletion.gone.some(([, { _id }]) => _id === dependent.record._id))
        await clearReference(
          ctx,
          db,
          dependent,
          deletion.gone.map(([, { _id }]) => _id),
        )
    }
    for (const [of, doc] of deletion.gone) {
      await removeAccount(ctx, db, of, doc)
      const text = doc === record ? 'Eliminó el registro' : `Se eliminó con ${record.label}`
      const mark = { text, action: 'record.deleted', reason: input.reason ?? null }
      await markRecord(ctx, db, of, doc, { ...mark, set: { deletedAt: ctx.clock.now() } })
      await joinTimeline(db, of, doc, null)
    }
    for (const [of, doc] of deletion.gone)
      await renewFollowers(ctx, db, { entity: of.key, before: doc, after: null, changed: new Set() })
  })
}

interface Deletion {
  blockers: Dependent[]
  cleared: Dependent[]
  gone: [EntityInPack, RecordDoc][]
}

/** What goes with a record, what is emptied, and what stands in the way, through every cascade. */
async function plan(ctx: Ctx, db: Db, entity: EntityInPack, record: RecordDoc, deletion: Deletion): Promise<void> {
  if (deletion.gone.some(([, { _id }]) => _id === record._id)) return
  deletion.gone.push([entity, record])
  for (const dependent of await findDependents(ctx, db, entity.key, record._id)) {
    const { onDelete } = dependent.place.reference
    if (onDelete === 'restrict') deletion.blockers.push(dependent)
    else if (onDelete === 'clear') deletion.cleared.push(dependent)
    else await plan(ctx, db, dependent.entity, dependent.record, deletion)
  }
}

async function referencedError(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  record: RecordDoc,
  blockers: Dependent[],
): Promise<CauceError> {
  const dependents = await dependentsView(ctx, db, blockers)
  const what = dependents.map(({ count, title }) => `${count} ${title}`).join(', ')
  const canInactivate = mayInactivate(ctx, entity, record)
  return new CauceError('record.referenced', { what }, { details: { dependents, mayInactivate: canInactivate } })
}

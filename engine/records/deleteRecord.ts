import { randomUUID } from 'node:crypto'
import { writeAudit } from '../audit/writeAudit.ts'
import { demandStep, mayDo, removeAccount } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { followOrders, nextOrder } from '../order.ts'
import { entityOf, packsOf } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { referenceOf } from './annotations.ts'
import { joinTimeline } from './timeline.ts'
import { visibleRecord } from './visibleRecord.ts'
import { lastLine, staleError } from './writeRecord.ts'

export interface DeleteRecordInput {
  entity: string
  id: string
  revision: number | null
  reason?: string
}

/** Deletes a record (logically: it can be recovered). 409 `record.referenced` lists what still refers to it (FM-D-038). */
export async function deleteRecord(ctx: Ctx, input: DeleteRecordInput): Promise<void> {
  const entity = await entityOf(ctx, input.entity)
  if (input.revision === null) throw new CauceError('record.revision-required')
  await ctx.transaction(async (db) => {
    const record = await visibleRecord(ctx, db, entity, input.id)
    const never = entity.definition['x-delete'] === 'never'
    if (never || !mayDo(ctx, entity, 'delete', { ...record.data, id: record._id }))
      throw new CauceError('access.denied')
    await demandStep(ctx, db, { entity: entity.key, id: record._id }, 'delete')
    if (record.revision !== input.revision) throw await staleError(ctx, db, entity, input.id)
    const blockers = await referringTo(ctx, db, entity.key, input.id)
    if (blockers.length > 0) throw new CauceError('record.referenced', { what: blockers.join(', ') })
    await removeAccount(ctx, db, entity, record)
    const now = ctx.clock.now()
    const order = followOrders(ctx, db, record, await lastLine(db, entity.key, record._id))
    const matched = await db
      .records(entity.key)
      .updateOne(
        { _id: record._id, revision: record.revision },
        { $set: { order, deletedAt: now, updatedAt: now, updatedBy: ctx.actor.id }, $inc: { revision: 1 } },
      )
    if (matched === 0) throw await staleError(ctx, db, entity, input.id)
    await joinTimeline(db, entity, record, null)
    await db.history.insert({
      _id: randomUUID(),
      at: now,
      sequence: nextOrder(ctx, db),
      record: { entity: entity.key, id: record._id },
      instance: null,
      kind: 'changed',
      actor: ctx.actor.id,
      actorName: ctx.actor.name,
      text: input.reason ? `Eliminó el registro: ${input.reason}` : 'Eliminó el registro',
      changes: [],
      files: [],
      outbox: null,
      audience: 'staff',
    })
    await writeAudit(ctx, db, {
      action: 'record.deleted',
      entity: entity.key,
      record: record._id,
      details: { reason: input.reason ?? null },
    })
  })
}

/** What refers to a record, as "3 Contratos". */
async function referringTo(ctx: Ctx, db: Db, target: string, id: string): Promise<string[]> {
  const found: string[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, definition] of Object.entries(installed.pack.entities)) {
      for (const [field, property] of Object.entries(definition.properties)) {
        const reference = referenceOf(property)
        if (reference?.entity !== target || reference.onDelete !== 'restrict') continue
        const count = await db.records(key).count({ [`data.${field}`]: id, deletedAt: null }, 1000)
        if (count > 0)
          found.push(`${count} ${count === 1 ? definition.title : (definition['x-title-plural'] ?? definition.title)}`)
      }
    }
  }
  return found
}

import { randomUUID } from 'node:crypto'
import type { Ctx } from '../../context.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, Filter, OutboxDoc, RecordDoc } from '../../persistence/index.ts'
import { computedFrom, type ComputedFrom } from './computedFrom.ts'

/** So many records are renewed with the change itself; more of them by a job, after it. */
const AT_ONCE = 500

/** Writes a record again as it is, so that its formulas are computed anew. */
export type Rewrite = (entity: EntityInPack, before: RecordDoc, historyText: string) => Promise<unknown>

/** The record whose change others follow, and the way they reach it. */
export type Renewal = Pick<ComputedFrom, 'entity' | 'via' | 'middle'> & { id: string; label: string }

/**
 * Brings up to date what other records hold of a record that changed, in the transaction of the change: a value copied
 * by a formula never says what was true before. Above 500 records it is queued, and follows within seconds.
 */
export async function renewComputed(
  ctx: Ctx,
  db: Db,
  entity: string,
  record: RecordDoc,
  changed: ReadonlySet<string>,
  rewrite: Rewrite,
): Promise<void> {
  const ways = new Map<string, Renewal>()
  for (const { entity: other, via, middle, field } of await computedFrom(ctx, entity)) {
    if (!changed.has(field)) continue
    const way: Renewal = { entity: other, via, middle, id: record._id, label: record.label }
    ways.set(JSON.stringify(way), way)
  }
  for (const way of ways.values()) {
    const found = await affected(db, way, null, AT_ONCE + 1)
    if (found.length > AT_ONCE) await db.outbox.insert(queued(ctx, way))
    else await renew(ctx, way, found, rewrite)
  }
}

/** The records that follow, in the order of their ids; after one of them. */
export async function affected(db: Db, way: Renewal, after: string | null, limit: number): Promise<RecordDoc[]> {
  const { via, middle, id } = way
  const reached: Filter = middle
    ? { $in: (await db.records(middle.entity).find({ [`data.${middle.via}`]: id }, { fields: ['_id'] })).map(idOf) }
    : { $eq: id }
  const filter: Filter = { [`data.${via}`]: reached, deletedAt: null, ...(after && { _id: { $gt: after } }) }
  return db.records(way.entity).find(filter, { sort: { _id: 1 }, limit })
}

const idOf = ({ _id }: RecordDoc): string => _id

export async function renew(ctx: Ctx, way: Renewal, records: RecordDoc[], rewrite: Rewrite): Promise<void> {
  const entity = await entityOf(ctx, way.entity)
  for (const before of records) await rewrite(entity, before, `Siguió un cambio de ${way.label}`)
}

function queued(ctx: Ctx, way: Renewal): OutboxDoc {
  const now = ctx.clock.now()
  return {
    ...{ _id: randomUUID(), kind: 'renew', status: 'pending', dueAt: now, attempts: 0, lease: null, createdAt: now },
    ...{ doneAt: null, lastError: null, record: null, instance: null, executionId: null },
    payload: way,
  }
}

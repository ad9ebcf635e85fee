import type { Json } from '#forms'
import type { Ctx } from '../../context.ts'
import { outboxRow } from '../../outboxRow.ts'
import { entityOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, Filter, RecordDoc } from '../../persistence/index.ts'
import { computedFrom, type ComputedFrom } from './computedFrom.ts'
import { computedFromFacts, type Change } from './computedFromFacts.ts'

/** So many records are renewed with the change itself; more of them by a job, after it. */
const AT_ONCE = 500

/** Writes a record again as it is, so that its formulas are computed anew. */
export type Rewrite = (entity: EntityInPack, before: RecordDoc, historyText: string) => Promise<unknown>

/** The records that follow a change of another one, and the way they reach it. */
export type Renewal = { entity: string; label: string } & (
  | (Pick<ComputedFrom, 'via' | 'middle'> & { id: string })
  /** Of what a fact is about: each field holds one of the values. */
  | { holding: { field: string; values: Json[] }[] }
)

/**
 * Brings up to date what other records hold of a record that changed, in the transaction of the change: a value copied
 * by a formula, and one that counts or sums, never says what was true before. Above 500 records it is queued, and
 * follows within seconds.
 */
export async function renewComputed(ctx: Ctx, db: Db, change: Change, rewrite: Rewrite): Promise<void> {
  const label = (change.after ?? change.before)?.label ?? ''
  const ways = new Map<string, Renewal>()
  const add = (way: Renewal): unknown => ways.set(JSON.stringify(way), way)
  if (change.before && change.after)
    for (const { entity, via, middle, field } of await computedFrom(ctx, change.entity))
      if (change.changed.has(field)) add({ entity, via, middle, id: change.after._id, label })
  for (const { entity, holding } of await computedFromFacts(ctx, change)) add({ entity, holding, label })
  for (const way of ways.values()) {
    const found = await affected(db, way, null, AT_ONCE + 1)
    if (found.length > AT_ONCE) await db.outbox.insert(outboxRow(ctx, 'renew', { ...way }))
    else await renew(ctx, way, found, rewrite)
  }
}

/** The records that follow, in the order of their ids; after one of them. */
export async function affected(db: Db, way: Renewal, after: string | null, limit: number): Promise<RecordDoc[]> {
  const filter: Filter = { ...(await reach(db, way)), deletedAt: null, ...(after && { _id: { $gt: after } }) }
  return db.records(way.entity).find(filter, { sort: { _id: 1 }, limit })
}

async function reach(db: Db, way: Renewal): Promise<Filter> {
  if ('holding' in way) {
    const tests = way.holding.map(({ field, values }): Filter => ({ [field]: { $in: values } }))
    return tests.length > 0 ? { $and: tests } : {}
  }
  const { via, middle, id } = way
  if (!middle) return { [`data.${via}`]: id }
  const between = await db.records(middle.entity).find({ [`data.${middle.via}`]: id }, { fields: ['_id'] })
  return { [`data.${via}`]: { $in: between.map(idOf) } }
}

const idOf = ({ _id }: RecordDoc): string => _id

export async function renew(ctx: Ctx, way: Renewal, records: RecordDoc[], rewrite: Rewrite): Promise<void> {
  const entity = await entityOf(ctx, way.entity)
  for (const before of records) await rewrite(entity, before, `Siguió un cambio de ${way.label}`)
}

import type { DependentsView } from '#engine/contract'
import { rowFilter } from '../../access/index.ts'
import type { Ctx } from '../../context.ts'
import { packsOf, type EntityInPack } from '../../packs/index.ts'
import type { Db, RecordDoc } from '../../persistence/index.ts'
import { referencePaths, type ReferencePath } from '../schema/referencePaths.ts'

/** A record that refers to another, by one of its places. */
export interface Dependent {
  entity: EntityInPack
  place: ReferencePath
  record: RecordDoc
}

/** Enough to decide and to name; nobody reads further. */
const MOST = 1000
/** How many are named. */
const NAMED = 5

/** Every record that refers to this one, deleted ones apart. */
export async function findDependents(ctx: Ctx, db: Db, target: string, id: string): Promise<Dependent[]> {
  const found: Dependent[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    for (const [key, definition] of Object.entries(installed.pack.entities)) {
      for (const place of referencePaths(definition)) {
        if (place.reference.entity !== target) continue
        const records = await db.records(key).find({ [`data.${place.path}`]: id, deletedAt: null }, { limit: MOST })
        found.push(...records.map((record) => ({ entity: { key, definition, installed }, place, record })))
      }
    }
  }
  return found.filter(({ entity, record }) => entity.key !== target || record._id !== id)
}

/** The same for people: how many of each kind, and the first of those that this actor may read by name. */
export async function dependentsView(ctx: Ctx, db: Db, dependents: Dependent[]): Promise<DependentsView[]> {
  const groups = new Map<string, { entity: EntityInPack; records: Map<string, RecordDoc> }>()
  for (const { entity, record } of dependents) {
    const group = groups.get(entity.key) ?? { entity, records: new Map<string, RecordDoc>() }
    group.records.set(record._id, record)
    groups.set(entity.key, group)
  }
  const views: DependentsView[] = []
  for (const { entity, records } of groups.values()) {
    const { title, 'x-title-plural': plural } = entity.definition
    const filter = rowFilter(ctx, entity, 'read')
    const visible = filter
      ? await db
          .records(entity.key)
          .find({ $and: [filter, { _id: { $in: [...records.keys()] } }] }, { limit: NAMED, fields: ['label'] })
      : []
    views.push({
      entity: entity.key,
      title: records.size === 1 ? title : (plural ?? title),
      count: records.size,
      items: visible.map(({ _id, label }) => ({ id: _id, label })),
    })
  }
  return views
}

import { compileRule, type JsonObject } from '#forms'
import type { PluginData, PluginRecord } from '#plugins/contract'
import type { Ctx } from '../context.ts'
import { queueNotification } from '../notify/index.ts'
import { entityOf, settingsOf, type EntityInPack } from '../packs/index.ts'
import type { Db, RecordDoc, ScheduleDoc } from '../persistence/index.ts'
import { loadReferences, writeRecord } from '../records/index.ts'

/** What a run of an action may do with the records of its entity, in one transaction. */
export async function actionData(ctx: Ctx, db: Db, entity: EntityInPack, schedule: string): Promise<PluginData> {
  // Two runs of one action must not read the same state and both write: the second waits, then reads what the first left.
  const kept = await db.schedules.findOneAndUpdate({ _id: schedule }, { $inc: { writes: 1 } }, { upsert: true })
  const records = db.records(entity.key)
  return {
    memory: (kept as Partial<ScheduleDoc> | null)?.memory ?? {},
    remember: async (memory) => {
      await db.schedules.updateOne({ _id: schedule }, { $set: { memory } })
    },
    find: async (where, { params = {}, sort, limit }) => {
      const environment = { params, now: ctx.clock.now(), timeZone: ctx.config.timeZone }
      const filter = { $and: [compileRule(where).toFilter(environment), { deletedAt: null }] }
      const order = sort ? { [`data.${sort.replace(/^-/, '')}`]: sort.startsWith('-') ? -1 : 1, _id: -1 } : { _id: -1 }
      const found = await records.find(filter, { sort: order as Record<string, 1 | -1>, limit })
      return found.map(pluginRecord)
    },
    create: async (changes) =>
      pluginRecord(await writeRecord(ctx, db, { entity, before: null, changes, by: 'person' })),
    update: async (id, changes) => {
      const before = await records.get(id)
      if (!before) throw new Error(`there is no ${entity.key} ${id}`)
      return pluginRecord(await writeRecord(ctx, db, { entity, before, changes, by: 'person' }))
    },
    notify: (template, to, record, facts = {}) => tell(ctx, db, entity, { template, to, record, facts }),
  }
}

const pluginRecord = ({ _id, data }: RecordDoc): PluginRecord => ({ id: _id, data })

async function tell(
  ctx: Ctx,
  db: Db,
  { key, installed }: EntityInPack,
  input: { template: string; to: string; record: PluginRecord | null; facts: JsonObject },
): Promise<void> {
  const { template, to, record, facts } = input
  const { definition } = await entityOf(ctx, key)
  await queueNotification(ctx, db, {
    pack: installed.pack,
    template,
    to,
    facts: {
      record: record ? { ...record.data, id: record.id } : {},
      ref: record ? await loadReferences(ctx, db, installed, definition.properties, record.data) : {},
      form: {},
      task: null,
      actor: { id: ctx.actor.id, name: ctx.actor.name },
      settings: await settingsOf(ctx, installed),
      vars: facts,
    },
    recordLink: record ? { entity: key, id: record.id } : null,
    instance: null,
    task: null,
  })
}

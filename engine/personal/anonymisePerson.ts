import { foldText, type FormSchema, type Json, type JsonObject } from '#forms'
import { endSessionsOf } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, listKeysOf } from '../packs/index.ts'
import type { Db, UserDoc } from '../persistence/index.ts'
import { openWorkOf } from '../tasks/accountCard.ts'
import { personInHand } from './personInHand.ts'

/**
 * Takes a person's data away for good: his account and the fields of his record that are marked personal. What the law
 * needs stays: the audit and the histories keep who it was by the id, and show "Persona anonimizada N"; sent mails and
 * signed documents stay as they are, for they are evidence. Throws as `personInHand`, and 409 `personal.open-work` while
 * work or open cases are his.
 */
export async function anonymisePerson(ctx: Ctx, id: string, reason: string): Promise<{ name: string }> {
  return ctx.transaction(async (db) => {
    const user = await personInHand(ctx, db, id)
    const { tasks, records } = await openWorkOf(ctx, id)
    if (tasks.length + records.length > 0)
      throw new CauceError('personal.open-work', { tasks: tasks.length, cases: records.length })
    const name = `Persona anonimizada ${await db.next('anonymised')}`
    await endSessionsOf(ctx, db, id, 'anonymised')
    await emptyAccount(ctx, db, user, name)
    await emptyRecord(ctx, db, user, name)
    await emptyTraces(db, user, name)
    await writeAudit(ctx, db, {
      action: 'personal.anonymised',
      entity: user.record?.entity ?? null,
      record: user.record?.id ?? id,
      label: name,
      details: { reason },
    })
    return { name }
  })
}

async function emptyAccount(ctx: Ctx, db: Db, user: UserDoc, name: string): Promise<void> {
  await db.users.updateOne(
    { _id: user._id },
    {
      $set: {
        name,
        // Nobody's address (RFC 2606), and still one of a kind.
        email: `${foldText(name).replaceAll(' ', '-')}@anonimo.invalid`,
        passwordHash: null,
        active: false,
        anonymisedAt: ctx.clock.now(),
        blocked: null,
      },
    },
  )
  await db.secondFactors.deleteMany({ _id: user._id })
}

async function emptyRecord(ctx: Ctx, db: Db, user: UserDoc, name: string): Promise<void> {
  if (!user.record) return
  const { definition } = await entityOf(ctx, user.record.entity)
  const records = db.records(user.record.entity)
  const record = await records.get(user.record.id)
  if (!record) return
  const data = withoutPersonal(definition, record.data)
  // The parts of his name: the first one says who he is now.
  const pattern = definition['x-account']?.name ?? definition['x-label'] ?? ''
  const [first, ...rest] = [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  if (first && first in data) data[first] = name
  for (const part of rest) if (part in data) data[part] = ''
  await records.updateOne(
    { _id: record._id },
    {
      $set: {
        data,
        label: name,
        ...listKeysOf(definition, data),
        aliases: [],
        updatedAt: ctx.clock.now(),
        updatedBy: ctx.actor.id,
      },
      $inc: { revision: 1 },
    },
  )
  await db.history.updateMany(
    { 'record.entity': user.record.entity, 'record.id': record._id },
    { $set: { changes: [] } },
  )
}

/** The values without those of fields marked `x-personal`, in lists of rows too. */
function withoutPersonal(schema: FormSchema, data: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(data).map(([field, value]): [string, Json] => {
      const property = schema.properties?.[field]
      if (property?.['x-personal'] !== undefined) return [field, null]
      const rows = property?.items
      if (!Array.isArray(value) || !rows?.properties) return [field, value]
      return [field, value.map((row) => withoutPersonal(rows, row as JsonObject))]
    }),
  )
}

/** His name in histories, what was kept for him alone. */
async function emptyTraces(db: Db, user: UserDoc, name: string): Promise<void> {
  await db.history.updateMany({ actor: user._id }, { $set: { actorName: name } })
  const namesakes = await db.users.count({ name: user.name, _id: { $ne: user._id } }, 1)
  // Steps of diagrams hold the name only; a namesake keeps his.
  if (namesakes === 0) await db.visits.updateMany({ actorName: user.name }, { $set: { actorName: name } })
  await db.notices.deleteMany({ user: user._id })
  await db.formDrafts.deleteMany({ user: user._id })
  await db.savedViews.deleteMany({ owner: user._id, shared: false })
  await db.savedViews.updateMany({ owner: user._id }, { $set: { ownerName: name } })
}

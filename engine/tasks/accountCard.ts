import type { AccountCardView } from '#engine/contract'
import { ACCOUNTS, can, mayDo } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { entityOf, packsOf, type EntityInPack } from '../packs/index.ts'
import type { RecordDoc, TaskDoc, UserDoc } from '../persistence/index.ts'
import { referenceOf, stateField, USER_ENTITY, visibleRecord } from '../records/index.ts'

/** Beyond this many, the list says so; nobody reads more. */
const MANY = 200

/** What a person holds: tasks in his hands, and records that name him as responsible, in cases that go on. */
export interface OpenWork {
  tasks: TaskDoc[]
  records: { entity: EntityInPack; field: string; record: RecordDoc }[]
}

/**
 * The account behind a person's record, for those who may read the record: may he enter, when was he here, what work
 * does he hold. 404 where there is no such record, or its entity has no accounts.
 */
export async function accountCard(ctx: Ctx, entityKey: string, id: string): Promise<AccountCardView> {
  const { entity, record } = await personOf(ctx, entityKey, id)
  const account = await ctx.db.users.get(id)
  const work = account ? await openWorkOf(ctx, id) : { tasks: [], records: [] }
  const last = account
    ? await ctx.db.audit.findOne({ actor: id, action: 'session.opened' }, { sort: { at: -1 }, fields: ['at'] })
    : null
  const secondFactor = (account && (await ctx.db.secondFactors.get(id))?.method) ?? null
  const mayEdit = mayDo(ctx, entity, 'edit', { ...record.data, id })
  return {
    state: stateOf(ctx, account),
    lockedUntil:
      account?.lockedUntil && account.lockedUntil > ctx.clock.now() ? account.lockedUntil.toISOString() : null,
    lastSignInAt: last?.at.toISOString() ?? null,
    tasks: work.tasks.map((task) => ({ id: task._id, title: task.title, record: task.recordLabel })),
    records: work.records.map(({ entity: { key, definition }, record: { _id, label } }) => ({
      entity: key,
      id: _id,
      label,
      title: definition.title,
    })),
    blocked: Boolean(account?.blocked),
    secondFactor,
    may: {
      sendLink: account?.active === true && (await can(ctx, ACCOUNTS, 'edit')),
      personal: account !== null && !account.anonymisedAt && id !== ctx.actor.id && (await can(ctx, ACCOUNTS, 'edit')),
      resetSecondFactor: secondFactor !== null && id !== ctx.actor.id && (await can(ctx, ACCOUNTS, 'edit')),
      reassign: mayEdit && work.tasks.length + work.records.length > 0,
    },
  }
}

/** The record of a person, if this actor may read it; 404 for an entity whose records are no accounts. */
export async function personOf(
  ctx: Ctx,
  entityKey: string,
  id: string,
): Promise<{ entity: EntityInPack; record: RecordDoc }> {
  const entity = await entityOf(ctx, entityKey)
  if (!entity.definition['x-account']) throw new CauceError('thing.not-found')
  return { entity, record: await visibleRecord(ctx, ctx.db, entity, id) }
}

function stateOf(ctx: Ctx, account: UserDoc | null): AccountCardView['state'] {
  if (!account) return 'none'
  if (!account.active) return 'inactive'
  if (account.passwordHash === null) return 'no-password'
  return account.lockedUntil && account.lockedUntil > ctx.clock.now() ? 'locked' : 'active'
}

export async function openWorkOf(ctx: Ctx, user: string): Promise<OpenWork> {
  const tasks = await ctx.db.tasks.find(
    { status: 'open', $or: [{ assignee: user }, { candidates: `user:${user}` }] },
    { sort: { dueSort: 1 }, limit: MANY },
  )
  const records: OpenWork['records'] = []
  for (const { pack } of await packsOf(ctx).all(ctx)) {
    for (const key of Object.keys(pack.entities)) {
      const entity = await entityOf(ctx, key)
      for (const [field, property] of Object.entries(entity.definition.properties)) {
        if (referenceOf(property)?.entity !== USER_ENTITY || property['x-computed']) continue
        const found = await ctx.db
          .records(key)
          .find({ [`data.${field}`]: user, deletedAt: null, ...goingOn(entity) }, { limit: MANY })
        records.push(...found.map((record) => ({ entity, field, record })))
      }
    }
  }
  return { tasks, records }
}

/** Records whose state is not one where nothing happens any more. */
function goingOn({ definition }: EntityInPack): Record<string, unknown> {
  const field = stateField(definition)
  const options = field ? (definition.properties[field]?.oneOf ?? []) : []
  const ended = options.filter((option) => option['x-terminal'] === true).map((option) => option.const)
  return field && ended.length > 0 ? { [`data.${field}`]: { $nin: ended } } : {}
}

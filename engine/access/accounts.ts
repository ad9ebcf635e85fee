import type { AccountDefinition } from '#definitions'
import { compileRule, renderPattern, type Issue, type Json } from '#forms'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf, type EntityInPack } from '../packs/index.ts'
import { isDuplicateKey, type Db, type RecordDoc, type UserDoc } from '../persistence/index.ts'
import { endSessionsOf } from './endSessions.ts'
import { queuePasswordToken } from './passwordTokens.ts'
import { checkAccountRights } from './accountRights.ts'
import { ruleEnvironment } from './permissions.ts'
import type { WantedAccount } from './WantedAccount.ts'

/**
 * Keeps the account of a person (`x-account`) equal to his record, in the transaction that writes the record. The
 * account has the id of the record. It is made when the record first says that he may sign in; from then on a record
 * that says he may not ends his sessions and tokens at once. Throws 422 `form.invalid` at the field that is wrong.
 */
export async function syncAccount(
  ctx: Ctx,
  db: Db,
  entity: EntityInPack,
  record: RecordDoc,
  before: RecordDoc | null,
): Promise<void> {
  const definition = entity.definition['x-account']
  if (!definition) return
  const wanted = await wantedAccount(ctx, definition, entity, record)
  const current = await db.users.get(record._id)
  // Data that was taken away does not come back with a later edit, nor does a blocked person.
  if (current?.anonymisedAt) return
  if (current?.blocked) wanted.active = false
  const issues = await checkAccountRights(ctx, db, definition, current, wanted)
  // Somebody from outside who is not approved yet is not told whether an address has an account: it is refused when he
  // would get one, and when staff type it; who rejects him is not held up by it.
  const isTyped = ctx.actor.front === 'staff' && before?.data[definition.email] !== record.data[definition.email]
  const isAsked = current !== null || wanted.active || isTyped
  if (isAsked && (await emailIsTaken(db, record._id, wanted))) issues.push(takenIssue(definition))
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  if (!current && !wanted.active) return
  const isReady = wanted.active && !current?.active && !current?.passwordHash
  if (current) await changeAccount(ctx, db, definition, entity, current, wanted)
  else await createAccount(ctx, db, definition, entity, record, wanted)
  if (isReady) await queuePasswordToken(ctx, db, record._id)
}

async function wantedAccount(
  ctx: Ctx,
  definition: AccountDefinition,
  entity: EntityInPack,
  record: RecordDoc,
): Promise<WantedAccount> {
  const { data } = record
  const text = (value: Json | undefined): string => (typeof value === 'string' ? value : '')
  const roles = typeof definition.roles === 'string' ? listOf(data[definition.roles]) : definition.roles
  const packs = await packsOf(ctx).all(ctx)
  const isPortal = roles.some((role) => packs.some(({ pack }) => pack.roles.roles[role]?.front === 'portal'))
  const isActive =
    !definition.activeWhen || compileRule(definition.activeWhen).test({ ...data, id: record._id }, ruleEnvironment(ctx))
  return {
    email: text(data[definition.email]).trim().toLowerCase(),
    // Somebody whose record is not complete yet goes by his address.
    name:
      (definition.name ? renderPattern(definition.name, data).trim() : record.label) || text(data[definition.email]),
    roles,
    front: isPortal ? 'portal' : 'staff',
    scope: Object.fromEntries(
      Object.entries(definition.scope ?? {}).map(([name, field]) => [name, listOf(data[field])]),
    ),
    active: isActive && record.deletedAt === null && !record.inactiveAt,
  }
}

const listOf = (value: Json | undefined): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === 'string' && item !== '')

/** The e-mail is one person's (FM-D-020), whatever entity he is of. */
async function emailIsTaken(db: Db, id: string, wanted: WantedAccount): Promise<boolean> {
  return (await db.users.count({ email: wanted.email, _id: { $ne: id } }, 1)) > 0
}

function takenIssue(definition: AccountDefinition): Issue {
  const message = 'Ya hay un usuario con este correo.'
  return { path: definition.email, rule: 'unique', params: {}, message, level: 'error' }
}

async function createAccount(
  ctx: Ctx,
  db: Db,
  definition: AccountDefinition,
  entity: EntityInPack,
  record: RecordDoc,
  wanted: WantedAccount,
): Promise<void> {
  const account: UserDoc = {
    _id: record._id,
    ...wanted,
    record: { entity: entity.key, id: record._id },
    passwordHash: null,
    failures: 0,
    lockedUntil: null,
    createdAt: ctx.clock.now(),
  }
  await refuseTaken(definition, () => db.users.insert(account))
  await writeAudit(ctx, db, {
    action: 'account.created',
    entity: entity.key,
    record: record._id,
    details: { email: wanted.email, roles: wanted.roles },
  })
}

async function changeAccount(
  ctx: Ctx,
  db: Db,
  definition: AccountDefinition,
  entity: EntityInPack,
  current: UserDoc,
  wanted: WantedAccount,
): Promise<void> {
  const fields = ['email', 'name', 'roles', 'front', 'scope', 'active'] as const
  const changes = fields
    .map((field) => ({ field, before: current[field], after: wanted[field] }))
    .filter(({ before, after }) => JSON.stringify(before) !== JSON.stringify(after))
  if (changes.length === 0) return
  await refuseTaken(definition, () => db.users.updateOne({ _id: current._id }, { $set: { ...wanted } }))
  // Who may not enter any more is out at once, and so is who would stay on the other front.
  if (!wanted.active || wanted.front !== current.front) await endSessionsOf(ctx, db, current._id, 'account')
  await writeAudit(ctx, db, {
    action: current.active && !wanted.active ? 'account.deactivated' : 'account.updated',
    entity: entity.key,
    record: current._id,
    changes,
  })
}

/** Two who take the same address at the same moment: the index decides, and the other is told at the field. */
async function refuseTaken(definition: AccountDefinition, write: () => Promise<unknown>): Promise<void> {
  try {
    await write()
  } catch (error) {
    if (!isDuplicateKey(error)) throw error
    throw new CauceError('form.invalid', {}, { issues: [takenIssue(definition)], cause: error })
  }
}

/**
 * Ends the account of a record that is deleted: its e-mail becomes free. Throws 409 `account.has-history` for somebody
 * who has acted: he is deactivated instead, so that the history keeps his name (FM-D-024).
 */
export async function removeAccount(ctx: Ctx, db: Db, entity: EntityInPack, record: RecordDoc): Promise<void> {
  const definition = entity.definition['x-account']
  const current = definition && (await db.users.get(record._id))
  if (!definition || !current) return
  const acted =
    (await db.audit.count({ actor: current._id }, 1)) > 0 ||
    (await db.tasks.count({ $or: [{ assignee: current._id }, { completedBy: current._id }] }, 1)) > 0
  if (acted) throw new CauceError('account.has-history')
  const gone: WantedAccount = { ...current, active: false }
  const issues = await checkAccountRights(ctx, db, definition, current, gone)
  if (issues.length > 0) throw new CauceError('form.invalid', {}, { issues })
  await endSessionsOf(ctx, db, current._id, 'account')
  await db.users.deleteOne({ _id: current._id })
  await writeAudit(ctx, db, { action: 'account.deleted', entity: entity.key, record: record._id })
}

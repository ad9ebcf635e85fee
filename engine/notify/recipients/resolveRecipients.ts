import type { JsonObject } from '#forms'
import type { Pack } from '#definitions'
import type { Ctx } from '../../context.ts'
import { packsOf } from '../../packs/index.ts'
import type { Db, InstanceDoc, TaskDoc, UserDoc } from '../../persistence/index.ts'
import { substitutesOf } from '../../substitution/index.ts'
import { accountsOfParty } from './accountsOfParty.ts'
import { entityAtPath, valueAtPath } from './factPath.ts'
import type { Recipient } from './Recipient.ts'

/** What the words of a `to` list are looked up in. */
export interface RecipientSource {
  pack: Pack
  /** `record`, `ref`, `form`, `task`, `actor`, `settings`, `vars`. */
  facts: JsonObject
  /** Entity of `facts.record`, to know what its references point at. */
  entity: string | null
  instance: Pick<InstanceDoc, 'startedBy' | 'process'> | null
  task: Pick<TaskDoc, 'assignee' | 'candidates'> | null
}

/**
 * The people that a `to` list means: `assignee` (the candidates while there is none), `candidates`, `starter`,
 * `role:x`, `group:x`, `user:<path>`, `party:<path>` (the record's own e-mail and the accounts limited to it),
 * `mail:settings.x`. `a | b` is b only while a means nobody. Each address once, an account before a bare address;
 * inactive accounts never. Where there is a task, who stands in for one of them is told too.
 */
export async function resolveRecipients(ctx: Ctx, db: Db, to: string, source: RecipientSource): Promise<Recipient[]> {
  const found = new Map<string, Recipient>()
  for (const alternatives of to.split(',')) {
    const people = await resolveFirst(ctx, db, alternatives.split('|'), source)
    for (const recipient of [...people, ...(await standIns(ctx, db, people, source))]) {
      const key = recipient.email.toLowerCase()
      const known = found.get(key)
      if (!known || (known.user === null && recipient.user !== null)) found.set(key, recipient)
    }
  }
  return [...found.values()]
}

async function resolveFirst(ctx: Ctx, db: Db, words: string[], source: RecipientSource): Promise<Recipient[]> {
  for (const word of words) {
    const people = await resolveWord(ctx, db, word.trim(), source)
    if (people.length > 0) return people
  }
  return []
}

async function resolveWord(ctx: Ctx, db: Db, word: string, source: RecipientSource): Promise<Recipient[]> {
  const { task, instance } = source
  const separator = word.indexOf(':')
  const kind = separator < 0 ? word : word.slice(0, separator)
  const rest = separator < 0 ? '' : word.slice(separator + 1)
  switch (kind) {
    case 'assignee':
      return task?.assignee ? accounts(db, { _id: task.assignee }) : candidates(ctx, db, task, source.pack)
    case 'candidates':
      return candidates(ctx, db, task, source.pack)
    case 'starter':
      return instance?.startedBy ? accounts(db, { _id: instance.startedBy }) : []
    case 'role':
      return accounts(db, { roles: rest })
    case 'group':
      return groupMembers(ctx, db, rest)
    case 'user':
      return accounts(db, { _id: { $in: texts(valueAtPath(source.facts, rest)) } })
    case 'party':
      return party(db, rest, source)
    case 'mail':
      return texts(valueAtPath(source.facts, rest))
        .flatMap((value) => value.split(/[,;\s]+/))
        .filter((email) => email.includes('@'))
        .map((email) => ({ user: null, name: '', email, front: 'staff' }))
    default:
      throw new Error(`"${word}" is not a recipient`)
  }
}

async function candidates(ctx: Ctx, db: Db, task: RecipientSource['task'], pack: Pack): Promise<Recipient[]> {
  const found: Recipient[] = []
  for (const key of task?.candidates ?? []) {
    const [kind, name = '', role = '*'] = key.split(':')
    if (kind === 'role') found.push(...(await accounts(db, { roles: name })))
    else if (kind === 'group') found.push(...(await groupMembers(ctx, db, name)))
    else if (kind === 'user') found.push(...(await accounts(db, { _id: name })))
    else if (kind === 'party') found.push(...(await accountsOfParty(db, pack, name, role)).map(toRecipient))
  }
  return found
}

/** Groups come from the versions in force, whatever version the case is pinned to: a right taken away is gone at once. */
async function groupMembers(ctx: Ctx, db: Db, group: string): Promise<Recipient[]> {
  if (group === 'staff' || group === 'portal') return accounts(db, { front: group })
  const installed = await packsOf(ctx).all(ctx)
  const roles = installed.flatMap(({ pack }) => pack.roles.groups?.[group]?.roles ?? [])
  return accounts(db, { roles: { $in: roles } })
}

/** FM-D-040: the company's own e-mail and its active users. */
async function party(db: Db, path: string, source: RecipientSource): Promise<Recipient[]> {
  const entity = source.entity === null ? null : entityAtPath(source.pack, source.entity, path)
  const found: Recipient[] = []
  for (const id of texts(valueAtPath(source.facts, path))) {
    const people = await accountsOfParty(db, source.pack, id, '*')
    found.push(...people.map(toRecipient))
    if (entity === null) continue
    const record = await db.records(entity).get(id)
    const field = Object.entries(source.pack.entities[entity]?.properties ?? {}).find(
      ([, { format }]) => format === 'email',
    )
    const email = field ? record?.data[field[0]] : null
    if (record && record.deletedAt === null && typeof email === 'string' && email !== '') {
      found.push({ user: null, name: record.label, email, front: people[0]?.front ?? 'portal' })
    }
  }
  return found
}

async function accounts(db: Db, filter: Record<string, unknown>): Promise<Recipient[]> {
  return (await db.users.find({ ...filter, active: true })).map(toRecipient)
}

const toRecipient = ({ _id, name, email, front }: UserDoc): Recipient => ({ user: _id, name, email, front })

/**
 * Those who do today the work of somebody who is told of a task. Limited to some roles: only if the absent person is
 * told for one of these (the task is for the role, or for a group of it).
 */
async function standIns(ctx: Ctx, db: Db, people: Recipient[], source: RecipientSource): Promise<Recipient[]> {
  const { task, instance } = source
  const accounts = new Map(people.flatMap((person) => (person.user === null ? [] : [[person.user, person.name]])))
  if (!task || accounts.size === 0) return []
  const packs = await packsOf(ctx).all(ctx)
  const isFor = (role: string): boolean =>
    task.candidates.some((key) => {
      const [kind, name = ''] = key.split(':')
      if (kind === 'role') return name === role
      return kind === 'group' && packs.some(({ pack }) => pack.roles.groups?.[name]?.roles.includes(role))
    })
  return (await substitutesOf(ctx, db, [...accounts.keys()]))
    .filter(({ cover }) => !cover.processes || cover.processes.includes(instance?.process ?? ''))
    .filter(({ cover }) => !cover.roles || cover.roles.some(isFor))
    .map(({ user, absent }) => ({ ...toRecipient(user), standInFor: accounts.get(absent) ?? '' }))
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? (value as unknown[]) : [value]).filter(
    (item): item is string => typeof item === 'string' && item !== '',
  )

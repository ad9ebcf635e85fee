import { randomUUID } from 'node:crypto'
import { demoAccounts, type Pack } from '#definitions'
import { todayIn, type Json, type JsonObject } from '#forms'
import { hashPassword } from '../access/index.ts'
import { MovableClock } from '../clock.ts'
import { createContext, type Ctx } from '../context.ts'
import { entityOf } from '../packs/index.ts'
import { CauceError } from '../errors.ts'
import { writeRecord } from '../records/index.ts'
import { runStory } from './runStory.ts'

const DAY = 24 * 3600_000
/** Published in the README: demo data exists outside production only. */
export const DEMO_PASSWORD = 'Demo-Cauce-2026'
/** Between two steps of a story that is played for the demo. */
const STEP_PAUSE_MS = 5 * 3600_000

export interface DemoOptions {
  /** false: accounts and records only; no case is played. */
  play: boolean
}

/**
 * Accounts, records and cases of a pack's demo, written through the same operations as everything else. Returns the
 * names (`@acme`) with the ids of their records.
 */
export async function loadDemo(
  ctx: Ctx,
  pack: Pack,
  options: DemoOptions = { play: true },
): Promise<Map<string, string>> {
  const names = new Map<string, string>()
  const { users = [], records = {}, play = [] } = pack.demo
  const domain = demoAccounts(pack)[0]?.email.split('@')[1] ?? 'demo.pe'
  const past = new MovableClock()
  const demo = createContext({
    store: ctx.store,
    config: ctx.config,
    clock: past,
    log: ctx.log,
    services: ctx.services,
    requestId: 'demo',
  })
  const now = ctx.clock.now()
  const earliest = Math.min(0, ...(options.play ? play : []).map((entry) => offsetOf(entry.at)))
  const beginning = new Date(now.getTime() + earliest - DAY)

  for (const [entityKey, rows] of Object.entries(records)) {
    const entity = await entityOf(demo, entityKey)
    for (const row of rows) {
      const { $id, ...data } = row
      const changes = resolveNames(data, names, now, ctx.config.timeZone) as JsonObject
      past.freeze(dayOfWriting(data, beginning, now))
      const written = await demo
        .transaction((db) => writeRecord(demo, db, { entity, before: null, changes, by: 'person' }))
        .catch((error: unknown) => {
          throw nameRow(error, `${entityKey} ${JSON.stringify($id ?? row)}`)
        })
      if (typeof $id === 'string') names.set($id, written._id)
    }
  }
  past.freeze(beginning)
  for (const user of users) {
    await demo.db.users.insert({
      _id: randomUUID(),
      email: user.email.toLowerCase(),
      name: user.name,
      roles: user.roles,
      front: user.roles.some((role) => pack.roles.roles[role]?.front === 'portal') ? 'portal' : 'staff',
      passwordHash: null,
      scope: Object.fromEntries(
        Object.entries(user.scope ?? {}).map(([scope, list]) => [scope, list.map((name) => names.get(name) ?? name)]),
      ),
      active: true,
      failures: 0,
      lockedUntil: null,
      createdAt: past.now(),
    })
  }
  // The records of people made their accounts; all of the demo sign in with the password of the README.
  const passwordHash = await hashPassword(DEMO_PASSWORD)
  await demo.db.users.updateMany({ passwordHash: null, active: true }, { $set: { passwordHash } })
  await acceptNotice(demo, pack)
  for (const entry of options.play ? play : []) {
    const story = pack.stories[entry.story]
    if (!story) throw new Error(`demo plays story "${entry.story}", which does not exist`)
    past.freeze(new Date(now.getTime() + offsetOf(entry.at)))
    await runStory(demo, story, {
      domain,
      names: new Map(names),
      check: false,
      password: DEMO_PASSWORD,
      ...(entry.until !== undefined ? { until: entry.until } : {}),
      ...(entry.data ? { data: resolveNames(entry.data, names, past.now(), ctx.config.timeZone) as JsonObject } : {}),
      before: (_step, index) => {
        if (index > 0) past.advance(STEP_PAUSE_MS)
      },
    })
  }
  // What was written in the past was sent in the past: nobody gets sixty days of mail on the first start.
  await demo.db.outbox.updateMany({ status: 'pending' }, { $set: { status: 'sent', doneAt: ctx.clock.now() } })
  // So were the reminders that fell due meanwhile.
  await demo.db.timers.deleteMany({ kind: { $in: ['notify', 'escalate'] }, dueAt: { $lte: ctx.clock.now() } })
  return names
}

/** A refused row says which one it is and why: whoever wrote the demo has no form before him. */
function nameRow(error: unknown, row: string): unknown {
  if (!(error instanceof CauceError) || !error.issues) return error
  const reasons = error.issues.map(({ path, message }) => `${path}: ${message}`).join('; ')
  return new Error(`The demo's ${row} cannot be saved: ${reasons}`, { cause: error })
}

/** `today-40d` as milliseconds from now. */
function offsetOf(text: string): number {
  const match = /^today(?:([+-]\d+)d)?$/.exec(text)
  if (!match) throw new Error(`"${text}" is not a demo date (today, today-40d)`)
  return Number(match[1] ?? 0) * DAY
}

const DAY_TEXT = /^(today(?:[+-]\d+d)?)(T\d\d:\d\d:\d\dZ)?$/

/** A record was written on the last day it tells of that is not ahead, or when everything began. */
function dayOfWriting(row: Json, beginning: Date, now: Date): Date {
  const days = textsIn(row).flatMap((text) => {
    const [, day] = DAY_TEXT.exec(text) ?? []
    return day === undefined ? [] : [now.getTime() + offsetOf(day)]
  })
  return new Date(Math.max(beginning.getTime(), ...days.filter((at) => at <= now.getTime())))
}

function textsIn(value: Json): string[] {
  if (typeof value === 'string') return [value]
  return value !== null && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : []
}

/** Names become ids, `today-40d` becomes a date, `today-40dT05:00:00Z` an instant of that day. */
function resolveNames(value: Json, names: Map<string, string>, now: Date, timeZone: string): Json {
  if (typeof value === 'string') {
    if (value.startsWith('@')) return names.get(value) ?? value
    const [, day, hour = ''] = DAY_TEXT.exec(value) ?? []
    if (day === undefined) return value
    return todayIn(new Date(now.getTime() + offsetOf(day)), timeZone) + hour
  }
  if (Array.isArray(value)) return value.map((item) => resolveNames(item, names, now, timeZone))
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(
      Object.entries(value).map(([name, item]) => [name, resolveNames(item, names, now, timeZone)]),
    )
  }
  return value
}

/** The people of the demo have read the privacy notice: the first thing to be seen is the product. */
async function acceptNotice(demo: Ctx, pack: Pack): Promise<void> {
  const version = pack.manifest.privacy?.version
  if (version === undefined) return
  const users = await demo.db.users.find({}, { fields: ['email'] })
  const at = demo.clock.now()
  await demo.db.acceptances.insertMany(
    users.map((user) => ({ _id: randomUUID(), user: user._id, version, at, ip: null, userAgent: null })),
  )
}

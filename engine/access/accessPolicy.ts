import { builtinFunctions, compileExpression, type Json } from '#forms'
import type { Actor, Ctx } from '../context.ts'
import { resolveRecipients, type Recipient } from '../notify/index.ts'
import { packsOf, settingsOf, type InstalledPack } from '../packs/index.ts'
import type { Db } from '../persistence/index.ts'
import { expressionActor } from './permissions.ts'

export type SecondFactorPolicy = 'off' | 'optional' | 'required'
const STRICTER: SecondFactorPolicy[] = ['off', 'optional', 'required']

/** FM-D-013: without activity a session ends after sixty minutes, or after what the packs say (the least of them). */
const IDLE_MINUTES = 60

export async function idleMinutes(ctx: Ctx, actor: Actor): Promise<number> {
  const minutes = (await said(ctx, actor, 'idleMinutes')).map(Number).filter((value) => value >= 1)
  return minutes.length > 0 ? Math.min(...minutes) : IDLE_MINUTES
}

/** Whether a person may, or must, give a second factor: the strictest of what the packs say. */
export async function secondFactorPolicy(ctx: Ctx, actor: Actor): Promise<SecondFactorPolicy> {
  const policies = (await said(ctx, actor, 'secondFactor')).map((value) =>
    STRICTER.indexOf(value as SecondFactorPolicy),
  )
  return STRICTER[Math.max(0, ...policies)] ?? 'off'
}

/**
 * Who is told when a password is set (FM-D-011): whom the packs name, else the first holder of a role that is protected.
 */
export async function passwordNoticeRecipients(ctx: Ctx, db: Db): Promise<Recipient[]> {
  const packs = await packsOf(ctx).all(ctx)
  const found: Recipient[] = []
  for (const installed of packs) {
    const to = installed.pack.manifest.access?.passwordNotices
    if (!to) continue
    found.push(...(await recipientsOf(ctx, db, installed, to)))
  }
  if (found.length > 0) return found
  const [first] = await db.users.find(
    { active: true, roles: { $in: protectedRoles(packs) } },
    { sort: { createdAt: 1, _id: 1 }, limit: 1 },
  )
  return first ? [{ user: first._id, name: first.name, email: first.email, front: first.front }] : []
}

export const protectedRoles = (packs: InstalledPack[]): string[] =>
  packs.flatMap(({ pack }) => Object.entries(pack.roles.roles).flatMap(([key, role]) => (role.protected ? [key] : [])))

async function recipientsOf(ctx: Ctx, db: Db, installed: InstalledPack, to: string): Promise<Recipient[]> {
  const settings = await settingsOf(ctx, installed)
  return resolveRecipients(ctx, db, to, {
    pack: installed.pack,
    facts: { settings },
    entity: null,
    instance: null,
    task: null,
  })
}

/** What each pack's expression for this says about the person. */
async function said(ctx: Ctx, actor: Actor, word: 'idleMinutes' | 'secondFactor'): Promise<Json[]> {
  const answers: Json[] = []
  for (const installed of await packsOf(ctx).all(ctx)) {
    const text = installed.pack.manifest.access?.[word]
    if (text === undefined) continue
    answers.push(
      compileExpression(text).evaluate(
        { settings: await settingsOf(ctx, installed), actor: expressionActor(actor) },
        {
          functions: { ...builtinFunctions, ...installed.functions },
          now: ctx.clock.now(),
          timeZone: ctx.config.timeZone,
          absent: ['actor', 'settings'],
        },
      ),
    )
  }
  return answers
}

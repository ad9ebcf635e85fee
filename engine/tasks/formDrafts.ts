import { randomUUID } from 'node:crypto'
import type { FormDraftView } from '#engine/contract'
import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'

const KEY = /^(task|process|record|message):[\w$:.-]{1,180}$/
/** A draft is what a person typed, not a store: larger ones are refused. */
const MAX_BYTES = 512 * 1024

/** Keeps what a person typed into a form, for him alone, seven days (FM-D-128). */
export async function saveFormDraft(ctx: Ctx, key: string, data: JsonObject): Promise<FormDraftView> {
  if (!KEY.test(key) || ctx.actor.id === null) throw new CauceError('request.invalid')
  if (Buffer.byteLength(JSON.stringify(data)) > MAX_BYTES) throw new CauceError('request.too-large')
  const savedAt = ctx.clock.now()
  const draft = await ctx.db.formDrafts.findOne({ user: ctx.actor.id, key }, { fields: ['_id'] })
  await ctx.db.formDrafts.updateOne(
    { _id: draft?._id ?? randomUUID() },
    { $set: { user: ctx.actor.id, key, data, savedAt } },
    { upsert: true },
  )
  return { data, savedAt: savedAt.toISOString() }
}

/** What this person typed into a form and did not send; null: nothing is kept. */
export async function findFormDraft(ctx: Ctx, key: string): Promise<FormDraftView | null> {
  if (!KEY.test(key) || ctx.actor.id === null) throw new CauceError('request.invalid')
  const draft = await ctx.db.formDrafts.findOne({ user: ctx.actor.id, key })
  return draft && { data: draft.data, savedAt: draft.savedAt.toISOString() }
}

export async function dropFormDraft(ctx: Ctx, key: string): Promise<void> {
  await ctx.db.formDrafts.deleteMany({ user: ctx.actor.id, key })
}

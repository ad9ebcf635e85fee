import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { Db, TaskDoc } from '../persistence/index.ts'

interface Replay {
  instance: string
  opened: TaskDoc[]
}
type Operation = 'startProcess' | 'sendMessage' | `completeTask:${string}`

/**
 * What a request with this `Idempotency-Key` did when it came the first time; null when it is new (or has no key). The
 * same key for something else is 400.
 */
async function replayOf(ctx: Ctx, operation: Operation): Promise<Replay | null> {
  const id = requestId(ctx)
  const request = id ? await ctx.db.requests.get(id) : null
  if (!request) return null
  if (request.operation !== operation) throw new CauceError('request.invalid')
  return { instance: request.instance, opened: await ctx.db.tasks.find({ _id: { $in: request.opened } }) }
}

/**
 * Carries a request out once. Sent again later it is answered by `again`; and so is its twin of the same instant, and the
 * one whose commit went through although the connection broke: they fail for what the first one did.
 */
export async function onceOnly<T>(
  ctx: Ctx,
  operation: Operation,
  work: () => Promise<T>,
  again: (done: Replay) => Promise<T>,
): Promise<T> {
  const earlier = await replayOf(ctx, operation)
  if (earlier) return again(earlier)
  try {
    return await work()
  } catch (error) {
    // When the store is gone it cannot tell either: then the first error stands.
    const twin = await replayOf(ctx, operation).catch(() => null)
    if (!twin) throw error
    return again(twin)
  }
}

/** Notes in the commit that the request was carried out; a second commit with the same key cannot happen. */
export async function rememberRequest(
  ctx: Ctx,
  db: Db,
  operation: Operation,
  instance: string,
  opened: TaskDoc[],
): Promise<void> {
  const id = requestId(ctx)
  if (id)
    await db.requests.insert({
      _id: id,
      operation,
      instance,
      opened: opened.map((task) => task._id),
      at: ctx.clock.now(),
    })
}

const requestId = (ctx: Ctx): string | null =>
  ctx.idempotencyKey !== null && ctx.actor.id !== null ? `${ctx.tenant}:${ctx.actor.id}:${ctx.idempotencyKey}` : null

import { randomUUID } from 'node:crypto'
import type { Ctx } from '../context.ts'
import { nextOrder } from '../order.ts'
import type { Db, NoticeDoc } from '../persistence/index.ts'

/** Leaves a notice in somebody's bell about work that went on without him; `link`: an address of the page. */
export async function leaveNotice(
  ctx: Ctx,
  db: Db,
  notice: Pick<NoticeDoc, 'user' | 'subject' | 'text' | 'link' | 'urgency'>,
): Promise<void> {
  const at = ctx.clock.now()
  await db.notices.insert({ ...notice, _id: randomUUID(), sequence: nextOrder(ctx, db), at, readAt: null })
}

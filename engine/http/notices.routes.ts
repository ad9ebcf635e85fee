import type { ListView, NoticeView } from '#engine/contract'
import type { Handlers } from './Handler.ts'

export const noticeHandlers: Handlers = {
  listNotices: async ({ ctx, page }): Promise<ListView<NoticeView> & { unread: number }> => {
    const { page: number, size } = page()
    const filter = { user: ctx.actor.id }
    const [notices, total, unread] = await Promise.all([
      ctx.db.notices.find(filter, { sort: { sequence: -1 }, skip: (number - 1) * size, limit: Math.min(size, 200) }),
      ctx.db.notices.count(filter, 10_000),
      ctx.db.notices.count({ ...filter, readAt: null }, 1000),
    ])
    const items = notices.map((notice) => ({
      id: notice._id,
      at: notice.at.toISOString(),
      subject: notice.subject,
      text: notice.text,
      link: notice.link,
      urgency: notice.urgency,
      read: notice.readAt !== null,
    }))
    return { items, total, unread, page: number, size }
  },
  readNotices: async ({ ctx, body }) => {
    const { ids } = body<{ ids?: string[] }>()
    await ctx.db.notices.updateMany(
      { user: ctx.actor.id, readAt: null, ...(ids ? { _id: { $in: ids } } : {}) },
      { $set: { readAt: ctx.clock.now() } },
    )
  },
}

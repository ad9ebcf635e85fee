import { passwordNoticeRecipients } from '../access/accessPolicy.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { leaveNotice } from '../notify/index.ts'
import { outboxRow } from '../outboxRow.ts'

/** So many requests of one person in a day. */
const MOST_PER_DAY = 5
const DAY_MS = 24 * 3600_000

/**
 * Tells the administrators, by mail and as a notice, what a person wants corrected in the data kept about him.
 * @throws 429 `request.too-many` after five in a day
 */
export async function requestCorrection(ctx: Ctx, text: string): Promise<void> {
  const { actor } = ctx
  const now = ctx.clock.now()
  const since = new Date(now.getTime() - DAY_MS)
  const before = await ctx.db.audit.count({ actor: actor.id, action: 'personal.correction', at: { $gt: since } })
  if (before >= MOST_PER_DAY) throw new CauceError('request.too-many', { minutes: DAY_MS / 60_000 })
  const user = actor.id ? await ctx.db.users.get(actor.id) : null
  const link = user?.record
    ? `/registros/${encodeURIComponent(user.record.entity)}/${encodeURIComponent(user.record.id)}`
    : null
  await ctx.transaction(async (db) => {
    const recipients = await passwordNoticeRecipients(ctx, db)
    const subject = `${actor.name} solicita corregir sus datos`
    const body = [
      `${actor.name} (${actor.email ?? ''}) solicita corregir los datos personales que guardamos de su persona:`,
      text,
      ...(link ? [`${ctx.config.baseUrl.replace(/\/$/, '')}${link}`] : []),
      'La ley da un plazo para responder: revise la solicitud cuanto antes.',
    ].join('\n\n')
    for (const recipient of recipients) {
      const payload = { to: recipient.email, name: recipient.name, subject, text: body, html: htmlOf(body) }
      await db.outbox.insert(outboxRow(ctx, 'mail', payload, { record: user?.record ?? null }))
      if (recipient.user) await leaveNotice(ctx, db, { user: recipient.user, subject, text, link, urgency: 'act' })
    }
    await writeAudit(ctx, db, { action: 'personal.correction', details: { text } })
  })
}

const htmlOf = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .split('\n\n')
    .map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br>')}</p>`)
    .join('')

import type { Json } from '#forms'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { deliverMail } from '../notify/index.ts'
import type { OutboxDoc } from '../persistence/index.ts'

/**
 * Sends a mail of the outbox and writes to whom, when and what into the audit (FM-D-012). Mails with a secret are not
 * sent here: their words never stand in the queue.
 */
export async function sendQueuedMail(ctx: Ctx, row: OutboxDoc): Promise<void> {
  await deliverMail(ctx, row)
  const { to, subject, text } = row.payload
  await writeAudit(ctx, ctx.db, {
    action: 'mail.sent',
    entity: row.record?.entity ?? null,
    record: row.record?.id ?? null,
    instance: row.instance,
    details: { to: plain(to), subject: plain(subject), text: plain(text), mail: row._id },
  })
}

const plain = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

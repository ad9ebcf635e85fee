import type { Ctx } from '../../context.ts'
import type { OutboxDoc } from '../../persistence/index.ts'
import { mailPortOf } from './mailPort.ts'

/** Sends the mail of an outbox row. Rejects when the server refuses or does not answer; trying again is the caller's. */
export async function deliverMail(ctx: Ctx, row: Pick<OutboxDoc, '_id' | 'payload'>): Promise<void> {
  const { to, name, subject, text, html } = row.payload as Record<'to' | 'name' | 'subject' | 'text' | 'html', string>
  await mailPortOf(ctx).send({ id: row._id, to: { name, address: to }, subject, text, html })
}

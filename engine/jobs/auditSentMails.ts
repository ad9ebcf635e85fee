import type { Json } from '#forms'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import type { Db, OutboxDoc } from '../persistence/index.ts'

/** Writes of each mail that went out to whom, when and what into the audit (FM-D-012). */
export async function auditSentMails(ctx: Ctx, db: Db, rows: OutboxDoc[]): Promise<void> {
  for (const row of rows) {
    const { to, subject, text } = row.payload
    await writeAudit(ctx, db, {
      action: 'mail.sent',
      entity: row.record?.entity ?? null,
      record: row.record?.id ?? null,
      instance: row.instance,
      details: { to: plain(to), subject: plain(subject), text: plain(text), mail: row._id },
    })
  }
}

const plain = (value: Json | undefined): string => (typeof value === 'string' ? value : '')

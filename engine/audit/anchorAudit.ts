import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { todayIn } from '#forms'
import type { Ctx } from '../context.ts'
import { outboxRow } from '../outboxRow.ts'
import { isDuplicateKey, type AuditAnchorDoc, type Db } from '../persistence/index.ts'
import { lastSeal } from './sealAudit.ts'

/** One line of the anchor file: what a copy of the audit is compared with years later. */
export interface AnchorLine {
  tenant: string
  day: string
  at: string
  number: number
  total: number
  hash: string
  timestamp: string | null
}

/**
 * Tells the head of the chain to the outside, once a day: a line in the anchor file, a mail to the configured addresses,
 * a time stamp. Who holds the database can rewrite the whole chain, but not what was told.
 * @returns true when this call did it
 */
export async function anchorAudit(ctx: Ctx): Promise<boolean> {
  const now = ctx.clock.now()
  const day = todayIn(now, ctx.config.timeZone)
  const id = `${ctx.tenant}:${day}`
  if (await ctx.db.auditAnchors.get(id)) return false
  const head = await lastSeal(ctx)
  if (!head) return false
  const { number, total, hash } = head
  const anchor: AuditAnchorDoc = { _id: id, day, at: now, number, total, hash, timestamp: await stamp(ctx, hash) }
  // The file first: told twice does no harm, not told would.
  await appendLine(ctx.config.auditAnchorFile, {
    tenant: ctx.tenant,
    day,
    at: now.toISOString(),
    number,
    total,
    hash,
    timestamp: anchor.timestamp,
  })
  try {
    await ctx.transaction(async (db) => {
      await db.auditAnchors.insert(anchor)
      await queueMails(ctx, db, anchor)
    })
    return true
  } catch (error) {
    if (isDuplicateKey(error)) return false
    throw error
  }
}

/** The authority may be out of reach: the day is anchored all the same, and the log says what is missing. */
async function stamp(ctx: Ctx, hash: string): Promise<string | null> {
  if (!ctx.config.auditTsaUrl) return null
  try {
    // Most installations use no authority: its formats are loaded where one is named.
    const { requestTimestamp } = await import('./timestamp.ts')
    return await requestTimestamp(ctx.config.auditTsaUrl, hash)
  } catch (error) {
    ctx.log.error({ error: String(error) }, 'the audit of today has no time stamp')
    return null
  }
}

async function appendLine(file: string, line: AnchorLine): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 })
  await appendFile(file, `${JSON.stringify(line)}\n`, { mode: 0o600 })
}

async function queueMails(ctx: Ctx, db: Db, anchor: AuditAnchorDoc): Promise<void> {
  const subject = `Sello de auditoría del ${anchor.day}`
  const text = [
    'Guarde este correo: con él se comprueba que nadie cambió el registro de auditoría.',
    '',
    `Día: ${anchor.day}`,
    `Sello: ${anchor.number}`,
    `Registros sellados: ${anchor.total}`,
    `Huella (SHA-256): ${anchor.hash}`,
  ].join('\n')
  await db.outbox.insertMany(
    ctx.config.auditAnchorMail.map((to) =>
      outboxRow(ctx, 'mail', { to, name: to, subject, text, html: `<pre>${text}</pre>` }),
    ),
  )
}

import { anchorAudit } from '../audit/anchorAudit.ts'
import { sealAudit as sealRows } from '../audit/sealAudit.ts'
import type { Ctx } from '../context.ts'

/** Seals what was written since the last time, then anchors the day's head when nobody did yet. */
export async function sealAudit(ctx: Ctx): Promise<void> {
  await sealRows(ctx)
  await anchorAudit(ctx)
}

import { randomUUID } from 'node:crypto'
import type { Json, JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { nextOrder } from '../order.ts'
import type { Db } from '../persistence/index.ts'

export interface AuditInput {
  /** `record.updated`, `task.completed`, `session.opened` … */
  action: string
  thing?: string | null
  entity?: string | null
  record?: string | null
  instance?: string | null
  changes?: { field: string; before: Json; after: Json }[]
  details?: JsonObject
}

/** Appends one row, in the transaction of what it tells. */
export async function writeAudit(ctx: Ctx, db: Db, input: AuditInput): Promise<void> {
  await db.audit.insert({
    _id: randomUUID(),
    at: ctx.clock.now(),
    sequence: nextOrder(ctx.clock.now()),
    actor: ctx.actor.id,
    actorName: ctx.actor.name,
    front: ctx.actor.front,
    ip: ctx.actor.ip,
    userAgent: ctx.actor.userAgent,
    action: input.action,
    thing: input.thing ?? null,
    entity: input.entity ?? null,
    record: input.record ?? null,
    instance: input.instance ?? null,
    changes: input.changes ?? [],
    details: input.details ?? {},
  })
}

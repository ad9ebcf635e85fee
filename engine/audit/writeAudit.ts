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
  /** Name of the record as it is now. */
  label?: string | null
  instance?: string | null
  changes?: { field: string; before: Json; after: Json }[]
  details?: JsonObject
}

/** Appends one row, in the transaction of what it tells. Sealing comes later (`sealAudit`), so that nobody waits for it. */
export async function writeAudit(ctx: Ctx, db: Db, input: AuditInput): Promise<void> {
  const { actor } = ctx
  await db.audit.insert({
    _id: randomUUID(),
    at: ctx.clock.now(),
    sequence: nextOrder(ctx, db),
    actor: actor.id,
    actorName: actor.name,
    onBehalf: actor.onBehalf ? { id: actor.onBehalf.id, name: actor.onBehalf.name } : null,
    front: actor.front,
    ip: actor.ip,
    userAgent: actor.userAgent?.slice(0, 300) ?? null,
    request: ctx.requestId === '-' ? null : ctx.requestId,
    action: input.action,
    module: moduleOf(input),
    thing: input.thing ?? null,
    entity: input.entity ?? null,
    record: input.record ?? null,
    label: input.label ?? null,
    instance: input.instance ?? null,
    changes: input.changes ?? [],
    details: withoutSecrets(input.details ?? {}),
  })
}

/** Parts of the platform that actions belong to, whatever thing they name. */
const MODULES: Record<string, string> = {
  session: 'session',
  password: 'session',
  'second-factor': 'session',
  pack: 'studio',
  draft: 'studio',
  incident: 'operations',
  substitution: 'substitutions',
}

function moduleOf({ action, entity, thing }: AuditInput): string {
  const [area = ''] = action.split('.')
  return entity ?? MODULES[area] ?? thing ?? area
}

const SECRET = /password|contrase|token|secret|otp$/i

/** Passwords and tokens have no place in a log, whoever hands them in. */
function withoutSecrets(details: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !SECRET.test(name)))
}

import { randomUUID } from 'node:crypto'
import type { Ctx } from './context.ts'
import type { OutboxDoc } from './persistence/index.ts'

/** Work that a job does as soon as what asks for it is written: about nothing, unless told. */
export function outboxRow(
  ctx: Ctx,
  kind: OutboxDoc['kind'],
  payload: OutboxDoc['payload'],
  about: Partial<Pick<OutboxDoc, 'record' | 'instance' | 'executionId'>> = {},
): OutboxDoc {
  const now = ctx.clock.now()
  return {
    _id: randomUUID(),
    kind,
    status: 'pending',
    dueAt: now,
    attempts: 0,
    lease: null,
    createdAt: now,
    doneAt: null,
    lastError: null,
    record: null,
    instance: null,
    executionId: null,
    ...about,
    payload,
  }
}

import type { ActionDefinition } from '#definitions'
import type { PluginActionResult } from '#plugins/contract'
import { writeAudit } from '../audit/writeAudit.ts'
import { systemActor, as, type Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { openHttpPort } from '../host/openHttpPort.ts'
import { settingsOf, type EntityInPack } from '../packs/index.ts'
import type { RecordDoc } from '../persistence/index.ts'
import { actionData } from './actionData.ts'

export interface Performance {
  key: string
  action: ActionDefinition
  entity: EntityInPack
  record: RecordDoc | null
  reason: string
  byPerson: boolean
}

/** Under which the memory and the next time of an action are kept. */
export const scheduleId = (ctx: Ctx, pack: string, key: string): string => `${ctx.tenant}:${pack}:${key}`

/**
 * Runs an action of a plugin; who may is decided before. The plugin writes with the platform's rights, in the name of
 * who set it off. What came of it is a row of the audit, also when it failed (409 `action.failed`).
 */
export async function performAction(ctx: Ctx, input: Performance): Promise<PluginActionResult> {
  const { key, action, entity, record } = input
  const { installed } = entity
  const perform = installed.actions[action.does]
  if (!perform) throw new Error(`there is no action ${action.does}`)
  const { id, name, ip, userAgent, email } = ctx.actor
  const writer = as(ctx, { ...systemActor, id, name, ip, userAgent, email })
  const schedule = scheduleId(ctx, installed.name, key)
  const isOpen = installed.functions['business.isDay'] as (day: string) => unknown
  let result: PluginActionResult
  try {
    result = await perform(action.input ?? {}, {
      now: ctx.clock.now(),
      timeZone: ctx.config.timeZone,
      settings: await settingsOf(ctx, installed),
      byPerson: input.byPerson,
      record: record && { id: record._id, data: record.data },
      reason: input.reason,
      isBusinessDay: (day) => isOpen(day) === true,
      http: openHttpPort(ctx.config),
      transaction: (work) => ctx.transaction(async (db) => work(await actionData(writer, db, entity, schedule))),
      log: (message) => {
        ctx.log.info({ action: key }, message)
      },
    })
  } catch (cause) {
    ctx.log.error({ action: key, error: String(cause) }, 'action failed')
    await note(ctx, input, { failed: true, message: cause instanceof Error ? cause.message : String(cause) })
    throw new CauceError('action.failed', { title: action.title }, { cause })
  }
  await note(ctx, input, { message: result.message, ...result.details })
  return result
}

async function note(ctx: Ctx, input: Performance, details: Record<string, unknown>): Promise<void> {
  const { key, action, entity, record, reason, byPerson } = input
  await ctx.transaction((db) =>
    writeAudit(ctx, db, {
      action: 'action.run',
      entity: entity.key,
      record: record?._id ?? null,
      label: record?.label ?? action.title,
      details: { ran: key, title: action.title, byPerson, ...(reason && { reason }), ...details },
    }),
  )
}

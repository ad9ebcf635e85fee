import type { IncidentView, ListView } from '#engine/contract'
import { demand } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { ProcessEvent } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, IncidentDoc } from '../persistence/index.ts'
import { labelsById } from '../records/index.ts'
import { cancelInstance } from './cancelInstance.ts'
import { moveCase, movesFor } from './moveCase.ts'
import { definitionOf } from './runStep.ts'
import { runSystemStep } from './runSystemStep.ts'

/** The thing of the permission matrix that working on problems asks for. */
export const OPERATIONS = 'operations'

/** Problems that wait for a person, newest first. */
export async function findIncidents(
  ctx: Ctx,
  input: { status: 'open' | 'resolved'; page: number; size: number },
): Promise<ListView<IncidentView>> {
  await demand(ctx, OPERATIONS, 'read')
  const size = Math.min(input.size, 200)
  const [rows, total] = await Promise.all([
    ctx.db.incidents.find({ status: input.status }, { sort: { at: -1 }, skip: (input.page - 1) * size, limit: size }),
    ctx.db.incidents.count({ status: input.status }, 10_000),
  ])
  const items: IncidentView[] = []
  for (const row of rows) items.push(await incidentView(ctx, row))
  return { items, total, page: input.page, size }
}

export interface ResolveIncidentInput {
  id: string
  action: Action
  /** `move`: the node to go on at. */
  to?: string
  reason: string
}
type Action = IncidentView['actions'][number]

/**
 * Ends a problem with a reason. `retry` does again what failed (an outbox row from its first try; a timer's or job's step
 * now); `move` lets the case go on at another node; `cancel` ends the case; `dismiss` only says that nothing more is to
 * be done. Audited. 409 `message.not-expected` when the problem is over or the action not for it, `step.refused` when the
 * case could not go on there.
 */
export async function resolveIncident(ctx: Ctx, input: ResolveIncidentInput): Promise<IncidentView> {
  await demand(ctx, OPERATIONS, 'edit')
  const incident = await ctx.db.incidents.get(input.id)
  if (!incident) throw new CauceError('thing.not-found')
  const { actions } = await incidentView(ctx, incident)
  if (!actions.includes(input.action)) throw new CauceError('message.not-expected')
  const resolution = { action: input.action, reason: input.reason, by: ctx.actor.id, at: ctx.clock.now() }
  const resolve = async (db: Db): Promise<void> => {
    const matched = await db.incidents.updateOne(
      { _id: incident._id, status: 'open' },
      { $set: { status: 'resolved', resolution } },
    )
    if (matched === 0) throw new CauceError('message.not-expected')
    await writeAudit(ctx, db, {
      action: `incident.${input.action}`,
      thing: incident.code,
      instance: incident.instance,
      details: { incident: incident._id, reason: input.reason, ...(input.to ? { to: input.to } : {}) },
    })
  }
  if (input.action === 'move') {
    await moveCase(ctx, incident, { to: input.to ?? '', reason: input.reason, also: resolve })
  } else {
    // It writes a new incident, and throws `step.failed`, when it fails again.
    if (input.action === 'retry' && !incident.outbox && incident.instance)
      await runSystemStep(ctx, { instance: incident.instance, event: incident.event as unknown as ProcessEvent })
    await ctx.transaction(async (db) => {
      await resolve(db)
      if (input.action === 'retry' && incident.outbox) await sendAgain(ctx, db, incident.outbox)
      if (input.action === 'cancel' && incident.instance) await cancelCase(ctx, db, incident.instance, resolution)
    })
  }
  const after = await ctx.db.incidents.get(incident._id)
  if (!after) throw new CauceError('thing.not-found')
  return incidentView(ctx, after)
}

async function sendAgain(ctx: Ctx, db: Db, row: string): Promise<void> {
  const now = ctx.clock.now()
  await db.outbox.updateOne(
    { _id: row, status: 'failed' },
    { $set: { status: 'pending', attempts: 0, dueAt: now, createdAt: now, doneAt: null, lease: null } },
  )
}

async function cancelCase(
  ctx: Ctx,
  db: Db,
  id: string,
  resolution: NonNullable<IncidentDoc['resolution']>,
): Promise<void> {
  const instance = await db.instances.get(id)
  if (instance?.status === 'running') await cancelInstance(ctx, db, instance, resolution.reason, { tellCaller: true })
  // With the case its other problems are over; a mail that did not arrive is one of its own.
  await db.incidents.updateMany(
    { instance: id, status: 'open', code: { $ne: 'mail.failed' } },
    { $set: { status: 'resolved', resolution } },
  )
}

/** What people did by hand they do again by hand: only work of the system can be retried from here. */
function actionsOf(incident: IncidentDoc, canMove: boolean): Action[] {
  const bySystem = incident.outbox !== null || incident.event.type === 'timer' || incident.event.type === 'job'
  // A mail that does not arrive stops no case.
  const stops = incident.instance !== null && incident.code !== 'mail.failed'
  return [
    ...(bySystem ? (['retry'] as const) : []),
    ...(stops && canMove ? (['move'] as const) : []),
    ...(stops ? (['cancel'] as const) : []),
    'dismiss',
  ]
}

const TITLES: Record<string, string> = {
  'mail.failed': 'Un correo no se pudo entregar',
  'secret-mail.failed': 'Un enlace o código de acceso no se pudo entregar',
  'service.failed': 'Un servicio externo no respondió',
  'call.failed': 'No se pudo iniciar un trámite derivado',
  'return.failed': 'No se pudo continuar después de un trámite derivado',
  expression: 'Una regla del trámite no se pudo calcular',
  'no-flow': 'El trámite no encontró por dónde seguir',
  service: 'Falta un dato o un servicio que el trámite necesita',
  'too-long': 'El trámite dio demasiadas vueltas sin esperar a nadie',
  'token-lost': 'El trámite se quedó sin un siguiente paso',
  'state-mismatch': 'El trámite guardado no corresponde a su definición',
}

async function incidentView(ctx: Ctx, row: IncidentDoc): Promise<IncidentView> {
  const instance = row.instance ? await ctx.db.instances.get(row.instance) : null
  const outbox = row.outbox ? await ctx.db.outbox.get(row.outbox) : null
  const link = instance?.record ?? outbox?.record ?? null
  const label = link ? (await labelsById(ctx, link.entity, [link.id])).get(link.id) : undefined
  const title = instance
    ? definitionOf(await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number), instance.process).name
    : ''
  const by = row.resolution?.by ? await ctx.db.users.get(row.resolution.by) : null
  const places = row.status === 'open' ? await movesFor(ctx, row, instance, outbox) : []
  return {
    id: row._id,
    at: row.at.toISOString(),
    title: TITLES[row.code] ?? 'Un paso del trámite no se pudo completar',
    detail: row.message,
    code: row.code,
    instance: instance ? { id: instance._id, process: instance.process, title } : null,
    record: link ? { ...link, label: label ?? '' } : null,
    node: row.node,
    status: row.status,
    actions: row.status === 'open' ? actionsOf(row, places.length > 0) : [],
    places,
    attempts: outbox?.attempts ?? null,
    resolution: row.resolution
      ? { ...row.resolution, by: by?.name ?? null, at: new Date(row.resolution.at).toISOString() }
      : null,
  }
}

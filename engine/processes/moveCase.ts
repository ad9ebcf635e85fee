import { openPlaces, placesOf, type CompiledProcess, type OpenPlace } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, IncidentDoc, InstanceDoc } from '../persistence/index.ts'
import { unpackState } from './engineState.ts'
import { definitionOf } from './runStep.ts'
import { stepWith } from './stepWith.ts'

/** Where a case that is stuck could go on instead: nodes of the same part of its process, in the order of the drawing. */
export async function movesFor(
  ctx: Ctx,
  incident: IncidentDoc,
  instance: InstanceDoc | null,
  outbox: { executionId: string | null } | null,
): Promise<{ id: string; name: string }[]> {
  if (instance?.status !== 'running') return []
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  const definition = definitionOf(installed, instance.process)
  const from = stuckAt(instance, definition, incident, outbox)
  return from ? placesOf(definition, from.node) : []
}

/**
 * Lets a stuck case leave what it waits for and go on at `to`. Tried in memory first; `also` is written with it. 409
 * `step.refused` with the reason, 409 `message.not-expected` when it does not wait there any more.
 */
export async function moveCase(
  ctx: Ctx,
  incident: IncidentDoc,
  input: { to: string; reason: string; also: (db: Db) => Promise<void> },
): Promise<void> {
  const outbox = incident.outbox ? await ctx.db.outbox.get(incident.outbox) : null
  const message = { name: 'move', label: '', reason: input.reason }
  await stepWith(ctx, {
    instance: incident.instance ?? '',
    event: (instance, definition) => {
      const from = stuckAt(instance, definition, incident, outbox)
      const place = from && placesOf(definition, from.node).find(({ id }) => id === input.to)
      if (!place) throw new CauceError('message.not-expected')
      message.label = `Operaciones llevó el trámite de «${nameOf(definition, from.node)}» a «${place.name}»`
      return { type: 'move', executionId: from.executionId, to: place.id }
    },
    message,
    also: (db) => input.also(db),
  })
}

/** What the case waits for there where it is stuck; null when that cannot be said. */
function stuckAt(
  instance: InstanceDoc,
  definition: CompiledProcess,
  incident: IncidentDoc,
  outbox: { executionId: string | null } | null,
): OpenPlace | null {
  const open = openPlaces(unpackState(instance.state))
  const { executionId, name } = incident.event
  const place =
    open.find((one) => one.executionId === (outbox ? outbox.executionId : executionId)) ??
    (typeof name === 'string' ? open.find((one) => one.message === name) : undefined)
  if (!place) return null
  // What stands on the border of a task is left with the task.
  const holder = definition.nodes[place.node]?.attachedTo
  return holder ? (open.find((one) => one.node === holder) ?? null) : place
}

const nameOf = (definition: CompiledProcess, node: string): string => definition.nodes[node]?.name || node

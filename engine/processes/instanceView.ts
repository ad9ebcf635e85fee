import type { InstancePageView, InstanceView, ProcessSummary } from '#engine/contract'
import { can, isCandidate } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { packsOf } from '../packs/index.ts'
import type { InstanceDoc } from '../persistence/index.ts'
import { definitionOf } from './runStep.ts'
import { visibleInstance } from './sendMessage.ts'
import { readPath } from './visitPath.ts'

export async function instanceView(ctx: Ctx, instance: InstanceDoc): Promise<InstanceView> {
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  return {
    id: instance._id,
    process: instance.process,
    title: definitionOf(installed, instance.process).name,
    version: instance.pack.number,
    status: instance.status,
    record: instance.record,
  }
}

/** The diagram of a case with the way it travelled and where it stands; the same as text. */
export async function instancePage(ctx: Ctx, id: string): Promise<InstancePageView> {
  const instance = await visibleInstance(ctx, id)
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  const definition = definitionOf(installed, instance.process)
  const steps = await ctx.db.visits.find({ instance: id }, { sort: { sequence: 1 } })
  const visits = steps.flatMap(({ at, actorName, path }) =>
    readPath(path).map((visit) => ({ ...visit, at, actorName })),
  )
  const seen = new Set(visits.map((visit) => visit.node))
  const open = new Set(instance.status === 'running' ? instance.waits.map((wait) => wait.node) : [])
  const staff = ctx.actor.front !== 'portal'
  return {
    ...(await instanceView(ctx, instance)),
    xml: installed.pack.processes[instance.process] ?? '',
    visits: visits.map((visit) => ({
      id: visit.node,
      at: visit.at.toISOString(),
      who: staff ? visit.actorName : null,
      event: visit.event,
      flow: visit.flow,
    })),
    open: [...open],
    outline: Object.values(definition.nodes)
      .filter((node) => node.name !== '')
      .map((node) => ({
        id: node.id,
        name: node.name,
        type: node.type,
        status: open.has(node.id) ? ('open' as const) : seen.has(node.id) ? ('done' as const) : ('pending' as const),
      })),
  }
}

/** Processes this actor may start by himself. */
export async function listProcesses(ctx: Ctx): Promise<ProcessSummary[]> {
  const packs = await packsOf(ctx).all(ctx)
  const found: ProcessSummary[] = []
  for (const installed of packs) {
    for (const definition of Object.values(installed.processes)) {
      const { process } = definition
      if (process.startOn !== 'create') continue
      const { candidates } = process.start
      const allowed =
        candidates.length > 0
          ? isCandidate(packs, ctx.actor, candidates, {})
          : await can(ctx, process.entity ?? definition.key, 'create')
      if (allowed) found.push({ key: definition.key, title: definition.name, entity: process.entity })
    }
  }
  return found
}

import type { MigrationView } from '#engine/contract'
import { demand } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import { migrateState, type CompiledProcess, type MigratedState } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { followOrders } from '../order.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, InstanceDoc } from '../persistence/index.ts'
import { labelsById } from '../records/index.ts'
import { packState, unpackState } from './engineState.ts'
import { historyRow } from './historyRow.ts'
import { RevisionMoved } from './RevisionMoved.ts'

export interface MigrateInput {
  pack: string
  /** Numbers of two installed versions. */
  from: number
  to: number
  /** Node id in `from` → node id in `to`; the others keep theirs. */
  mapping?: Record<string, string>
  /** Only says what would happen. */
  dryRun?: boolean
}
type Moved = Extract<MigratedState, { problem: null }>['result']

/**
 * Lets the open cases of one version go on in another. All of them are tried in memory first; when one of them could not
 * go on, nothing is changed and the answer says which and why. Each is then moved in a transaction of its own, with its
 * state before it kept for `undoMigration`; one that moved on meanwhile stays where it is and is told. 403 without the
 * right to publish, 404 for a version that was never installed.
 */
export async function migrateInstances(ctx: Ctx, input: MigrateInput): Promise<MigrationView> {
  await demand(ctx, 'studio', 'publish')
  const before = await versionOf(ctx, input.pack, input.from)
  const after = await versionOf(ctx, input.pack, input.to)
  const mapping = input.mapping ?? {}
  const cases = await ctx.db.instances.find({
    'pack.name': input.pack,
    'pack.number': input.from,
    status: 'running',
  })
  const view: Told = { moved: [], blocked: [] }
  const ready: { instance: InstanceDoc; result: Moved; from: CompiledProcess; to: CompiledProcess }[] = []
  for (const instance of cases) {
    const from = before.processes[instance.process]
    const to = after.processes[instance.process]
    const state = unpackState(instance.state)
    const entry = entryOf(instance)
    if (!from || !to || !state) {
      view.blocked.push({ ...entry, node: null, message: 'Este proceso no existe en la otra versión' })
      continue
    }
    const { result, problem } = migrateState({
      ...{ state, from, to, mapping, vars: instance.vars },
      ...{ now: ctx.clock.now(), timeZone: ctx.config.timeZone },
    })
    if (problem) view.blocked.push({ ...entry, ...problem })
    else ready.push({ instance, result, from, to })
  }
  if (input.dryRun || view.blocked.length > 0) {
    if (input.dryRun) view.moved = ready.map(({ instance }) => entryOf(instance))
    return withLabels(ctx, view)
  }
  for (const { instance, result, from, to } of ready) {
    try {
      await ctx.transaction(async (db) => {
        await moveCase(ctx, db, { instance, from, to, mapping, number: input.to }, result)
      })
      view.moved.push(entryOf(instance))
    } catch (error) {
      if (!(error instanceof RevisionMoved)) throw error
      view.blocked.push({ ...entryOf(instance), node: null, message: 'El trámite avanzó mientras tanto' })
    }
  }
  return withLabels(ctx, view)
}

/** Puts cases back that were moved from `from` to `to` and have not gone on since; the others are told and stay. */
export async function undoMigration(
  ctx: Ctx,
  input: Pick<MigrateInput, 'pack' | 'from' | 'to'>,
): Promise<MigrationView> {
  await demand(ctx, 'studio', 'publish')
  const before = await versionOf(ctx, input.pack, input.from)
  const after = await versionOf(ctx, input.pack, input.to)
  const cases = await ctx.db.instances.find({
    'pack.name': input.pack,
    'pack.number': input.to,
    'undo.number': input.from,
    status: 'running',
  })
  const view: Told = { moved: [], blocked: [] }
  for (const instance of cases) {
    const { undo } = instance
    const [from, to] = [before.processes[instance.process], after.processes[instance.process]]
    if (!undo || !from || !to) continue
    try {
      await ctx.transaction(async (db) => {
        // A step after the migration counted the revision on: its state is the only true one now.
        if (instance.revision !== undo.revision) throw new RevisionMoved()
        const back = Object.fromEntries(undo.mapping.map(({ from: old, to: node }) => [node, old]))
        await saveCase(ctx, db, instance, {
          state: undo.state,
          waits: undo.waits,
          pack: { name: input.pack, number: input.from },
          definitionHash: from.hash,
          undo: null,
        })
        await moveOpen(db, instance, { to: from, mapping: back, number: input.from })
        await tell(ctx, db, instance, 'process.migration-undone', { from: input.to, to: input.from })
      })
      view.moved.push(entryOf(instance))
    } catch (error) {
      if (!(error instanceof RevisionMoved)) throw error
      view.blocked.push({ ...entryOf(instance), node: null, message: 'El trámite avanzó después del cambio' })
    }
  }
  return withLabels(ctx, view)
}

type Entry = Pick<InstanceDoc, 'process' | 'record'> & { instance: string }
interface Told {
  moved: Entry[]
  blocked: (Entry & { node: string | null; message: string })[]
}

/** What a person reads of each case: what it is about, by its name. */
async function withLabels(ctx: Ctx, { moved, blocked }: Told): Promise<MigrationView> {
  const labels = new Map<string, string>()
  const records = [...moved, ...blocked].flatMap(({ record }) => record ?? [])
  for (const entity of new Set(records.map((record) => record.entity))) {
    const ids = records.filter((record) => record.entity === entity).map(({ id }) => id)
    for (const [id, label] of await labelsById(ctx, entity, ids)) labels.set(id, label)
  }
  const named = <T extends Entry>(entry: T) => ({ ...entry, label: labels.get(entry.record?.id ?? '') ?? '' })
  return { moved: moved.map(named), blocked: blocked.map(named) }
}

interface Move {
  instance: InstanceDoc
  from: CompiledProcess
  to: CompiledProcess
  mapping: Record<string, string>
  number: number
}

async function moveCase(ctx: Ctx, db: Db, move: Move, result: Moved): Promise<void> {
  const { instance, to, mapping, number } = move
  await saveCase(ctx, db, instance, {
    state: packState(result.state ?? {}),
    waits: instance.waits.map((wait) => ({ ...wait, node: mapping[wait.node] ?? wait.node })),
    pack: { name: instance.pack.name, number },
    definitionHash: to.hash,
    undo: {
      number: instance.pack.number,
      revision: instance.revision + 1,
      state: instance.state,
      waits: instance.waits,
      // A list: ids of nodes may hold dots, which keys of the store may not.
      mapping: Object.entries(mapping).map(([from, node]) => ({ from, to: node })),
    },
  })
  await moveOpen(db, instance, move)
  await tell(ctx, db, instance, 'process.migrated', { from: instance.pack.number, to: number, mapping })
}

async function saveCase(ctx: Ctx, db: Db, instance: InstanceDoc, fields: Partial<InstanceDoc>): Promise<void> {
  const matched = await db.instances.updateOne(
    { _id: instance._id, revision: instance.revision, status: 'running' },
    { $set: { ...fields, order: followOrders(ctx, db, instance), revision: instance.revision + 1 } },
  )
  if (matched === 0) throw new RevisionMoved()
}

/** Open tasks and timers go with their case: they get the form and the place of the other version. */
async function moveOpen(db: Db, instance: InstanceDoc, move: Pick<Move, 'to' | 'mapping' | 'number'>): Promise<void> {
  const place = (node: string): string => move.mapping[node] ?? node
  for (const task of await db.tasks.find({ instance: instance._id, status: 'open' })) {
    const node = move.to.nodes[place(task.node)]
    await db.tasks.updateOne(
      { _id: task._id },
      {
        $set: {
          node: place(task.node),
          pack: { name: task.pack.name, number: move.number },
          form: node?.form ?? null,
          notSameAs: node?.notSameAs ?? null,
        },
      },
    )
  }
  for (const timer of await db.timers.find({ instance: instance._id }))
    await db.timers.updateOne({ _id: timer._id }, { $set: { node: place(timer.node) } })
}

async function tell(
  ctx: Ctx,
  db: Db,
  instance: InstanceDoc,
  action: string,
  details: { from: number; to: number; mapping?: Record<string, string> },
): Promise<void> {
  const text = `El trámite pasa de la versión ${details.from} a la ${details.to}`
  await db.history.insert(historyRow(ctx, db, instance, 'changed', text, { audience: 'staff' }))
  await writeAudit(ctx, db, {
    action,
    thing: instance.process,
    entity: instance.record?.entity ?? null,
    record: instance.record?.id ?? null,
    instance: instance._id,
    details,
  })
}

const entryOf = ({ _id, process, record }: InstanceDoc): Entry => ({
  instance: _id,
  process,
  record,
})

async function versionOf(ctx: Ctx, pack: string, number: number) {
  if (
    !packsOf(ctx).names.includes(pack) ||
    !(await ctx.db.packVersions.findOne({ pack, number }, { fields: ['number'] }))
  )
    throw new CauceError('thing.not-found')
  return packsOf(ctx).version(ctx, pack, number)
}

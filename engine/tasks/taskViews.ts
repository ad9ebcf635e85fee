import type { TaskView } from '#engine/contract'
import { fits, hatsOf, mayStep } from '../access/index.ts'
import type { Ctx } from '../context.ts'
import { entityOf, packsOf, type InstalledPack } from '../packs/index.ts'
import type { RecordDoc, TaskDoc } from '../persistence/index.ts'
import { labelsById, stateField } from '../records/index.ts'

/**
 * Tasks as the inbox shows them, with names instead of ids; a handful of queries for the whole page. `records`: those that
 * the caller has in hand.
 */
export async function taskViews(ctx: Ctx, tasks: TaskDoc[], records: RecordDoc[] = []): Promise<TaskView[]> {
  if (tasks.length === 0) return []
  const packs = await packsOf(ctx).all(ctx)
  const people = new Set(
    tasks
      .flatMap((task) => [
        task.assignee,
        task.from,
        task.completedBy,
        task.completedFor ?? null,
        ...userCandidates(task),
      ])
      .filter((id) => id !== null),
  )
  const names = new Map(
    (await ctx.db.users.find({ _id: { $in: [...people] } }, { fields: ['name'] })).map((user) => [user._id, user.name]),
  )
  const states = await statesOf(ctx, tasks, records)
  const parties = await partyLabels(ctx, packs, tasks)
  const hats = await hatsOf(ctx)
  const hatOf = (task: TaskDoc) => (task.status === 'open' ? hats.find((hat) => fits(hat, task)) : undefined)
  const barred = await barredTasks(ctx, tasks)
  return tasks.map((task) => ({
    id: task._id,
    key: task.node,
    title: task.title,
    instance: task.instance,
    process: task.process,
    record: task.record
      ? { ...task.record, label: task.recordLabel ?? '', state: states.get(task.record.id) ?? null }
      : null,
    assignee: task.assignee ? { id: task.assignee, name: names.get(task.assignee) ?? '' } : null,
    candidates: [...new Set(task.candidates.map((candidate) => candidateTitle(packs, candidate, names, parties)))],
    from: task.from ? (names.get(task.from) ?? null) : null,
    createdAt: task.createdAt.toISOString(),
    dueAt: task.dueAt?.toISOString() ?? null,
    priority: task.priority,
    status: task.status,
    completedBy: doneBy(task, names),
    completedAt: task.completedAt?.toISOString() ?? null,
    outcome: task.outcome,
    mine: hatOf(task) !== undefined && !barred.has(task._id),
    standInFor: hatOf(task)?.standIn?.user.name ?? null,
    pause: pauseView(task),
  }))
}

function pauseView({ pause, status }: TaskDoc): TaskView['pause'] {
  if (!pause || status !== 'open') return null
  const { label, comment, byName, at, dueAt } = pause
  return { label, comment, by: byName, at: at.toISOString(), dueAt: dueAt?.toISOString() ?? null }
}

/** «Ana en nombre de Luis» where somebody stood in. */
function doneBy({ completedBy, completedFor }: TaskDoc, names: Map<string, string>): string | null {
  if (!completedBy) return null
  const who = names.get(completedBy) ?? null
  return completedFor ? `${who ?? ''} en nombre de ${names.get(completedFor) ?? ''}` : who
}

/** Open tasks that a fixed rule keeps for others, or whose other step this person did. */
async function barredTasks(ctx: Ctx, tasks: TaskDoc[]): Promise<Set<string>> {
  const barred = new Set<string>()
  for (const task of tasks) {
    if (task.status !== 'open' || !task.record) continue
    if (!(await mayStep(ctx, ctx.db, task.record, task.node))) barred.add(task._id)
  }
  return barred
}

const userCandidates = (task: TaskDoc): string[] =>
  task.candidates
    .filter((candidate) => candidate.startsWith('user:'))
    .map((candidate) => candidate.slice('user:'.length))

async function statesOf(ctx: Ctx, tasks: TaskDoc[], inHand: RecordDoc[]): Promise<Map<string, string>> {
  const states = new Map<string, string>()
  const records = tasks.map((task) => task.record).filter((record) => record !== null)
  for (const key of new Set(records.map((record) => record.entity))) {
    const field = stateField((await entityOf(ctx, key)).definition)
    if (!field) continue
    const ids = records.filter((record) => record.entity === key).map((record) => record.id)
    const known = inHand.filter((record) => ids.includes(record._id))
    const missing = ids.filter((id) => !known.some((record) => record._id === id))
    const found =
      missing.length === 0
        ? []
        : await ctx.db.records(key).find({ _id: { $in: missing } }, { fields: [`data.${field}`] })
    for (const record of [...known, ...found]) states.set(record._id, String(record.data[field] ?? ''))
  }
  return states
}

/** Names of the companies that are candidates: the record behind a party, whatever its entity. */
async function partyLabels(ctx: Ctx, packs: InstalledPack[], tasks: TaskDoc[]): Promise<Map<string, string>> {
  const ids = [
    ...new Set(
      tasks
        .flatMap((task) => task.candidates)
        .map((candidate) => /^party:([^:]*):/.exec(candidate)?.[1])
        .filter((id) => id !== undefined),
    ),
  ]
  const labels = new Map<string, string>()
  if (ids.length === 0) return labels
  for (const installed of packs) {
    for (const key of Object.keys(installed.pack.entities)) {
      const missing = ids.filter((id) => !labels.has(id))
      if (missing.length === 0) return labels
      for (const [id, label] of await labelsById(ctx, key, missing)) labels.set(id, label)
    }
  }
  return labels
}

function candidateTitle(
  packs: InstalledPack[],
  candidate: string,
  names: Map<string, string>,
  parties: Map<string, string>,
): string {
  const [kind = '', key = ''] = candidate.split(':')
  for (const { pack } of packs) {
    if (kind === 'role' && pack.roles.roles[key]) return pack.roles.roles[key].title
    if (kind === 'group' && pack.roles.groups?.[key]) return pack.roles.groups[key].title
  }
  if (kind === 'user') return names.get(key) ?? ''
  if (kind === 'party') return parties.get(key) ?? ''
  return key
}

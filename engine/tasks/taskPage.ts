import type { OutcomeView, TaskPageView } from '#engine/contract'
import { settleForm, type JsonObject } from '#forms'
import type { NodeDefinition } from '../bpmn/index.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf, resolveForm, settingsOf, type InstalledPack, type ResolvedForm } from '../packs/index.ts'
import type { RecordDoc, TaskDoc } from '../persistence/index.ts'
import { conditionHolds, definitionOf, stepFacts } from '../processes/index.ts'
import { environmentView, factsQuestion, formEnvironment, formView, labelsForData } from '../records/index.ts'
import { loadTask } from './loadTask.ts'
import { taskViews } from './taskViews.ts'

export interface TaskParts {
  /** In which everything about this task happens: see loadTask. */
  ctx: Ctx
  task: TaskDoc
  installed: InstalledPack
  node: NodeDefinition
  form: ResolvedForm
  stored: RecordDoc | null
}

/** A task with the definition it was opened with. */
export async function taskParts(given: Ctx, id: string): Promise<TaskParts> {
  const { ctx, task } = await loadTask(given, id)
  const installed = await packsOf(ctx).version(ctx, task.pack.name, task.pack.number)
  const node = definitionOf(installed, task.process).nodes[task.node]
  if (!node) throw new CauceError('internal')
  const form = resolveForm(installed, task.form, await settingsOf(ctx, installed))
  const stored = task.record ? await ctx.db.records(task.record.entity).get(task.record.id) : null
  return { ctx, task, installed, node, form, stored }
}

/** The task screen: form, proposed values, draft, outcomes. A closed task shows what was answered. */
export async function taskPage(given: Ctx, id: string): Promise<TaskPageView> {
  const parts = await taskParts(given, id)
  const { ctx, task, installed, form, stored } = parts
  const [view] = await taskViews(given, [task])
  if (!view) throw new CauceError('internal')
  const record: (JsonObject & { id: string }) | null = stored ? { ...stored.data, id: stored._id } : null
  const saved = Object.fromEntries(form.recordFields.map((name) => [name, record?.[name] ?? null]))
  const properties = form.schema.properties ?? {}
  const environment = await formEnvironment(ctx, ctx.db, { installed, form, properties, record, value: saved })
  const data: JsonObject =
    task.status === 'open'
      ? settleForm(form.model, saved, environment, { event: 'edit', keepHidden: true }).value
      : { ...saved, ...answered(task, form) }
  const draft =
    ctx.actor.id && task.status === 'open'
      ? await ctx.db.formDrafts.findOne({ user: ctx.actor.id, key: `task:${id}` })
      : null
  return {
    ...view,
    form: formView(form),
    data,
    labels: await labelsForData(ctx, form.entity, { ...data, ...draft?.data }),
    draft: draft ? { data: draft.data, savedAt: draft.savedAt.toISOString() } : null,
    outcomes: await outcomesOf(ctx, parts),
    pauses: view.mine ? pausesFor(ctx, task, parts.node) : [],
    context: form.context,
    environment: {
      ...environmentView(environment, form.schema),
      ask: factsQuestion(installed, form, { operation: 'taskFacts', params: { id } }),
    },
  }
}

function answered(task: TaskDoc, form: ResolvedForm): JsonObject {
  const own = new Set(form.ownFields)
  return Object.fromEntries(Object.entries(task.form_data ?? {}).filter(([name]) => own.has(name)))
}

/** What this person may stop the clock of a task for; nothing while it stands still. */
const pausesFor = (ctx: Ctx, task: TaskDoc, node: NodeDefinition): { key: string; label: string }[] =>
  task.status === 'open' && !task.pause && ctx.actor.front === 'staff' ? node.pauses : []

/** The outcomes offered now: those whose `when` holds. */
export async function outcomesOf(ctx: Ctx, parts: TaskParts): Promise<OutcomeView[]> {
  const { node, task, installed, stored } = parts
  const offered: OutcomeView[] = []
  const given = node.outcomes.length > 0 ? node.outcomes : [DONE]
  const facts = given.some((outcome) => outcome.when)
    ? await stepFacts(ctx, ctx.db, {
        installed,
        record: task.record ? { ...task.record, data: stored?.data ?? {} } : null,
        vars: {},
      })
    : null
  for (const outcome of given) {
    if (outcome.when && facts && !conditionHolds(ctx, installed, facts, outcome.when)) continue
    const { key, label, kind, confirm, reason, reauthenticate } = outcome
    offered.push({ key, label, kind, confirm, reason, reauthenticate })
  }
  return offered
}

/** A task without declared outcomes has one. */
const DONE = {
  key: 'done',
  label: 'Listo',
  kind: 'primary' as const,
  confirm: null,
  reason: false,
  when: null,
  reauthenticate: false,
}

import type { ExplainView } from '#engine/contract'
import { actorKeys, fixedRule, identityOf, mayStep, separationOf } from '../../access/index.ts'
import { listed } from '../../access/roles/index.ts'
import type { Ctx } from '../../context.ts'
import { entityOf, packsOf } from '../../packs/index.ts'
import type { TaskDoc } from '../../persistence/index.ts'
import { contextOf, isExcluded, loadTask } from '../loadTask.ts'
import { taskViews } from '../taskViews.ts'
import type { Explained } from './Explained.ts'

/** Why a task is in somebody's inbox, or why he cannot do it. 404 for a task that the asker may not know of. */
export async function explainTask(explained: Explained, id: string): Promise<ExplainView> {
  const { asker, who } = explained
  const { task } = await loadTask(asker, id)
  const ctx = await contextOf(explained.ctx, task)
  const [view] = await taskViews(asker, [task])
  const forWhom = `La tarea es para: ${listed(view?.candidates ?? [])}.`
  const deny = (sentence: string, ...details: string[]): ExplainView => ({
    allowed: false,
    sentence,
    details: [forWhom, ...details],
  })
  if (task.status !== 'open')
    return deny(`La tarea ya no está abierta${view?.completedBy ? `: la atendió ${view.completedBy}` : ''}.`)
  const obstacle = await obstacleOf(ctx, task)
  if (task.assignee !== null && task.assignee !== identityOf(ctx.actor))
    return deny(`${who} no puede atender la tarea porque la tomó ${view?.assignee?.name ?? 'otra persona'}.`)
  const reason = task.assignee === null ? await candidateReason(ctx, task, view?.candidates ?? []) : 'la tiene asignada'
  if (!reason) return deny(`${who} no puede atender la tarea: es para ${listed(view?.candidates ?? [])}.`)
  if (obstacle) return deny(`${who} no puede atender la tarea: ${obstacle}`)
  const onBehalf = ctx.actor.onBehalf ? `, en nombre de ${ctx.actor.onBehalf.name}` : ''
  return {
    allowed: true,
    sentence: `La tarea está en la bandeja${who === 'Usted' ? '' : ` de ${who}`} porque ${who === 'Usted' ? 'usted ' : ''}${reason}${onBehalf}.`,
    details: [forWhom],
  }
}

/** Which candidate of the task this person is, in words; null when he is none. */
async function candidateReason(ctx: Ctx, task: TaskDoc, titles: string[]): Promise<string | null> {
  const keys = new Set(actorKeys(await packsOf(ctx).all(ctx), ctx.actor))
  const key = task.candidates.find((candidate) => keys.has(candidate))
  if (!key) return null
  const title = titles[task.candidates.indexOf(key)] ?? listed(titles)
  if (key.startsWith('role:')) return `tiene el rol ${title}`
  if (key.startsWith('group:')) return `pertenece a ${title}`
  if (key.startsWith('party:')) return `representa a ${title}`
  return 'es la persona indicada en el registro'
}

async function obstacleOf(ctx: Ctx, task: TaskDoc): Promise<string | null> {
  if (await isExcluded(ctx, task)) return 'hizo un paso anterior que debe hacer otra persona.'
  if (!task.record) return null
  const { installed } = await entityOf(ctx, task.record.entity)
  const separate = await separationOf(ctx, ctx.db, task.record, task.node)
  if (separate) return `hizo el paso anterior. ${separate.because}`
  if (await mayStep(ctx, ctx.db, task.record, task.node)) return null
  return fixedRule(installed.pack.roles, task.record.entity, task.node)?.because ?? 'sus roles no lo permiten.'
}

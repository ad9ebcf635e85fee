import type { ExplainView } from '#engine/contract'
import { actorOf, can, withStandIns } from '../../access/index.ts'
import { MATRIX } from '../../access/roles/index.ts'
import { as, type Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import type { Explained } from './Explained.ts'
import { explainTask } from './explainTask.ts'
import { explainThing } from './explainThing.ts'

export interface ExplainInput {
  thing?: string | undefined
  action?: string | undefined
  id?: string | undefined
  task?: string | undefined
  /** Somebody else's view; only for who may read the matrix. */
  user?: string | undefined
}

/**
 * Why somebody may or may not do something, or why a task is his: one sentence, and the rule behind it. Says nothing about
 * records that the asker may not read: they answer as those that do not exist. 400 without a thing or a task, 403 for
 * another person's view without the right to read the matrix.
 */
export async function explainAccess(asker: Ctx, input: ExplainInput): Promise<ExplainView> {
  const explained = await explainedPerson(asker, input.user)
  if (input.task) return explainTask(explained, input.task)
  if (!input.thing) throw new CauceError('request.invalid')
  return explainThing(explained, { thing: input.thing, action: input.action ?? 'read', id: input.id ?? null })
}

async function explainedPerson(asker: Ctx, id: string | undefined): Promise<Explained> {
  if (id === undefined || id === asker.actor.id) return { ctx: asker, asker, who: 'Usted' }
  if (!(await can(asker, MATRIX, 'read'))) throw new CauceError('access.denied')
  const user = await asker.db.users.get(id)
  if (!user) throw new CauceError('thing.not-found')
  return { ctx: await withStandIns(as(asker, actorOf(user, null, null))), asker, who: user.name }
}

import type { AccountCardView } from '#engine/contract'
import { actorKeys, actorOf, mayDo } from '../access/index.ts'
import { writeAudit } from '../audit/writeAudit.ts'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, TaskDoc, UserDoc } from '../persistence/index.ts'
import { inboxOf, noteOnCase } from '../processes/index.ts'
import { writeRecord } from '../records/index.ts'
import { accountCard, openWorkOf, personOf } from './accountCard.ts'

/**
 * Hands the open work of a person to another (FM-D-024): his tasks, and the records of running cases that name him. A
 * task goes only to somebody who may do it; what cannot go stays where it is, and the card that comes back still lists
 * it. 403 without the right to edit the person's record, 422 for somebody who cannot take work.
 */
export async function reassignWork(
  ctx: Ctx,
  input: { entity: string; id: string; to: string },
): Promise<AccountCardView> {
  const { entity, record } = await personOf(ctx, input.entity, input.id)
  if (!mayDo(ctx, entity, 'edit', { ...record.data, id: input.id })) throw new CauceError('access.denied')
  const to = await ctx.db.users.get(input.to)
  if (!to?.active || to._id === input.id) throw new CauceError('account.cannot-take')
  const keys = new Set(actorKeys(await packsOf(ctx).all(ctx), actorOf(to, null, null)))
  const work = await openWorkOf(ctx, input.id)
  await ctx.transaction(async (db) => {
    for (const task of work.tasks) await moveTask(ctx, db, task, input.id, to, keys)
    for (const { entity: of, field, record: before } of work.records) {
      if (to.front !== 'staff') continue
      const current = await db.records(of.key).get(before._id)
      if (current?.data[field] !== input.id) continue
      await writeRecord(ctx, db, { entity: of, before: current, changes: { [field]: to._id }, by: 'process' })
    }
    await writeAudit(ctx, db, {
      action: 'account.work-reassigned',
      entity: input.entity,
      record: input.id,
      details: { to: to._id, tasks: work.tasks.length, records: work.records.length },
    })
  })
  return accountCard(ctx, input.entity, input.id)
}

async function moveTask(ctx: Ctx, db: Db, task: TaskDoc, from: string, to: UserDoc, keys: Set<string>): Promise<void> {
  const isPersonal = task.candidates.includes(`user:${from}`)
  if (!isPersonal && !task.candidates.some((candidate) => keys.has(candidate))) return
  const candidates = [
    ...new Set(task.candidates.map((candidate) => (candidate === `user:${from}` ? `user:${to._id}` : candidate))),
  ]
  const assignee = task.assignee === from ? to._id : task.assignee
  const moved = await db.tasks.updateOne(
    { _id: task._id, status: 'open', assignee: task.assignee },
    { $set: { assignee, candidates, ...inboxOf(assignee, candidates) } },
  )
  if (moved > 0)
    await noteOnCase(ctx, db, task.instance, { kind: 'task', text: `${task.title} — Reasignó la tarea a ${to.name}` })
}

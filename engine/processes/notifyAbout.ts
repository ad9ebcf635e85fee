import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { queueNotification } from '../notify/index.ts'
import { entityOf, packsOf, settingsOf } from '../packs/index.ts'
import type { Db, InstanceDoc, TaskDoc } from '../persistence/index.ts'
import { loadReferences } from '../records/index.ts'
import { historyRow } from './historyRow.ts'

export interface NotifyInput {
  instance: InstanceDoc
  template: string
  /** The vocabulary's list of recipients. */
  to: string
  task: TaskDoc | null
  form: JsonObject
}

/** Tells people of an event of a case, with the templates of the case's own version; the mails show in its history. */
export async function notifyAbout(ctx: Ctx, db: Db, input: NotifyInput): Promise<void> {
  const { instance, task } = input
  const installed = await packsOf(ctx).version(ctx, instance.pack.name, instance.pack.number)
  const entity = instance.record ? await entityOf(ctx, instance.record.entity) : null
  const record = instance.record ? await db.records(instance.record.entity).get(instance.record.id) : null
  const mails = await queueNotification(ctx, db, {
    pack: installed.pack,
    template: input.template,
    to: input.to,
    facts: {
      record: record ? { ...record.data, id: record._id } : {},
      ref: entity && record ? await loadReferences(ctx, db, installed, entity.definition.properties, record.data) : {},
      form: input.form,
      task: task ? { title: task.title, dueAt: task.dueAt?.toISOString() ?? null } : null,
      actor: { id: ctx.actor.id, name: ctx.actor.name },
      settings: await settingsOf(ctx, installed),
      vars: instance.vars,
    },
    recordLink: instance.record,
    instance: { _id: instance._id, startedBy: instance.startedBy, process: instance.process },
    task,
  })
  await db.history.insertMany(
    mails.map((mail) =>
      historyRow(ctx, db, instance, 'mail', 'Aviso por correo', { outbox: mail._id, audience: 'staff' }),
    ),
  )
}

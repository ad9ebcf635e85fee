import { randomUUID } from 'node:crypto'
import type { Pack } from '#definitions'
import type { Ctx } from '../context.ts'
import { nextOrder } from '../order.ts'
import { outboxRow } from '../outboxRow.ts'
import type { Db, InstanceDoc, OutboxDoc, TaskDoc } from '../persistence/index.ts'
import { resolveRecipients } from './recipients/resolveRecipients.ts'
import type { Recipient } from './recipients/Recipient.ts'
import { renderTemplate } from './template/renderTemplate.ts'
import type { TemplateContext } from './template/TemplateContext.ts'

export interface NotificationInput {
  pack: Pack
  /** Key of the template. */
  template: string
  /** Comma list: see resolveRecipients. */
  to: string
  facts: NotificationFacts
  /** The record it is about: where the links lead. */
  recordLink: { entity: string; id: string } | null
  instance: Pick<InstanceDoc, '_id' | 'startedBy' | 'process'> | null
  task: Pick<TaskDoc, '_id' | 'assignee' | 'candidates'> | null
}
export type NotificationFacts = Omit<TemplateContext, 'recipient'>

/**
 * Tells people of an event, in the transaction of that event: one mail per person into the outbox (sent by a job
 * afterwards) and one notice for those with an account. Returns the outbox rows, for the history. Throws when the
 * template does not exist or does not compile.
 */
export async function queueNotification(ctx: Ctx, db: Db, input: NotificationInput): Promise<OutboxDoc[]> {
  const template = input.pack.templates[input.template]
  if (!template) throw new Error(`template ${input.template} does not exist`)
  const recipients = await resolveRecipients(ctx, db, input.to, {
    pack: input.pack,
    facts: input.facts,
    entity: input.recordLink?.entity ?? null,
    instance: input.instance,
    task: input.task,
  })
  const now = ctx.clock.now()
  const mails: OutboxDoc[] = []
  const notices: Parameters<Db['notices']['insertMany']>[0] = []
  for (const recipient of recipients) {
    const links = linksFor(ctx, recipient, input)
    const rendered = renderTemplate(template, contextFor(input.facts, recipient), {
      recordUrl: links.record && links.origin + links.record,
      taskUrl: links.task && links.origin + links.task,
      timeZone: ctx.config.timeZone,
      brand: input.pack.manifest.title,
      texts: input.pack.texts.es ?? {},
    })
    if (recipient.standInFor) rendered.subject = `Por ${recipient.standInFor}: ${rendered.subject}`
    if (template.channels.includes('mail')) {
      const payload = { to: recipient.email, name: recipient.name, template: input.template, user: recipient.user }
      const about = { record: input.recordLink, instance: input.instance?._id ?? null }
      mails.push(outboxRow(ctx, 'mail', { ...payload, ...rendered }, about))
    }
    if (template.channels.includes('notice') && recipient.user !== null) {
      notices.push({
        _id: randomUUID(),
        user: recipient.user,
        sequence: nextOrder(ctx, db),
        at: now,
        subject: rendered.subject,
        // The notice itself leads there: an address to read has no place in it.
        text: rendered.text.replace(/\s*https?:\/\/\S+/g, ''),
        link: template.urgency === 'act' ? (links.task ?? links.record) : (links.record ?? links.task),
        urgency: template.urgency,
        readAt: null,
      })
    }
  }
  await db.outbox.insertMany(mails)
  await db.notices.insertMany(notices)
  return mails
}

/** Both fronts have the same paths, each under its own origin. */
function linksFor(ctx: Ctx, { front }: Recipient, { recordLink, task }: NotificationInput) {
  return {
    origin: (front === 'portal' ? ctx.config.portalBaseUrl : ctx.config.baseUrl).replace(/\/$/, ''),
    record: recordLink && `/r/${encodeURIComponent(recordLink.entity)}/${encodeURIComponent(recordLink.id)}`,
    task: task && `/tareas/${encodeURIComponent(task._id)}`,
  }
}

function contextFor(facts: NotificationFacts, { name, email, front }: Recipient): TemplateContext {
  return { ...facts, recipient: { name, email, front } }
}

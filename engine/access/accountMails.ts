import type { TemplateDefinition } from '#definitions'
import type { JsonObject } from '#forms'
import type { Ctx } from '../context.ts'
import { outboxRow } from '../outboxRow.ts'
import { renderTemplate, type Recipient, type RenderedTemplate } from '../notify/index.ts'
import { packsOf } from '../packs/index.ts'
import type { Db, OutboxDoc } from '../persistence/index.ts'

const mail = (subject: string, ...paragraphs: string[]): TemplateDefinition => ({
  subject,
  channels: ['mail'],
  urgency: 'act',
  body: paragraphs.join('\n\n'),
})

/** What the platform itself writes to people about their accounts. None of them holds a password. */
const templates = {
  create: mail(
    'Cree su contraseña de {{vars.brand}}',
    'Hola, {{recipient.name}}.',
    'Ya tiene una cuenta en {{vars.brand}}. Su usuario es {{recipient.email}}.',
    '{{link "Crear mi contraseña"}}',
    'El enlace sirve una sola vez y vence en {{vars.minutes}} minutos. Si venció, la misma página le permite solicitar otro.',
  ),
  reset: mail(
    'Restablezca su contraseña de {{vars.brand}}',
    'Hola, {{recipient.name}}.',
    'Recibimos una solicitud para cambiar la contraseña de {{recipient.email}}.',
    '{{link "Elegir otra contraseña"}}',
    'El enlace sirve una sola vez y vence en {{vars.minutes}} minutos. Si usted no lo solicitó, no haga nada: su contraseña sigue siendo la misma.',
  ),
  code: mail(
    'Su código de verificación: {{vars.code}}',
    'Hola, {{recipient.name}}.',
    'Escriba este código para continuar: {{vars.code}}',
    'Vence en {{vars.minutes}} minutos. Si usted no está ingresando, alguien conoce su contraseña: cámbiela y avise a su administrador.',
  ),
  passwordSet: mail(
    'Su contraseña de {{vars.brand}} cambió',
    'Hola, {{recipient.name}}.',
    'La contraseña de {{vars.email}} se {{vars.done}} el {{date vars.at}}. Sus demás sesiones se cerraron.',
    'Si no fue usted, avise de inmediato a su administrador.',
  ),
  passwordSetOfOther: mail(
    'Contraseña de {{vars.name}}: se {{vars.done}}',
    'La contraseña de {{vars.name}} ({{vars.email}}) se {{vars.done}} el {{date vars.at}}, desde la dirección {{vars.ip}}.',
    'Usted recibe este aviso porque administra las cuentas de {{vars.brand}}.',
  ),
} satisfies Record<string, TemplateDefinition>
export type AccountMail = keyof typeof templates

/** `link`: where the button leads, an absolute address under one of the two configured sites. */
export async function renderAccountMail(
  ctx: Ctx,
  name: AccountMail,
  recipient: Recipient,
  vars: JsonObject,
  link: string | null = null,
): Promise<RenderedTemplate> {
  const [pack] = await packsOf(ctx).all(ctx)
  const brand = pack?.pack.manifest.title ?? 'Cauce'
  const { front, email } = recipient
  const context = {
    ...{ record: {}, ref: {}, form: {}, task: null, actor: {}, settings: {} },
    vars: { ...vars, brand },
    recipient: { name: recipient.name || email, email, front },
  }
  return renderTemplate(templates[name], context, {
    ...{ recordUrl: link, taskUrl: null, timeZone: ctx.config.timeZone, brand },
    texts: pack?.pack.texts.es ?? {},
  })
}

/** The address of a page on the person's own site. Always the configured one: what a request says of its host counts nothing. */
export function pageAddress(ctx: Ctx, front: 'staff' | 'portal', path: string): string {
  return (front === 'portal' ? ctx.config.portalBaseUrl : ctx.config.baseUrl).replace(/\/$/, '') + path
}

/** Queues a mail without secrets, in the caller's transaction. */
export async function queueAccountMail(
  ctx: Ctx,
  db: Db,
  name: Exclude<AccountMail, 'create' | 'reset' | 'code'>,
  recipient: Recipient,
  vars: JsonObject,
): Promise<void> {
  const rendered = await renderAccountMail(ctx, name, recipient, vars)
  const { email, user } = recipient
  const payload = { to: email, name: recipient.name, template: name, user, ...rendered }
  await db.outbox.insert(outboxRow(ctx, 'mail', payload))
}

/** What `sendSecretMail` sends: a password link to an address (whoever it may belong to) or a person, or a code. */
export type SecretMail =
  | { purpose: 'password'; email: string }
  | { purpose: 'password'; user: string; minutes?: number }
  | { purpose: 'code'; user: string }

export const secretMailRow = (ctx: Ctx, payload: SecretMail): OutboxDoc => outboxRow(ctx, 'secret-mail', { ...payload })

import type { TFunction } from 'i18next'
import type { Choice, EntityModel, PackModel } from '../pack/packModel.ts'

/** To whom a notice can go: people of the step, roles, groups, the parties of the record, a mailbox of Configuración. */
export function recipientChoices(pack: PackModel, entity: EntityModel | null, t: TFunction): Choice[] {
  const parties = (entity?.fields ?? []).filter((field) => field.reference && field.reference !== '$user')
  const accounts = (entity?.fields ?? []).filter((field) => field.reference === '$user')
  return [
    ...['assignee', 'candidates', 'starter'].map((value) => ({ value, label: t(`studio.recipient.${value}`) })),
    ...pack.roles.map(({ value, label }) => ({ value: `role:${value}`, label: t('studio.recipient.role', { label }) })),
    ...pack.groups.map(({ value, label }) => ({
      value: `group:${value}`,
      label: t('studio.recipient.group', { label }),
    })),
    ...parties.map(({ key, title }) => ({
      value: `party:record.${key}`,
      label: t('studio.recipient.party', { label: title }),
    })),
    ...accounts.map(({ key, title }) => ({
      value: `user:record.${key}`,
      label: t('studio.recipient.user', { label: title }),
    })),
    ...pack.settings
      .filter((setting) => setting.schema.format === 'email')
      .map(({ value, label }) => ({ value: `mail:settings.${value}`, label: t('studio.recipient.mail', { label }) })),
  ]
}

/** A recipient in words, also one that the list does not offer. */
export function recipientLabel(value: string, pack: PackModel, entity: EntityModel | null, t: TFunction): string {
  const [first = '', ...others] = value.split('|').map((part) => part.trim())
  if (others.length > 0) {
    const then = recipientLabel(others.join('|'), pack, entity, t)
    return t('studio.recipient.orElse', { first: recipientLabel(first, pack, entity, t), then })
  }
  return recipientChoices(pack, entity, t).find((choice) => choice.value === value)?.label ?? value
}

import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SubstitutionView } from '#engine/contract'
import { useEndSubstitution } from '../../client/people/useSubstitutions.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { ConfirmDialog } from '../../kit/form/windows/ConfirmDialog.tsx'
import { formatDate } from '../../kit/values/formatValue.ts'
import { ToneBadge } from '../../kit/values/StateBadge.tsx'
import items from '../items.module.css'
import classes from './substitutions.module.css'

const tones = {
  active: { color: 'green', icon: 'circle-check' },
  planned: { color: 'blue', icon: 'clock' },
  over: { color: 'gray', icon: 'circle-x' },
  ended: { color: 'gray', icon: 'circle-x' },
} as const

/** One substitution in words: who does whose work, from when to when, of what. */
export function SubstitutionItem({ substitution, me }: { substitution: SubstitutionView; me: string }) {
  const { t } = useTranslation()
  const end = useEndSubstitution()
  const [asking, setAsking] = useState(false)
  const { absent, substitute, roles, processes, status } = substitution
  const names = { absent: absent.name, substitute: substitute.name }
  const limits = [...roles, ...processes].map(({ title }) => title)
  const whose = absent.id === me ? 'absent' : substitute.id === me ? 'substitute' : 'others'
  return (
    <li className={items.item}>
      <div className={items.words}>
        <Group gap={10}>
          <Text fw={600}>{t(`staff.substitutions.sentence.${whose}`, names)}</Text>
          <ToneBadge {...tones[status]} text={t(`staff.substitutions.status.${status}`)} />
        </Group>
        <Text size="sm">
          {t('staff.substitutions.days', {
            from: formatDate(substitution.from),
            to: formatDate(substitution.to),
          })}
          {' · '}
          {limits.length > 0
            ? t('staff.substitutions.only', { what: limits.join(', ') })
            : t('staff.substitutions.everything')}
        </Text>
        {(substitution.note ?? substitution.createdBy) && (
          <Text size="sm" c="dimmed">
            {[substitution.note, substitution.createdBy && t('staff.substitutions.by', { who: substitution.createdBy })]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        )}
        {end.error && <ErrorNote error={end.error} />}
      </div>
      {substitution.mayEnd && (
        <Button
          variant="default"
          size="sm"
          className={classes.end}
          loading={end.isPending}
          aria-label={t('staff.substitutions.endOf', names)}
          onClick={() => setAsking(true)}
        >
          {t('staff.substitutions.end')}
        </Button>
      )}
      {asking && (
        <ConfirmDialog
          action={{
            key: 'end',
            label: t('staff.substitutions.end'),
            kind: 'danger',
            confirm: t('staff.substitutions.endConfirm', names),
            reason: false,
            reauthenticate: false,
          }}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false)
            end.mutate(substitution.id)
          }}
        />
      )}
    </li>
  )
}

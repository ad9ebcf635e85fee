import { Anchor, Badge, Button, Group, List, Paper, Skeleton, Stack, Text, Title } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AccountCardView } from '#engine/contract'
import { useAccountCard, useSendPasswordLink } from '../../client/people/useAccountCard.ts'
import { paths } from '../../kit/app/paths.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { formatDateTime } from '../../kit/values/formatValue.ts'
import { PersonalDataMenu } from '../personal/PersonalDataMenu.tsx'
import { ReassignDialog } from './ReassignDialog.tsx'
import { SecondFactorNote } from './SecondFactorNote.tsx'

const colors = { none: 'gray', 'no-password': 'yellow', active: 'green', locked: 'red', inactive: 'gray' } as const

/** The account behind a person's record: may he enter, when was he here, the link for his password, the work he holds. */
export function AccountPanel({ entity, id }: { entity: string; id: string }) {
  const { t } = useTranslation()
  const { data, error } = useAccountCard(entity, id)
  const send = useSendPasswordLink()
  if (error) return <ErrorNote error={error} />
  if (!data) return <Skeleton height={120} aria-busy />
  return (
    <Paper component="section" p="lg" aria-labelledby="account-title">
      <Stack gap="md">
        <Group justify="space-between">
          <Title order={2} size="h4" id="account-title">
            {t('staff.person.account')}
          </Title>
          <Badge variant="light" color={colors[data.state]} c="dark">
            {t(`staff.person.state.${data.state}`, { until: data.lockedUntil ? formatDateTime(data.lockedUntil) : '' })}
          </Badge>
        </Group>
        <Text size="sm">
          {data.lastSignInAt
            ? t('staff.person.lastSignIn', { when: formatDateTime(data.lastSignInAt) })
            : t('staff.person.neverSignedIn')}
        </Text>
        {data.may.sendLink && (
          <div>
            <Button variant="default" loading={send.isPending} onClick={() => send.mutate(id)}>
              {t(data.state === 'no-password' ? 'staff.person.sendCreate' : 'staff.person.sendReset')}
            </Button>
            {send.isSuccess && (
              <Text role="status" size="sm" mt={8}>
                {t('staff.person.sent')}
              </Text>
            )}
            {send.error && <ErrorNote error={send.error} />}
          </div>
        )}
        {data.secondFactor && <SecondFactorNote entity={entity} id={id} mayReset={data.may.resetSecondFactor} />}
        {data.may.personal && (
          <div>
            <PersonalDataMenu entity={entity} id={id} card={data} />
          </div>
        )}
        <OpenWork card={data} entity={entity} id={id} />
      </Stack>
    </Paper>
  )
}

function OpenWork({ card, entity, id }: { card: AccountCardView; entity: string; id: string }) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState(false)
  const count = card.tasks.length + card.records.length
  if (count === 0)
    return (
      <Text size="sm" c="dimmed">
        {t('staff.person.noWork')}
      </Text>
    )
  return (
    <section aria-labelledby="open-work">
      <Title order={3} size="h5" id="open-work">
        {t('staff.person.work')}
      </Title>
      {card.state === 'inactive' && <Text size="sm">{t('staff.person.workLeft')}</Text>}
      <List size="sm" my={8}>
        {card.tasks.map((task) => (
          <List.Item key={task.id}>
            <Anchor component={Link} to={paths.task(task.id)}>
              {task.title}
            </Anchor>
            {task.record ? ` · ${task.record}` : ''}
          </List.Item>
        ))}
        {card.records.map((record) => (
          <List.Item key={`${record.entity}/${record.id}`}>
            {record.title}{' '}
            <Anchor component={Link} to={paths.record(record.entity, record.id)}>
              {record.label}
            </Anchor>
          </List.Item>
        ))}
      </List>
      {card.may.reassign && (
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('staff.person.reassign')}
        </Button>
      )}
      {asked && <ReassignDialog entity={entity} id={id} onClose={() => setAsked(false)} />}
    </section>
  )
}

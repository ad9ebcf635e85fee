import { ActionIcon, Button, Paper, Skeleton, Stack, Tabs, Text, Tooltip } from '@mantine/core'
import { IconPencil, IconPrinter } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate, useParams, useSearchParams } from 'react-router'
import type { EntityView, RecordPageView } from '#engine/contract'
import { useEntity } from '../client/records/useEntities.ts'
import { useRecord } from '../client/records/useRecord.ts'
import { Crumbs } from '../kit/app/Crumbs.tsx'
import { paths } from '../kit/app/paths.ts'
import { DiagramPanel } from '../kit/diagram/DiagramPanel.tsx'
import { PageError } from '../kit/feedback/PageError.tsx'
import { WhyButton } from '../kit/feedback/WhyButton.tsx'
import { LabelButton, labelFieldOf } from '../kit/qr/LabelButton.tsx'
import { ActionButtons } from '../kit/record/ActionButtons.tsx'
import { DeleteRecordButton } from '../kit/record/DeleteRecordButton.tsx'
import { HistoryPanel } from '../kit/record/HistoryPanel.tsx'
import { LifeMenu } from '../kit/record/LifeMenu.tsx'
import { MessageButtons } from '../kit/record/MessageButtons.tsx'
import { RecordHeader } from '../kit/record/RecordHeader.tsx'
import { RelatedPanel } from '../kit/record/RelatedPanel.tsx'
import { useRelatedCounts } from '../kit/record/useRelatedCounts.ts'
import { formatCount } from '../kit/values/formatValue.ts'
import classes from './record.module.css'
import { AccountPanel } from './people/AccountPanel.tsx'
import { RecordSections } from './RecordSections.tsx'

/** A record: what it is, whose turn it is, what can be done, and everything around it. */
export function RecordPage() {
  const { entity: key, id } = useParams() as { entity: string; id: string }
  const { data: entity, error } = useEntity(key)
  const { data: record, error: missing, refetch } = useRecord(key, id)
  if (error || missing)
    return (
      <PageError error={error ?? missing} onRetry={() => void refetch()} about={{ thing: key, action: 'read', id }} />
    )
  if (!entity || !record)
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={320} />
        <Skeleton height={44} />
        <Skeleton height={320} />
      </Stack>
    )
  return <RecordView entity={entity} record={record} />
}

function RecordView({ entity, record }: { entity: EntityView; record: RecordPageView }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [search, setSearch] = useSearchParams()
  const counts = useRelatedCounts(entity.related, record.id)
  const instance = record.instances.at(-1)
  const tabs: { key: string; title: string; count?: number | undefined }[] = [
    { key: 'datos', title: t('staff.record.data') },
    ...entity.related.map((relation) => ({
      key: relation.key,
      title: relation.title,
      count: counts[relation.key],
    })),
    ...(entity.may.history ? [{ key: 'historial', title: t('staff.record.history') }] : []),
    ...(instance ? [{ key: 'avance', title: t('staff.record.progress') }] : []),
  ]
  const asked = search.get('seccion')
  const current = tabs.some((tab) => tab.key === asked) ? asked! : 'datos'
  const [firstTask] = record.tasks
  // On a phone the tabs scroll sideways: the chosen one comes into sight.
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [current])
  return (
    <Stack gap="md">
      <Crumbs items={[{ title: entity.titlePlural, to: paths.records(entity.key) }, { title: record.label }]} />
      <RecordHeader
        entity={entity}
        record={record}
        actions={
          <>
            {record.permissions.edit && entity.form && !record.deletedAt && (
              <Button
                component={Link}
                to={paths.editRecord(entity.key, record.id)}
                variant="default"
                leftSection={<IconPencil aria-hidden size={16} />}
              >
                {t('kit.edit')}
              </Button>
            )}
            {!record.permissions.edit && !record.deletedAt && (
              <WhyButton about={{ thing: entity.key, action: 'edit', id: record.id }} label={t('kit.why.noEdit')} />
            )}
            {record.permissions.delete && !record.deletedAt && (
              <DeleteRecordButton
                record={record}
                onDeleted={() => void navigate(paths.records(entity.key), { replace: true })}
              />
            )}
            {typeof record.data[labelFieldOf(entity) ?? ''] === 'string' && (
              <LabelButton entity={entity} query={new URLSearchParams({ ids: record.id })} count={1} />
            )}
            <LifeMenu record={record} />
            {entity.may.print && (
              <Tooltip label={t('kit.record.print')}>
                <ActionIcon
                  component={Link}
                  to={paths.printRecord(entity.key, record.id)}
                  variant="default"
                  size={36}
                  aria-label={t('kit.record.print')}
                >
                  <IconPrinter aria-hidden size={16} />
                </ActionIcon>
              </Tooltip>
            )}
            <ActionButtons entity={entity.key} id={record.id} actions={record.actions} />
            <MessageButtons messages={record.messages} record={record.data} environment={record.environment} />
            {firstTask && (
              <Button component={Link} to={paths.task(firstTask.id)} className={classes.main}>
                {firstTask.title}
              </Button>
            )}
          </>
        }
      />
      <Tabs
        value={current}
        onChange={(tab) =>
          setSearch(tab && tab !== 'datos' ? { seccion: tab } : {}, { replace: true, preventScrollReset: true })
        }
      >
        <Tabs.List ref={list} style={{ overflowX: 'auto', flexWrap: 'nowrap' }}>
          {tabs.map((tab) => (
            <Tabs.Tab key={tab.key} value={tab.key} style={{ flex: 'none' }}>
              {tab.title}
              {tab.count !== undefined && <Text span inherit c="dimmed">{` ${formatCount(tab.count)}`}</Text>}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="datos" pt="md">
          <Stack gap="md">
            <RecordSections entity={entity} record={record} />
            {entity.account && <AccountPanel entity={entity.key} id={record.id} />}
          </Stack>
        </Tabs.Panel>
        {entity.related.map((relation) => (
          <Tabs.Panel key={relation.key} value={relation.key} pt="md">
            <RelatedPanel relation={relation} id={record.id} label={record.label} data={record.data} editable />
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="historial" pt="md">
          <Paper p="lg">
            <HistoryPanel entity={entity.key} id={record.id} />
          </Paper>
        </Tabs.Panel>
        {instance && (
          <Tabs.Panel value="avance" pt="md">
            <DiagramPanel instance={instance.id} />
          </Tabs.Panel>
        )}
      </Tabs>
    </Stack>
  )
}

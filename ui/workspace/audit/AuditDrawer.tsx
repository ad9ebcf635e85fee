import { Anchor, Drawer, Skeleton, Stack, Table, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { AuditDetailView } from '#engine/contract'
import { useAuditRow } from '../../client/administration/useAudit.ts'
import { paths } from '../../kit/app/paths.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { formatDateTime } from '../../kit/values/formatValue.ts'
import classes from './audit.module.css'

/** One row in full: who, from where, and each field before and after. */
export function AuditDrawer({ id, onClose }: { id: string | null; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useAuditRow(id)
  return (
    <Drawer
      opened={id !== null}
      onClose={onClose}
      position="right"
      size="lg"
      styles={{ title: { fontWeight: 700 } }}
      title={data?.actionTitle ?? t('staff.audit.detail')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {error ? <ErrorNote error={error} /> : data ? <Detail row={data} /> : <Skeleton height={240} aria-busy />}
    </Drawer>
  )
}

function Detail({ row }: { row: AuditDetailView }) {
  const { t } = useTranslation()
  const facts: [string, ReactNode][] = [
    [t('staff.audit.columns.at'), formatDateTime(row.at)],
    [t('staff.audit.columns.who'), row.who],
    [t('staff.audit.forWhom'), row.onBehalf],
    [t('staff.audit.columns.module'), row.moduleTitle],
    [
      t('staff.audit.columns.record'),
      row.record && (
        <Anchor component={Link} to={paths.record(row.record.entity, row.record.id)}>
          {row.record.label}
        </Anchor>
      ),
    ],
    [t('staff.audit.front'), row.front && t(`staff.audit.fronts.${row.front}`)],
    [t('staff.audit.columns.ip'), row.ip],
    [t('staff.audit.browser'), row.userAgent],
    ...row.details.map(({ title, text }): [string, ReactNode] => [title, text]),
  ]
  return (
    <Stack gap="lg">
      <dl className={classes.facts}>
        {facts
          .filter(([, value]) => value !== null && value !== '')
          .map(([title, value], index) => (
            <div key={index}>
              <dt>{title}</dt>
              <dd>{value}</dd>
            </div>
          ))}
      </dl>
      {row.changes.length > 0 && (
        <section aria-labelledby="audit-changes">
          <Title order={3} id="audit-changes" size="h4" mb={8}>
            {t('staff.audit.changes')}
          </Title>
          <Table className={classes.changes}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('staff.audit.field')}</Table.Th>
                <Table.Th>{t('staff.audit.before')}</Table.Th>
                <Table.Th>{t('staff.audit.after')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {row.changes.map((change) => (
                <Table.Tr key={change.field}>
                  <Table.Th scope="row">{change.title}</Table.Th>
                  <Table.Td>{change.before || '—'}</Table.Td>
                  <Table.Td>{change.after || '—'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </section>
      )}
      <p className={classes.quiet}>
        {row.seal ? t('staff.audit.sealed', { number: row.seal.number }) : t('staff.audit.notSealed')}
      </p>
    </Stack>
  )
}

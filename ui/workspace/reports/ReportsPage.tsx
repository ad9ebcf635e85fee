import { Skeleton, Stack, Text } from '@mantine/core'
import { IconChartBar, IconChevronRight, IconClipboardList } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useOutletContext } from 'react-router'
import type { SessionView } from '#engine/contract'
import { useReports } from '../../client/records/useReports.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { paths } from '../../kit/app/paths.ts'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import boxedList from '../../kit/app/boxedList.module.css'
import classes from './reports.module.css'

/** The reports that this person may run, and the audit where he may read it. */
export function ReportsPage() {
  const { t } = useTranslation()
  const session = useOutletContext<SessionView>()
  const { data, error, refetch } = useReports()
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />
  if (data?.length === 0) return <EmptyNote title={t('staff.reports.none')} text={t('staff.reports.noneText')} />
  return (
    <Stack gap="md" maw={760}>
      <PageTitle title={t('staff.reports.title')} />
      <Text c="dimmed">{t('staff.reports.help')}</Text>
      {!data ? (
        <Skeleton height={240} aria-busy />
      ) : (
        <ul className={boxedList.boxed}>
          {data.map(({ key, title, description }) => (
            <ReportLink
              key={key}
              to={paths.report(key)}
              title={title}
              text={description}
              icon={<IconChartBar aria-hidden size={20} stroke={1.5} />}
            />
          ))}
          {session.may.includes('audit') && (
            <ReportLink
              to={paths.audit}
              title={t('staff.reports.audit')}
              text={t('staff.reports.auditText')}
              icon={<IconClipboardList aria-hidden size={20} stroke={1.5} />}
            />
          )}
        </ul>
      )}
    </Stack>
  )
}

function ReportLink({ to, title, text, icon }: { to: string; title: string; text: string | null; icon: ReactNode }) {
  return (
    <li>
      <Link to={to} className={classes.report}>
        {icon}
        <span className={classes.words}>
          <span className={classes.name}>{title}</span>
          {text && (
            <Text span size="sm" c="dimmed">
              {text}
            </Text>
          )}
        </span>
        <IconChevronRight aria-hidden size={16} />
      </Link>
    </li>
  )
}

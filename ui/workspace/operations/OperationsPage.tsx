import { Skeleton, Stack } from '@mantine/core'
import { IconMoodSmile } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useProblems } from '../../client/cases/useProblems.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { ListTabs } from '../../kit/list/ListTabs.tsx'
import { Pager } from '../../kit/list/Pager.tsx'
import { ProblemItem } from './ProblemItem.tsx'
import boxedList from '../../kit/app/boxedList.module.css'

const tabs = ['open', 'resolved'] as const
const size = 50

/** What could not go on by itself, for those who keep the work running; the address holds tab and page. */
export function OperationsPage() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const status = search.get('tab') === 'resolved' ? 'resolved' : 'open'
  const page = Number(search.get('page')) || 1
  const { data, error, isPending, refetch } = useProblems({ status, page, size })
  const go = (tab: string, to: number) => {
    setSearch(
      { ...(tab === 'resolved' ? { tab } : {}), ...(to > 1 ? { page: String(to) } : {}) },
      { replace: true, preventScrollReset: true },
    )
  }
  return (
    <Stack gap="md">
      <PageTitle title={t('staff.operations.title')} count={data?.total ?? null} />
      <ListTabs
        label={t('staff.operations.title')}
        names={tabs}
        value={status}
        titleOf={(name) => t(`staff.operations.${name}`)}
        onChange={(next) => go(next, 1)}
      />
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Stack gap={8} aria-busy>
          {[0, 1, 2].map((row) => (
            <Skeleton key={row} height={96} />
          ))}
        </Stack>
      ) : data.items.length ? (
        <>
          <ul className={boxedList.boxed}>
            {data.items.map((problem) => (
              <ProblemItem key={problem.id} problem={problem} />
            ))}
          </ul>
          <Pager list={data} onPage={(to) => go(status, to)} />
        </>
      ) : (
        <EmptyNote
          title={t(`staff.operations.empty.${status}`)}
          text={t(`staff.operations.emptyText.${status}`)}
          icon={<IconMoodSmile size={24} />}
        />
      )}
    </Stack>
  )
}

import { Skeleton, Stack } from '@mantine/core'
import { IconMoodSmile, IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { useTasks } from '../client/cases/useTasks.ts'
import { PageTitle } from '../kit/app/PageTitle.tsx'
import { EmptyNote } from '../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { ListTabs } from '../kit/list/ListTabs.tsx'
import { Pager } from '../kit/list/Pager.tsx'
import { QuickSearch } from '../kit/list/QuickSearch.tsx'
import { groupByDue } from './groupByDue.ts'
import { TaskGroup } from './TaskGroup.tsx'
import classes from './inbox.module.css'
import { useRowKeys } from '../kit/list/useRowKeys.ts'

const tabs = ['mine', 'group', 'following'] as const
const size = 100

/** What a person has to do, what his group has, and what he waits for; the address holds tab, search and page. */
export function Inbox() {
  const { t } = useTranslation()
  const [search, setSearch] = useSearchParams()
  const onKeyDown = useRowKeys()
  const tab = tabs.find((name) => name === search.get('tab')) ?? 'mine'
  const q = search.get('q') ?? ''
  const page = Number(search.get('page')) || 1
  const { data, error, isPending, refetch } = useTasks({ tab, q, page, size, status: 'open' })
  const go = (next: { tab?: string; q?: string; page?: number }) => {
    const all = { tab, q, page: 1, ...next }
    setSearch(
      {
        ...(all.tab === 'mine' ? {} : { tab: all.tab }),
        ...(all.q ? { q: all.q } : {}),
        ...(all.page > 1 ? { page: String(all.page) } : {}),
      },
      { replace: true, preventScrollReset: true },
    )
  }
  const groups = groupByDue(data?.items ?? [], new Date())
  return (
    <Stack gap="md">
      <PageTitle title={t('staff.inbox.title')} count={data?.total ?? null} />
      <div className={classes.bar}>
        <ListTabs
          label={t('staff.inbox.title')}
          names={tabs}
          value={tab}
          titleOf={(name) => t(`staff.inbox.${name}`)}
          onChange={(next) => go({ tab: next })}
        />
        <QuickSearch value={q} label={t('staff.inbox.search')} onChange={(next) => go({ q: next })} />
      </div>
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Stack gap={8} aria-busy>
          {[0, 1, 2, 3, 4].map((row) => (
            <Skeleton key={row} height={58} />
          ))}
        </Stack>
      ) : groups.length === 0 ? (
        <EmptyNote
          title={t(q ? 'staff.inbox.nothingFound' : `staff.inbox.empty.${tab}`)}
          text={q ? undefined : t(`staff.inbox.emptyText.${tab}`)}
          icon={q ? <IconSearchOff size={24} /> : <IconMoodSmile size={24} />}
        />
      ) : (
        <div onKeyDown={onKeyDown}>
          {groups.map(({ group, tasks }) => (
            <TaskGroup key={group} group={group} tasks={tasks} tab={tab} />
          ))}
        </div>
      )}
      {data && <Pager list={data} onPage={(next) => go({ page: next })} />}
    </Stack>
  )
}

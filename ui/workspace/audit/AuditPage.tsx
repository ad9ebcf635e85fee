import { Skeleton, Stack } from '@mantine/core'
import { IconListSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAudit, useAuditFilters } from '../../client/administration/useAudit.ts'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { ExportMenu } from '../../kit/list/ExportMenu.tsx'
import { useExporting } from '../../kit/list/exports/ExportsInHand.tsx'
import { FilterBar } from '../../kit/list/filters/FilterBar.tsx'
import { toListSearch } from '../../kit/list/listQuery.ts'
import { Pager } from '../../kit/list/Pager.tsx'
import { useListQuery } from '../../kit/list/useListQuery.ts'
import { AuditDrawer } from './AuditDrawer.tsx'
import { AuditList } from './AuditList.tsx'

/** Who did what, when and from where: filtered in the address, each row with its before and after. */
export function AuditPage() {
  const { t } = useTranslation()
  const [query, setQuery] = useListQuery()
  const { data: view, error: refused } = useAuditFilters()
  const { data, error, isPending, refetch } = useAudit(toListSearch(query, { full: true }))
  const exporting = useExporting('audit')
  const [shown, setShown] = useState<string | null>(null)
  if (refused) return <PageError error={refused} />
  return (
    <Stack gap="md">
      <PageTitle
        title={t('staff.audit.title')}
        count={data?.total ?? null}
        action={
          view?.may.export && (
            <ExportMenu
              busy={exporting.isPending}
              onChoose={(format) => exporting.mutate({ search: toListSearch({ ...query, page: 1 }), format })}
            />
          )
        }
      />
      {view ? <FilterBar filters={view.filters} query={query} onChange={setQuery} /> : <Skeleton height={30} />}
      {exporting.error && <ErrorNote error={exporting.error} />}
      {error && !data ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : isPending ? (
        <Stack gap={8} aria-busy>
          {[0, 1, 2, 3].map((row) => (
            <Skeleton key={row} height={56} />
          ))}
        </Stack>
      ) : data.items.length ? (
        <>
          <AuditList rows={data.items} onOpen={setShown} />
          <Pager list={data} onPage={(page) => setQuery((now) => ({ ...now, page }))} />
        </>
      ) : (
        <EmptyNote
          title={t('staff.audit.empty')}
          text={t('staff.audit.emptyText')}
          icon={<IconListSearch size={24} />}
        />
      )}
      <AuditDrawer id={shown} onClose={() => setShown(null)} />
    </Stack>
  )
}

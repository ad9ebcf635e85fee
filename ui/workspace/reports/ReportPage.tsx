import { Button, Group, Skeleton, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPrinter, IconSearchOff } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useParams } from 'react-router'
import type { ReportView } from '#engine/contract'
import { useEntity } from '../../client/records/useEntities.ts'
import { useReport } from '../../client/records/useReports.ts'
import { Crumbs } from '../../kit/app/Crumbs.tsx'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { paths } from '../../kit/app/paths.ts'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { ExportMenu } from '../../kit/list/ExportMenu.tsx'
import { useExporting } from '../../kit/list/exports/ExportsInHand.tsx'
import { FilterBar } from '../../kit/list/filters/FilterBar.tsx'
import { StatusFilter } from '../../kit/list/filters/StatusFilter.tsx'
import { isNarrowed, toListSearch, withoutFilters, type ListQuery } from '../../kit/list/listQuery.ts'
import { useListQuery, type ChangeListQuery } from '../../kit/list/useListQuery.ts'
import { groupTitle } from './groupTitle.ts'
import { groupTree } from './groupTree.ts'
import { ReportCards } from './ReportCards.tsx'
import { ReportRows } from './ReportRows.tsx'
import { ReportTable } from './ReportTable.tsx'
import { useFolds } from './useFolds.ts'

/** A report: filtered in the address, its groups unfold down to the records, totals by currency at each. */
export function ReportPage() {
  const key = useParams().report ?? ''
  return <Report key={key} name={key} />
}

function Report({ name }: { name: string }) {
  const { t } = useTranslation()
  const [query, setQuery] = useListQuery()
  const search = toListSearch({ ...query, page: 1, sort: '' })
  const { data: report, error, refetch } = useReport(name, search)
  const { data: entity } = useEntity(report?.entity)
  const exporting = useExporting({ report: name })
  if (error && !report) return <PageError error={error} onRetry={() => void refetch()} />
  if (!report)
    return (
      <Stack aria-busy>
        <Skeleton height={28} width={280} />
        <Skeleton height={36} />
        <Skeleton height={320} />
      </Stack>
    )
  return (
    <Stack gap="md">
      <Crumbs items={[{ title: t('staff.reports.title'), to: paths.reports }, { title: report.title }]} />
      <PageTitle
        title={report.title}
        action={
          <Group gap={8} className="cauce-noprint">
            <Button
              variant="default"
              leftSection={<IconPrinter aria-hidden size={16} />}
              onClick={() => window.print()}
            >
              {t('staff.reports.print')}
            </Button>
            {report.may.export && (
              <ExportMenu busy={exporting.isPending} onChoose={(format) => exporting.mutate({ search, format })} />
            )}
          </Group>
        }
      />
      {report.description && <Text c="dimmed">{report.description}</Text>}
      {exporting.error && <ErrorNote error={exporting.error} />}
      <FilterBar filters={report.filters} query={query} onChange={setQuery}>
        {entity && <StatusFilter entity={entity} query={query} onChange={setQuery} />}
      </FilterBar>
      {error ? (
        <ErrorNote error={error} onRetry={() => void refetch()} />
      ) : report.total.count === 0 ? (
        <NothingToShow query={query} onChange={setQuery} />
      ) : (
        <Groups report={report} search={search} />
      )}
    </Stack>
  )
}

function Groups({ report, search }: { report: ReportView; search: URLSearchParams }) {
  const { t, i18n } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const nodes = groupTree(
    report.groups.map((group) => ({ ...group, title: groupTitle(report, group, t, i18n.language) })),
  )
  const folds = useFolds(nodes, report.groups.length)
  const shared = { report, search, isOpen: folds.isOpen, onToggle: folds.toggle }
  return (
    <Stack gap="sm">
      {folds.hasOuter && (
        <Group gap={4} className="cauce-noprint">
          {[true, false].map((open) => (
            <Button key={String(open)} variant="subtle" size="compact-sm" onClick={() => folds.setAll(open)}>
              {t(open ? 'staff.reports.unfold' : 'staff.reports.fold')}
            </Button>
          ))}
        </Group>
      )}
      {narrow ? <ReportCards nodes={nodes} {...shared} /> : <ReportTable nodes={nodes} {...shared} />}
      {report.levels.length === 0 && report.columns.length > 0 && (
        <ReportRows report={report} path={[]} search={search} />
      )}
    </Stack>
  )
}

function NothingToShow({ query, onChange }: { query: ListQuery; onChange: ChangeListQuery }) {
  const { t } = useTranslation()
  if (!isNarrowed(query)) return <EmptyNote title={t('staff.reports.empty')} text={t('staff.reports.emptyText')} />
  return (
    <EmptyNote
      title={t('staff.reports.nothingMatches')}
      text={t('staff.reports.nothingMatchesText')}
      icon={<IconSearchOff size={24} />}
    >
      <Button variant="default" onClick={() => onChange((now) => withoutFilters({ ...now, q: '' }))}>
        {t('kit.list.clearAll')}
      </Button>
    </EmptyNote>
  )
}

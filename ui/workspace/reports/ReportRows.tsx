import { Skeleton, Stack } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useState } from 'react'
import type { ReportView } from '#engine/contract'
import type { Json } from '#forms'
import { useEntity } from '../../client/records/useEntities.ts'
import { useReportRows } from '../../client/records/useReports.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { Pager } from '../../kit/list/Pager.tsx'
import { RecordCards } from '../../kit/list/RecordCards.tsx'
import { RecordTable } from '../../kit/list/RecordTable.tsx'
import classes from './reports.module.css'

/** The records of one group, in pages; each opens its own page. */
export function ReportRows({ report, path, search }: { report: ReportView; path: Json[]; search: URLSearchParams }) {
  const narrow = useMediaQuery('(max-width: 48em)')
  const [page, setPage] = useState(1)
  const { data: entity } = useEntity(report.entity)
  const { data, error, refetch } = useReportRows(report.key, path, search, page)
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!entity || !data)
    return (
      <Stack gap={8} aria-busy>
        {[0, 1, 2].map((row) => (
          <Skeleton key={row} height={32} />
        ))}
      </Stack>
    )
  return (
    <div className={classes.rows}>
      {narrow ? (
        <RecordCards entity={entity} fields={report.columns} items={data.items} />
      ) : (
        <RecordTable entity={entity} columns={report.columns} items={data.items} sort="" />
      )}
      <Pager list={data} onPage={setPage} />
    </div>
  )
}

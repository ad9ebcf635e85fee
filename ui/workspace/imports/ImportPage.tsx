import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { EntityView, ImportView } from '#engine/contract'
import { lowerFirst } from '#forms'
import { useEntity } from '../../client/records/useEntities.ts'
import { isMoving, useImport } from '../../client/records/useImports.ts'
import { Crumbs } from '../../kit/app/Crumbs.tsx'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { paths } from '../../kit/app/paths.ts'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { NotFound } from '../NotFound.tsx'
import { ImportColumns } from './ImportColumns.tsx'
import { ImportDecision } from './ImportDecision.tsx'
import { ImportProgress } from './ImportProgress.tsx'
import { ImportReport } from './ImportReport.tsx'
import { ImportStart } from './ImportStart.tsx'

/** A sheet becomes records, step by step; the address keeps which one, so that it can be left and found again. */
export function ImportPage() {
  const { t } = useTranslation()
  const key = useParams().entity!
  const [search, setSearch] = useSearchParams()
  const id = search.get('id')
  const { data: entity, error } = useEntity(key)
  const { data: sheet, error: missing } = useImport(key, id)
  if (error ?? missing) return <PageError error={error ?? missing} about={{ thing: key, action: 'import' }} />
  if (!entity || (id && !sheet)) return <Skeleton height={320} aria-busy />
  if (!entity.may.import) return <NotFound />
  return (
    <Stack gap="md">
      <Crumbs items={[{ title: entity.titlePlural, to: paths.records(key) }, { title: t('staff.imports.crumb') }]} />
      <PageTitle title={t('staff.imports.title', { what: lowerFirst(entity.titlePlural) })} />
      {sheet ? (
        <ImportStep key={sheet.status} entity={entity} sheet={sheet} onAnother={() => setSearch({})} />
      ) : (
        <ImportStart entity={entity} onBegun={(begun) => setSearch({ id: begun })} />
      )}
    </Stack>
  )
}

function ImportStep(props: { entity: EntityView; sheet: ImportView; onAnother: () => void }) {
  const { sheet } = props
  if (isMoving(sheet)) return <ImportProgress sheet={sheet} />
  if (sheet.status === 'ready') return <ImportColumns sheet={sheet} />
  if (sheet.status === 'checked') return <ImportDecision sheet={sheet} />
  return <ImportReport {...props} />
}

import { Button, Group, Stack, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus, IconSearchOff, IconUpload } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EntityView } from '#engine/contract'
import { lowerFirst } from '#forms'
import { useRecords } from '../../client/records/useRecords.ts'
import { PageTitle } from '../app/PageTitle.tsx'
import { paths } from '../app/paths.ts'
import { EmptyNote } from '../feedback/EmptyNote.tsx'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { ExportMenu } from './ExportMenu.tsx'
import { useExporting } from './exports/ExportsInHand.tsx'
import { BulkBar } from './bulk/BulkBar.tsx'
import { useSelection } from './bulk/useSelection.ts'
import { ColumnsMenu } from './columns/ColumnsMenu.tsx'
import { countText } from './countText.ts'
import { StatusFilter } from './filters/StatusFilter.tsx'
import { FilterBar } from './filters/FilterBar.tsx'
import { isNarrowed, nextSort, toListSearch, withoutFilters } from './listQuery.ts'
import { ActionButtons } from '../record/ActionButtons.tsx'
import { LabelButton, labelFieldOf } from '../qr/LabelButton.tsx'
import { Pager } from './Pager.tsx'
import { QuickSearch } from './QuickSearch.tsx'
import { RecordCards } from './RecordCards.tsx'
import { RecordTable, type RecordActions } from './RecordTable.tsx'
import classes from './list.module.css'
import { useListView } from './views/useListView.ts'
import { ViewTabs } from './views/ViewTabs.tsx'

/** The list of one kind of record; everything it shows comes from the definition, everything chosen stays in the address. */
export function RecordList({
  entity,
  title,
  above,
  actions,
  desk = false,
}: {
  entity: EntityView
  title?: string
  above?: ReactNode
  actions?: RecordActions
  /** For who works in it all day: saved views, columns of one's own, marking. */
  desk?: boolean
}) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const list = useListView(entity, desk)
  const { query, setQuery, columns } = list
  const search = toListSearch(query, { full: true }).toString()
  const { data, error, isPending, isPlaceholderData, refetch } = useRecords(entity.key, search, {
    enabled: !list.isOpening,
  })
  const items = isPending ? undefined : data?.items
  const filtered = isNarrowed(query)
  const selection = useSelection()
  // What is filtered or marked goes into a file as it stands here: in this order, with these columns.
  const fileSearch = toListSearch({ ...query, page: 1 })
  if (query.columns) fileSearch.set('columns', columns.join(','))
  const create = createLink(entity, t)
  const exporting = useExporting({ entity: entity.key })
  return (
    <Stack gap="md">
      <PageTitle
        title={title ?? entity.titlePlural}
        count={data ? countText(data, t) : null}
        action={
          <Group gap={8}>
            <ActionButtons entity={entity.key} id={null} actions={entity.actions} />
            {entity.may.import && (
              <Button
                component={Link}
                to={paths.importRecords(entity.key)}
                variant="default"
                leftSection={<IconUpload aria-hidden size={16} />}
              >
                {t('kit.list.import')}
              </Button>
            )}
            {entity.may.export && (
              <ExportMenu
                recent
                busy={exporting.isPending}
                onChoose={(format) => exporting.mutate({ search: fileSearch, format })}
              />
            )}
            {desk && labelFieldOf(entity) && <LabelButton entity={entity} query={fileSearch} />}
            {create && (
              <Button component={Link} to={create.to} leftSection={<IconPlus aria-hidden size={16} />}>
                {create.title}
              </Button>
            )}
          </Group>
        }
      />
      {exporting.error && <ErrorNote error={exporting.error} />}
      {above}
      {desk && (!narrow || list.views.length > 0 || list.isChanged) && <ViewTabs entity={entity} list={list} />}
      <Group gap={12} align="start">
        <QuickSearch
          value={query.q}
          label={t('kit.list.searchIn', { what: entity.titlePlural })}
          onChange={(q) => setQuery((now) => ({ ...now, q, page: 1 }))}
        />
        <div style={{ flex: '1 1 320px', paddingBlock: 4 }}>
          <FilterBar filters={entity.list.filters} query={query} onChange={setQuery}>
            {desk && <StatusFilter entity={entity} query={query} onChange={setQuery} />}
          </FilterBar>
        </div>
        {desk && !narrow && (
          <ColumnsMenu
            entity={entity}
            columns={columns}
            onChange={(chosen) => setQuery((now) => ({ ...now, columns: chosen }))}
          />
        )}
      </Group>
      <span className="cauce-sr" role="status">
        {items ? t('kit.list.found', { count: data?.total ?? data?.totalAtLeast ?? items.length }) : ''}
      </span>
      {error && !data ? (
        <ErrorNote error={error} title={t('kit.list.failed')} onRetry={() => void refetch()} />
      ) : items?.length === 0 ? (
        filtered ? (
          <EmptyNote
            title={t('kit.list.nothingMatches')}
            text={t('kit.list.nothingMatchesText')}
            icon={<IconSearchOff size={24} />}
          >
            <Button variant="default" onClick={() => setQuery((now) => withoutFilters({ ...now, q: '' }))}>
              {t('kit.list.clearAll')}
            </Button>
          </EmptyNote>
        ) : (
          <EmptyNote
            title={t('kit.list.empty', { what: lowerFirst(entity.titlePlural) })}
            text={create ? t('kit.list.emptyCreate') : t('kit.list.emptyWait')}
          >
            {create && (
              <Button component={Link} to={create.to}>
                {create.title}
              </Button>
            )}
          </EmptyNote>
        )
      ) : (
        <div className={classes.results} data-stale={isPlaceholderData || undefined}>
          {narrow ? (
            <RecordCards entity={entity} fields={entity.list.card} items={items} />
          ) : (
            <RecordTable
              entity={entity}
              columns={columns}
              items={items}
              sort={query.sort || entity.list.sort}
              onSort={(field) =>
                setQuery((now) => ({ ...now, sort: nextSort(now.sort || entity.list.sort, field), page: 1 }))
              }
              {...(desk ? { selection } : {})}
              {...(actions ? { actions } : {})}
            />
          )}
          {data && <Pager list={data} onPage={(page) => setQuery((now) => ({ ...now, page }))} />}
        </div>
      )}
      {desk && <BulkBar entity={entity} selection={selection} search={fileSearch} />}
      {error && data && (
        <Text size="sm" c="var(--mantine-color-error)" role="alert">
          {t('kit.list.stale')}
        </Text>
      )}
    </Stack>
  )
}

/** How a record of this kind is made by this user: by starting its process, by the plain form, or not at all. */
export function createLink(entity: EntityView, t: TFunction): { to: string; title: string } | null {
  if (entity.startProcess) return { to: paths.start(entity.startProcess.key), title: entity.startProcess.title }
  if (entity.may.create && entity.form)
    return { to: paths.newRecord(entity.key), title: t('kit.form.create', { what: lowerFirst(entity.title) }) }
  return null
}

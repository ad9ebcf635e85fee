import { Alert, Button, Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core'
import { IconPlus, IconSearchOff } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useParams, useSearchParams } from 'react-router'
import type { CatalogRowView } from '#engine/contract'
import { useCatalogRows, useChangeCatalog } from '../../client/administration/useCatalogs.ts'
import { Crumbs } from '../../kit/app/Crumbs.tsx'
import { PageTitle } from '../../kit/app/PageTitle.tsx'
import { paths } from '../../kit/app/paths.ts'
import { EmptyNote } from '../../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'
import { PageError } from '../../kit/feedback/PageError.tsx'
import { Pager } from '../../kit/list/Pager.tsx'
import { QuickSearch } from '../../kit/list/QuickSearch.tsx'
import { CatalogRow } from './CatalogRow.tsx'
import { DeleteRowDialog } from './DeleteRowDialog.tsx'
import { RowDialog } from './RowDialog.tsx'
import boxedList from '../../kit/app/boxedList.module.css'

const SIZE = 50

/** Rows of one catalogue: searched, paged, added, changed, put in order; the address holds what is shown. */
export function CatalogPage() {
  const { t } = useTranslation()
  const catalog = useParams().catalog ?? ''
  const [search, setSearch] = useSearchParams()
  const [q, status, page] = [search.get('q') ?? '', search.get('estado') ?? '', Number(search.get('pagina')) || 1]
  const asked = new URLSearchParams({ ...(q && { q }), ...(status && { status }), page: `${page}`, size: `${SIZE}` })
  const { data, error, refetch } = useCatalogRows(catalog, asked.toString())
  const change = useChangeCatalog(catalog)
  const [editing, setEditing] = useState<CatalogRowView | 'new' | null>(null)
  const [deleting, setDeleting] = useState<CatalogRowView | null>(null)
  const show = (next: Record<string, string>) => {
    const kept = { ...(q && { q }), ...(status && { estado: status }), ...next }
    setSearch(Object.fromEntries(Object.entries(kept).filter(([, value]) => value)), {
      replace: true,
      preventScrollReset: true,
    })
  }
  if (error && !data) return <PageError error={error} onRetry={() => void refetch()} />
  if (!data) return <Skeleton height={400} aria-busy />
  const { items, total = 0 } = data
  // Rows change places with their neighbours only where the neighbours are all in sight.
  const isWhole = !q && !status
  return (
    <Stack gap="md">
      <Crumbs items={[{ title: t('staff.catalogs.title'), to: paths.catalogs }, { title: data.title }]} />
      <PageTitle
        title={data.title}
        count={total}
        action={
          <Button leftSection={<IconPlus aria-hidden size={16} />} onClick={() => setEditing('new')}>
            {t('staff.catalogs.add')}
          </Button>
        }
      />
      <Group gap={12}>
        <QuickSearch
          value={q}
          label={t('kit.list.searchIn', { what: data.title })}
          onChange={(next) => show({ q: next })}
        />
        <SegmentedControl
          aria-label={t('staff.catalogs.which')}
          value={status}
          onChange={(estado) => show({ estado })}
          data={[
            { value: '', label: t('staff.catalogs.all') },
            { value: 'active', label: t('staff.catalogs.active') },
            { value: 'inactive', label: t('staff.catalogs.withdrawn') },
          ]}
        />
      </Group>
      {change.error && !editing && !deleting && <ErrorNote error={change.error} />}
      {items.length === 0 ? (
        <EmptyNote
          title={t('kit.list.nothingMatches')}
          text={t('kit.list.nothingMatchesText')}
          icon={<IconSearchOff size={24} />}
        />
      ) : (
        <ul className={boxedList.boxed} aria-label={data.title}>
          {items.map((row, index) => (
            <CatalogRow
              key={row.key}
              row={row}
              view={data}
              onEdit={() => setEditing(row)}
              onDelete={() => setDeleting(row)}
              onInactive={(inactive) => change.mutate({ kind: 'inactive', row, inactive })}
              onUp={
                isWhole && index > 0 ? () => change.mutate({ kind: 'move', row, before: items[index - 1]!.key }) : null
              }
              onDown={
                isWhole && index < items.length - 1
                  ? () => change.mutate({ kind: 'move', row: items[index + 1]!, before: row.key })
                  : null
              }
            />
          ))}
        </ul>
      )}
      <Pager list={data} onPage={(next) => show({ pagina: String(next) })} />
      {change.isSuccess && !editing && !deleting && (
        <Alert role="status" color="green" p="xs">
          <Text size="sm" c="#14532d">
            {t('staff.catalogs.saved')}
          </Text>
        </Alert>
      )}
      {editing && (
        <RowDialog
          catalog={catalog}
          view={data}
          row={editing === 'new' ? null : editing}
          save={change.mutateAsync}
          onClose={() => setEditing(null)}
        />
      )}
      {deleting && (
        <DeleteRowDialog
          catalog={catalog}
          row={deleting}
          error={change.error}
          busy={change.isPending}
          onDelete={() => change.mutate({ kind: 'delete', row: deleting }, { onSuccess: () => setDeleting(null) })}
          onInactive={() =>
            change.mutate({ kind: 'inactive', row: deleting, inactive: true }, { onSuccess: () => setDeleting(null) })
          }
          onClose={() => {
            change.reset()
            setDeleting(null)
          }}
        />
      )}
    </Stack>
  )
}

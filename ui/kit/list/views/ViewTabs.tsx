import { Button, Group } from '@mantine/core'
import { IconBookmarkPlus, IconDeviceFloppy, IconUsers } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { EntityView, SavedViewView } from '#engine/contract'
import { useChangeSavedViews } from '../../../client/records/useSavedViews.ts'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'
import { listQuery, toAddress, toViewSearch, type ListQuery } from '../listQuery.ts'
import classes from '../list.module.css'
import { queryOfView, wholeList, type ListWithViews } from './useListView.ts'
import { ViewMenu } from './ViewMenu.tsx'
import { ViewNameDialog } from './ViewNameDialog.tsx'

/** The views of a list as tabs above it: the whole list, one's own and the shared ones; and what can be done with them. */
export function ViewTabs({ entity, list }: { entity: EntityView; list: ListWithViews }) {
  const { t } = useTranslation()
  const { query, setQuery, views, view, isChanged } = list
  const { create, update } = useChangeSavedViews(entity.key)
  const [naming, setNaming] = useState(false)
  const strip = useRef<HTMLElement>(null)
  // With many views the strip scrolls sideways: the chosen one comes into sight.
  useEffect(() => {
    strip.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [view?.id])
  const said = { search: toViewSearch(query), columns: query.columns }
  return (
    <>
      <Group gap={8} justify="space-between" wrap="nowrap" className={classes.views}>
        <nav ref={strip} className={classes.viewStrip} aria-label={t('kit.list.views.label')}>
          <ViewTab title={t('kit.list.views.all')} query={wholeList(listQuery({}))} current={!view} />
          {views.map((one) => (
            <ViewTab
              key={one.id}
              title={one.name}
              query={queryOfView(one)}
              current={one.id === view?.id}
              changed={one.id === view?.id && isChanged}
              shared={one}
            />
          ))}
        </nav>
        <Group gap={4} wrap="nowrap" flex="none">
          {view && isChanged && view.editable && (
            <Button
              variant="light"
              size="compact-sm"
              leftSection={<IconDeviceFloppy aria-hidden size={14} />}
              loading={update.isPending}
              onClick={() => update.mutate({ id: view.id, ...said })}
            >
              {t('kit.list.views.saveChanges')}
            </Button>
          )}
          {isChanged && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconBookmarkPlus aria-hidden size={14} />}
              onClick={() => setNaming(true)}
            >
              {t(view ? 'kit.list.views.saveAs' : 'kit.list.views.save')}
            </Button>
          )}
          {view && <ViewMenu entity={entity} view={view} onGone={() => setQuery(() => wholeList(listQuery({})))} />}
        </Group>
      </Group>
      {update.error && <ErrorNote error={update.error} />}
      {naming && (
        <ViewNameDialog
          title={t('kit.list.views.save')}
          mayShare={entity.may.export}
          busy={create.isPending}
          error={create.error}
          onSave={(name, shared) =>
            create.mutate(
              { ...said, name, shared },
              {
                onSuccess: (made) => {
                  setNaming(false)
                  setQuery((now) => ({ ...now, view: made.id }))
                },
              },
            )
          }
          onClose={() => {
            setNaming(false)
            create.reset()
          }}
        />
      )}
    </>
  )
}

function ViewTab({
  title,
  query,
  current,
  changed = false,
  shared,
}: {
  title: string
  query: ListQuery
  current: boolean
  changed?: boolean
  shared?: SavedViewView
}) {
  const { t } = useTranslation()
  return (
    <Link
      to={`?${toAddress(query).toString()}`}
      className={classes.view}
      aria-current={current ? 'true' : undefined}
      title={shared?.shared ? t('kit.list.views.sharedBy', { who: shared.owner }) : undefined}
    >
      {shared?.shared && <IconUsers aria-label={t('kit.list.views.shared')} size={14} />}
      {title}
      {changed && <span aria-label={t('kit.list.views.changed')}>{' •'}</span>}
    </Link>
  )
}

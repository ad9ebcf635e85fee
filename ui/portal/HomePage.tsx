import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useOutletContext } from 'react-router'
import type { EntityView, SessionView } from '#engine/contract'
import { useEntity } from '../client/records/useEntities.ts'
import { useRecords } from '../client/records/useRecords.ts'
import { EmptyNote } from '../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { RecordList } from '../kit/list/RecordList.tsx'
import { CaseOf } from './CasePage.tsx'
import { homeItem } from './portalLinks.ts'
import { TodoList } from './TodoList.tsx'
import { useTaskActions } from './useTaskActions.tsx'

/** What needs this person's answer, and below it all there is. */
export function HomePage() {
  const { t } = useTranslation()
  const session = useOutletContext<SessionView>()
  const item = homeItem(session.menus)
  const { data: entity, error, refetch } = useEntity(item?.key)
  if (!item)
    return (
      <Stack gap="lg">
        <TodoList />
        <EmptyNote title={t('portal.noMenu.title')} text={t('portal.noMenu.text')} />
      </Stack>
    )
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!entity) return <Skeleton height={320} aria-busy />
  return <Own entity={entity} title={item.title} />
}

/** All there is of a kind; the only one of what is kept (and not begun here) is shown at once, not as a list of one. */
function Own({ entity, title }: { entity: EntityView; title: string }) {
  const actions = useTaskActions()
  const isKept = entity.stateField === null && entity.startProcess === null && !entity.may.create
  const { data } = useRecords(entity.key, 'size=2', { enabled: isKept })
  if (isKept && !data) return <Skeleton height={320} aria-busy />
  const [only, ...others] = (isKept && data?.items) || []
  if (!only || others.length > 0)
    return <RecordList key={entity.key} entity={entity} title={title} above={<TodoList />} actions={actions} />
  return (
    <Stack gap="lg">
      <TodoList />
      <CaseOf entity={entity.key} id={only.id} atHome />
    </Stack>
  )
}

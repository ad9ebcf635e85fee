import { Skeleton, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useOutletContext } from 'react-router'
import type { SessionView } from '#engine/contract'
import { useEntity } from '../client/useEntities.ts'
import { EmptyNote } from '../kit/feedback/EmptyNote.tsx'
import { ErrorNote } from '../kit/feedback/ErrorNote.tsx'
import { RecordList } from '../kit/list/RecordList.tsx'
import { homeItem } from './portalLinks.ts'
import { TodoList } from './TodoList.tsx'
import { useTaskActions } from './useTaskActions.tsx'

/** What needs this person's answer, and below it all there is. */
export function HomePage() {
  const { t } = useTranslation()
  const session = useOutletContext<SessionView>()
  const item = homeItem(session.menus)
  const { data: entity, error, refetch } = useEntity(item?.key)
  const actions = useTaskActions()
  if (!item)
    return (
      <Stack gap="lg">
        <TodoList />
        <EmptyNote title={t('portal.noMenu.title')} text={t('portal.noMenu.text')} />
      </Stack>
    )
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />
  if (!entity) return <Skeleton height={320} aria-busy />
  return <RecordList key={entity.key} entity={entity} title={item.title} above={<TodoList />} actions={actions} />
}

import { Group, Pagination, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ListView } from '#engine/contract'
import { formatCount } from '../values/formatValue.ts'
import { countText } from './countText.ts'

/** Pages of a list; nothing when there is one. An inexact total says so. */
export function Pager({
  list,
  onPage,
}: {
  list: Pick<ListView<unknown>, 'total' | 'totalAtLeast' | 'page' | 'size'>
  onPage: (page: number) => void
}) {
  const { t } = useTranslation()
  const total = list.total ?? list.totalAtLeast ?? 0
  const pages = Math.max(
    Math.ceil(total / list.size),
    list.total === undefined && total > list.page * list.size ? list.page + 1 : 1,
  )
  if (pages <= 1) return null
  const from = (list.page - 1) * list.size + 1
  return (
    <Group justify="space-between" mt="md" component="nav" aria-label={t('kit.list.pages')}>
      <Text size="sm" c="dimmed">
        {t('kit.list.showing', {
          from: formatCount(from),
          to: formatCount(list.total === undefined ? from + list.size - 1 : Math.min(from + list.size - 1, total)),
          total: countText(list, t),
        })}
      </Text>
      <Pagination
        size="sm"
        total={pages}
        value={list.page}
        onChange={onPage}
        getItemProps={(page) => ({ 'aria-label': t('kit.list.page', { page }) })}
        getControlProps={(control) => ({ 'aria-label': t(`kit.list.${control}Page`) })}
      />
    </Group>
  )
}

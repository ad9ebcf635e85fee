import { Skeleton, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CatalogUsageView } from '#engine/contract'

/** How many records hold a row, and which. */
export function UsageNote({ usage }: { usage: CatalogUsageView | undefined }) {
  const { t } = useTranslation()
  if (!usage) return <Skeleton height={20} aria-busy />
  if (usage.total === 0) return <Text size="sm">{t('staff.catalogs.unused')}</Text>
  const what = usage.uses.map(({ kind, field, count }) => `${kind} (${field}): ${count}`).join(' · ')
  return <Text size="sm">{t('staff.catalogs.used', { count: usage.total, what })}</Text>
}

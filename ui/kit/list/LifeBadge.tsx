import type { RecordView } from '#engine/contract'
import { useTranslation } from 'react-i18next'
import { ToneBadge } from '../values/StateBadge.tsx'

/** What sets a record apart from those in use: deleted, inactive, to be completed. */
export function LifeBadge({ record }: { record: RecordView }) {
  const { t } = useTranslation()
  if (record.deletedAt) return <ToneBadge color="red" text={t('kit.record.life.deleted')} />
  if (record.inactiveAt) return <ToneBadge color="gray" text={t('kit.record.life.inactive')} />
  if (record.incomplete) return <ToneBadge color="yellow" text={t('kit.record.life.incomplete')} />
  return null
}

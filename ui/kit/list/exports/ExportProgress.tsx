import { Progress, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ExportView } from '#engine/contract'
import { formatCount } from '../../values/formatValue.ts'

/** How many records of all are written. */
export function ExportProgress({ view }: { view: ExportView }) {
  const { t } = useTranslation()
  const { rows } = view
  const done = Math.min(view.done, rows)
  return (
    <>
      <Progress value={rows === 0 ? 100 : (done / rows) * 100} aria-label={t('kit.exports.progressLabel')} />
      <Text size="sm" mt={4}>
        {t('kit.exports.progress', { done: formatCount(done), total: formatCount(rows) })}
      </Text>
    </>
  )
}

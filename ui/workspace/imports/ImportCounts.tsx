import { Group, Paper, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { formatCount } from '../../kit/values/formatValue.ts'
import classes from './imports.module.css'

type Name = 'new' | 'changed' | 'same' | 'errors' | 'warned' | 'applied'

/** How many rows of each kind. */
export function ImportCounts({ sheet, names }: { sheet: ImportView; names: Name[] }) {
  const { t } = useTranslation()
  return (
    <Group gap={8} align="stretch">
      {names.map((name) => (
        <Paper key={name} className={classes.count}>
          <Text fz={22} fw={600} c={name === 'errors' && sheet.counts.errors > 0 ? 'red.9' : undefined}>
            {formatCount(sheet.counts[name])}
          </Text>
          <Text size="sm" c="dimmed">
            {t(`staff.imports.${name}`)}
          </Text>
        </Paper>
      ))}
    </Group>
  )
}

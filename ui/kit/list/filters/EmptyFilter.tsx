import { Chip, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'

/** Without a value, or with any. */
export function EmptyFilter({ value, onChange }: { value: boolean | null; onChange: (empty: boolean | null) => void }) {
  const { t } = useTranslation()
  return (
    <Group gap={6}>
      {[true, false].map((empty) => (
        <Chip
          key={String(empty)}
          size="xs"
          checked={value === empty}
          onChange={(checked) => onChange(checked ? empty : null)}
        >
          {t(empty ? 'kit.list.withoutValue' : 'kit.list.withValue')}
        </Chip>
      ))}
    </Group>
  )
}

import { Text } from '@mantine/core'
import type { RecordView } from '#engine/contract'

/** Where a record met a filter over several fields (its own, its rows', those of records around it). */
export function MatchedNote({ record }: { record: RecordView }) {
  if (!record.matched?.length) return null
  return (
    <Text size="xs" c="dimmed" style={{ whiteSpace: 'normal', maxWidth: 320 }}>
      {record.matched.map((place) => `${place.title}: ${place.text}`).join(' · ')}
    </Text>
  )
}

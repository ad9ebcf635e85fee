import { Anchor, Group, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { fileUrl, useFile } from '../../client/records/useFile.ts'
import { FileThumb } from './FileThumb.tsx'
import classes from './photo.module.css'

/** The photos of a record side by side; each opens in full. What is no picture among them shows its icon and name. */
export function PhotoStrip({ ids }: { ids: string[] }) {
  return (
    <Group gap={8} align="stretch">
      {ids.map((id, index) => (
        <Photo key={id} id={id} place={index + 1} />
      ))}
    </Group>
  )
}

function Photo({ id, place }: { id: string; place: number }) {
  const { t } = useTranslation()
  const { data } = useFile(id)
  const isPicture = data?.type.startsWith('image/') ?? false
  return (
    <Anchor href={fileUrl(id)} download className={classes.photo}>
      <FileThumb id={id} size={120} label={t('kit.file.photo', { place, name: data?.name ?? '' })} />
      {!isPicture && (
        <Text span size="xs" ta="center" style={{ overflowWrap: 'anywhere' }}>
          {data?.name ?? t('kit.file.file')}
        </Text>
      )}
    </Anchor>
  )
}

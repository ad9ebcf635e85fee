import { ActionIcon, Badge, Box, Group, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFile } from '../../../client/records/useFile.ts'
import { FileThumb } from '../../values/FileThumb.tsx'
import { FileLink } from '../../values/FieldValue.tsx'
import { formatBytes } from '../../values/formatValue.ts'
import classes from './FilesControl.module.css'

interface HeldFilesProps {
  ids: string[]
  /** Their order matters: the first is the cover. */
  photos: boolean
  onChange: (ids: string[]) => void
}

/** What a field holds: shown small, opened, removed; photos are put in order by dragging or with buttons. */
export function HeldFiles({ ids, photos, onChange }: HeldFilesProps) {
  const [dragged, setDragged] = useState<string | null>(null)
  const isOrdered = photos && ids.length > 1
  const move = (id: string, to: number) => {
    const rest = ids.filter((other) => other !== id)
    onChange([...rest.slice(0, to), id, ...rest.slice(to)])
  }
  return ids.map((id, index) => (
    <div
      key={id}
      draggable={isOrdered}
      data-dragged={dragged === id || undefined}
      onDragStart={() => setDragged(id)}
      onDragEnd={() => setDragged(null)}
      onDragOver={(event) => {
        if (dragged) event.preventDefault()
      }}
      onDrop={(event) => {
        if (!dragged) return
        // The zone around it takes files that come from outside.
        event.stopPropagation()
        event.preventDefault()
        move(dragged, index)
      }}
    >
      <HeldFile
        id={id}
        cover={isOrdered && index === 0}
        onUp={isOrdered && index > 0 ? () => move(id, index - 1) : null}
        onDown={isOrdered && index < ids.length - 1 ? () => move(id, index + 1) : null}
        onRemove={() => onChange(ids.filter((other) => other !== id))}
      />
    </div>
  ))
}

interface HeldFileProps {
  id: string
  cover: boolean
  onUp: (() => void) | null
  onDown: (() => void) | null
  onRemove: () => void
}

function HeldFile({ id, cover, onUp, onDown, onRemove }: HeldFileProps) {
  const { t } = useTranslation()
  const { data } = useFile(id)
  const name = data?.name ?? ''
  return (
    <Group gap="sm" wrap="nowrap" className={classes.held}>
      <FileThumb id={id} size={56} />
      <Box flex={1} miw={0}>
        <FileLink id={id} {...(data ? { name } : {})} />
        <Group gap={8}>
          {data && (
            <Text size="xs" c="dimmed">
              {formatBytes(data.size)}
            </Text>
          )}
          {cover && (
            <Badge variant="light" tt="none" size="sm">
              {t('kit.file.cover')}
            </Badge>
          )}
        </Group>
      </Box>
      <Group gap={0} wrap="nowrap">
        {onUp && (
          <ActionIcon variant="subtle" color="gray" aria-label={t('kit.file.earlier', { name })} onClick={onUp}>
            <IconArrowUp aria-hidden size={16} />
          </ActionIcon>
        )}
        {onDown && (
          <ActionIcon variant="subtle" color="gray" aria-label={t('kit.file.later', { name })} onClick={onDown}>
            <IconArrowDown aria-hidden size={16} />
          </ActionIcon>
        )}
        <ActionIcon variant="subtle" color="gray" aria-label={t('kit.file.remove', { name })} onClick={onRemove}>
          <IconTrash aria-hidden size={16} />
        </ActionIcon>
      </Group>
    </Group>
  )
}

import { ActionIcon, Checkbox, Group } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import classes from '../list.module.css'

interface ColumnItemProps {
  title: string
  isFirst: boolean
  isLast: boolean
  /** The last column stays: a list without columns says nothing. */
  isOnly: boolean
  isDragged: boolean
  onHide: () => void
  onMove: (by: 1 | -1) => void
  onDrag: () => void
  onDragOver: () => void
  onDrop: () => void
}

/** A shown column: hidden with its box, moved with its buttons or by its handle. */
export function ColumnItem(props: ColumnItemProps) {
  const { t } = useTranslation()
  const { title } = props
  return (
    <li
      className={classes.column}
      data-dragged={props.isDragged || undefined}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        props.onDrag()
      }}
      onDragEnter={props.onDragOver}
      onDragOver={(event) => event.preventDefault()}
      onDragEnd={props.onDrop}
      onDrop={(event) => {
        event.preventDefault()
        props.onDrop()
      }}
    >
      <IconGripVertical aria-hidden size={14} className={classes.grip} />
      <Checkbox size="sm" flex={1} label={title} checked disabled={props.isOnly} onChange={props.onHide} />
      <Group gap={2} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          disabled={props.isFirst}
          aria-label={t('kit.list.columns.up', { name: title })}
          onClick={() => props.onMove(-1)}
        >
          <IconArrowUp aria-hidden size={14} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          disabled={props.isLast}
          aria-label={t('kit.list.columns.down', { name: title })}
          onClick={() => props.onMove(1)}
        >
          <IconArrowDown aria-hidden size={14} />
        </ActionIcon>
      </Group>
    </li>
  )
}

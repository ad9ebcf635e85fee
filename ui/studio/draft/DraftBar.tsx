import { ActionIcon, Button, Group, Text, Title, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowsTransferUp,
  IconArrowForwardUp,
  IconCode,
  IconGitCompare,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconUpload,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DraftStatus } from './DraftQueue.ts'
import classes from './DraftBar.module.css'

interface Props {
  filesShown: boolean
  onToggleFiles: () => void
  title: string
  version: string
  status: DraftStatus
  changes: number
  canUndo: boolean
  canRedo: boolean
  onUndo: () => void
  onRedo: () => void
  textShown: boolean
  onToggleText?: () => void
  onRetry: () => void
  onCompare: () => void
  onDiscard: () => void
  onMigrate: () => void
  onPublish: () => void
}

/** Where the draft stands and what can be done with it as a whole. */
export function DraftBar(props: Props) {
  const { t, i18n } = useTranslation()
  const { status } = props
  const clock = new Intl.DateTimeFormat(i18n.language, { hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const text =
    status.kind === 'saved'
      ? status.at
        ? t('studio.draft.savedAt', { time: clock.format(status.at) })
        : props.changes > 0
          ? t('studio.draft.saved')
          : t('studio.draft.none')
      : t(`studio.draft.${status.kind}`)
  return (
    <div className={classes.bar}>
      <Group gap={8} wrap="nowrap" miw={0}>
        <Tooltip label={t(props.filesShown ? 'studio.tree.hide' : 'studio.tree.show')}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t(props.filesShown ? 'studio.tree.hide' : 'studio.tree.show')}
            onClick={props.onToggleFiles}
          >
            {props.filesShown ? <IconLayoutSidebarLeftCollapse size={18} /> : <IconLayoutSidebarLeftExpand size={18} />}
          </ActionIcon>
        </Tooltip>
        <Title order={1} size="h3" lineClamp={1}>
          {props.title}
        </Title>
        <Text size="sm" c="dimmed" style={{ whiteSpace: 'nowrap' }}>
          {props.version}
        </Text>
        <Text
          size="sm"
          role="status"
          c={status.kind === 'failed' || status.kind === 'conflict' ? 'red.9' : 'dimmed'}
          truncate
        >
          {text}
        </Text>
        {status.kind === 'failed' && (
          <Button size="compact-sm" variant="light" onClick={props.onRetry}>
            {t('studio.draft.retry')}
          </Button>
        )}
      </Group>
      <Group gap={6} wrap="nowrap" flex="none">
        <Tooltip label={t('studio.undo')}>
          <ActionIcon
            variant="default"
            size="lg"
            disabled={!props.canUndo}
            aria-label={t('studio.undo')}
            onClick={props.onUndo}
          >
            <IconArrowBackUp size={18} />
          </ActionIcon>
        </Tooltip>
        <Tooltip label={t('studio.redo')}>
          <ActionIcon
            variant="default"
            size="lg"
            disabled={!props.canRedo}
            aria-label={t('studio.redo')}
            onClick={props.onRedo}
          >
            <IconArrowForwardUp size={18} />
          </ActionIcon>
        </Tooltip>
        {props.onToggleText && (
          <Button
            variant="default"
            leftSection={<IconCode size={16} />}
            aria-pressed={props.textShown}
            onClick={props.onToggleText}
          >
            {t(props.textShown ? 'studio.text.hide' : 'studio.text.show')}
          </Button>
        )}
        <Button variant="default" leftSection={<IconGitCompare size={16} />} onClick={props.onCompare}>
          {t('studio.compare.button', { count: props.changes })}
        </Button>
        <Tooltip label={t('studio.migrate.title')}>
          <ActionIcon variant="default" size="lg" aria-label={t('studio.migrate.title')} onClick={props.onMigrate}>
            <IconArrowsTransferUp size={18} />
          </ActionIcon>
        </Tooltip>
        {props.changes > 0 && (
          <Button variant="subtle" color="red" onClick={props.onDiscard}>
            {t('studio.draft.discard')}
          </Button>
        )}
        <Button leftSection={<IconUpload size={16} />} disabled={props.changes === 0} onClick={props.onPublish}>
          {t('studio.publish.button')}
        </Button>
      </Group>
    </div>
  )
}

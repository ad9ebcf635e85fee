import { Group, Text } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconFlag,
  IconMail,
  IconMessage,
  IconPaperclip,
  IconPencil,
  IconPlayerPlay,
  IconPlus,
  IconSquareCheck,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { HistoryEntry } from '#engine/contract'
import { FileLink } from '../values/FieldValue.tsx'
import { formatDateTime } from '../values/formatValue.ts'
import { Moment } from '../values/Moment.tsx'
import { ToneBadge } from '../values/StateBadge.tsx'
import { ChangeTable } from './ChangeTable.tsx'
import { joinMails } from './joinMails.ts'
import classes from './record.module.css'

const icons: Record<HistoryEntry['kind'], typeof IconCheck> = {
  created: IconPlus,
  changed: IconPencil,
  state: IconFlag,
  task: IconSquareCheck,
  mail: IconMail,
  file: IconPaperclip,
  started: IconPlayerPlay,
  ended: IconCheck,
  message: IconMessage,
  incident: IconAlertTriangle,
}
const mailColor = { pending: 'yellow', failed: 'red' } as const

/** What happened, the newest first: who, when, what changed, which documents and mails. */
export function Timeline({ entries, hideChanges = false }: { entries: HistoryEntry[]; hideChanges?: boolean }) {
  const { t } = useTranslation()
  return (
    <ol className={classes.timeline}>
      {joinMails(entries).map((entry) => {
        const Icon = icons[entry.kind]
        return (
          <li key={entry.id} className={classes.event} data-kind={entry.kind}>
            <span className={classes.eventIcon}>
              <Icon aria-hidden size={13} stroke={2} />
            </span>
            <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
              {entry.mail ? t('kit.record.mailTo', { to: entry.mail.to, subject: entry.mail.subject }) : entry.text}
            </Text>
            <Text size="xs" c="dimmed">
              {entry.who ? `${entry.who} · ` : ''}
              <Moment at={entry.at} /> · {formatDateTime(entry.at)}
            </Text>
            {!hideChanges && entry.changes && entry.changes.length > 0 && <ChangeTable changes={entry.changes} />}
            {entry.files && entry.files.length > 0 && (
              <Group gap={12} mt={4}>
                {entry.files.map((file) => (
                  <FileLink key={file.id} id={file.id} name={file.name} />
                ))}
              </Group>
            )}
            {entry.mail && entry.mail.status !== 'sent' && (
              <Group mt={4}>
                <ToneBadge
                  color={mailColor[entry.mail.status]}
                  icon="mail"
                  text={t(`kit.record.mail.${entry.mail.status}`)}
                />
              </Group>
            )}
          </li>
        )
      })}
    </ol>
  )
}

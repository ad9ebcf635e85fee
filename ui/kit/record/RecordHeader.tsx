import { CopyButton, Group, Stack, Text, Title, Tooltip, UnstyledButton } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordPageView } from '#engine/contract'
import { CoverPhoto } from '../values/CoverPhoto.tsx'
import { StateBadge } from '../values/StateBadge.tsx'
import { LifeBadge } from '../list/LifeBadge.tsx'
import { TurnBanner } from './TurnBanner.tsx'
import classes from './record.module.css'

/** Code, name, state, whose turn it is, and what can be done now. */
export function RecordHeader({
  entity,
  record,
  actions,
}: {
  entity: EntityView
  record: RecordPageView
  actions?: ReactNode
}) {
  useDocumentTitle(`${record.label} · Cauce`)
  const code = entity.codeField ? record.data[entity.codeField] : null
  const state = entity.stateField ? record.data[entity.stateField] : null
  const ended = entity.states.some((one) => one.value === state && one.terminal)
  const name = typeof code === 'string' && code ? nameWithoutCode(record.label, code) : record.label
  return (
    <Stack gap="sm">
      <Group justify="space-between" align="start" gap="sm">
        <Group gap="4px 12px" align="center" miw={0} flex="1 1 320px">
          <CoverPhoto schema={entity.schema} data={record.data} size={48} />
          <Title order={1} style={{ overflowWrap: 'anywhere' }}>
            {typeof code === 'string' && code && <CopyableCode code={code} />} {name}
          </Title>
          <StateBadge value={state} states={entity.states} />
          <LifeBadge record={record} />
        </Group>
        {actions && <div className={classes.actions}>{actions}</div>}
      </Group>
      {(record.turn.length > 0 || record.instances.some((instance) => instance.status === 'running')) && (
        <TurnBanner turn={record.turn} ended={ended} />
      )}
    </Stack>
  )
}

/** "CTR-1 · Acme" beside its code reads "Acme". */
export const nameWithoutCode = (label: string, code: string) =>
  label.startsWith(code) ? label.slice(code.length).replace(/^[\s·:–-]+/, '') : label

function CopyableCode({ code }: { code: string }) {
  const { t } = useTranslation()
  return (
    <CopyButton value={code}>
      {({ copied, copy }) => (
        <Tooltip label={copied ? t('kit.copied') : t('kit.copy')}>
          <UnstyledButton onClick={copy} aria-label={t('kit.copyCode', { code })} style={{ whiteSpace: 'nowrap' }}>
            <Text span ff="monospace" fz={18} fw={600}>
              {code}
            </Text>{' '}
            {copied ? <IconCheck aria-hidden size={14} /> : <IconCopy aria-hidden size={14} color="#5a646d" />}
          </UnstyledButton>
        </Tooltip>
      )}
    </CopyButton>
  )
}

import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconArchive, IconArchiveOff, IconDots, IconPencilBolt, IconRestore } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RecordView } from '#engine/contract'
import { useRecordLife } from '../../client/records/useRecordLife.ts'
import { CorrectModal } from './CorrectModal.tsx'
import { ReasonModal } from './ReasonModal.tsx'

/** What is seldom done with a record: correct what is fixed, take it out of use or back, restore what was deleted. */
export function LifeMenu({ record }: { record: RecordView }) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<'inactivate' | 'correct' | null>(null)
  const { inactivate, activate, restore } = useRecordLife(record.entity, record.id)
  const { revision, permissions } = record
  if (record.deletedAt)
    return (
      <Button
        leftSection={<IconRestore aria-hidden size={16} />}
        loading={restore.isPending}
        onClick={() => restore.mutate({ revision })}
      >
        {t('kit.record.restore')}
      </Button>
    )
  if (!permissions.inactivate && !permissions.correct) return null
  return (
    <>
      <Menu position="bottom-end" shadow="md">
        <Menu.Target>
          <ActionIcon variant="default" size={36} aria-label={t('kit.record.more')}>
            <IconDots aria-hidden size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {permissions.correct && (
            <Menu.Item leftSection={<IconPencilBolt aria-hidden size={16} />} onClick={() => setAsking('correct')}>
              {t('kit.record.correct')}
            </Menu.Item>
          )}
          {permissions.inactivate && !record.inactiveAt && (
            <Menu.Item leftSection={<IconArchive aria-hidden size={16} />} onClick={() => setAsking('inactivate')}>
              {t('kit.record.inactivate')}
            </Menu.Item>
          )}
          {permissions.inactivate && record.inactiveAt && (
            <Menu.Item
              leftSection={<IconArchiveOff aria-hidden size={16} />}
              onClick={() => activate.mutate({ revision })}
            >
              {t('kit.record.activate')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asking === 'correct' && <CorrectModal record={record} onClose={() => setAsking(null)} />}
      {asking === 'inactivate' && (
        <ReasonModal
          title={t('kit.record.inactivate')}
          text={t('kit.record.inactivateText', { name: record.label })}
          busy={inactivate.isPending}
          error={inactivate.error}
          onClose={() => setAsking(null)}
          onConfirm={(reason) => inactivate.mutate({ revision, reason }, { onSuccess: () => setAsking(null) })}
        />
      )}
    </>
  )
}

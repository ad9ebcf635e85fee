import { Button, Group, List, Modal, Progress, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordView } from '#engine/contract'
import type { BulkAction } from './bulkActions.ts'
import { BulkReport } from './BulkReport.tsx'
import { useBulk } from './useBulk.ts'

const named = 8

/** Says exactly what will happen to how many, asks the reason, shows the way, and reports each that was refused. */
export function BulkDialog({
  entity,
  action,
  records,
  onClose,
}: {
  entity: EntityView
  action: BulkAction
  records: RecordView[]
  /** `left`: what stays marked; undefined: nothing was done. */
  onClose: (left?: RecordView[]) => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [isMissing, setIsMissing] = useState(false)
  // What was marked when it was opened: the list behind renews itself.
  const [marked] = useState(records)
  const { state, run, stop } = useBulk(entity.key)
  const fitting = marked.filter(action.fits)
  const others = marked.length - fitting.length
  const title = t(`kit.list.bulk.${action.key}.title`)
  const finished = state && !state.isRunning
  const close = () => {
    if (state?.isRunning) return
    onClose(
      finished ? marked.filter((record) => state.failed.some((failure) => failure.record.id === record.id)) : undefined,
    )
  }
  return (
    <Modal opened onClose={close} title={title} size="lg" closeButtonProps={{ 'aria-label': t('kit.close') }}>
      {finished ? (
        <BulkReport action={action} state={state} onClose={close} />
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            const lacks = action.reason === 'required' && reason.trim() === ''
            setIsMissing(lacks)
            if (!lacks) void run(fitting, (record) => action.act(record, reason.trim()))
          }}
        >
          <Stack gap="md">
            <Text>{t(`kit.list.bulk.${action.key}.text`, { count: fitting.length })}</Text>
            <List size="sm">
              {fitting.slice(0, named).map((record) => (
                <List.Item key={record.id}>{record.label}</List.Item>
              ))}
              {fitting.length > named && (
                <List.Item>{t('kit.list.bulk.andMore', { count: fitting.length - named })}</List.Item>
              )}
            </List>
            {others > 0 && (
              <Text size="sm" c="dimmed">
                {t('kit.list.bulk.notThese', { count: others })}
              </Text>
            )}
            {action.reason !== 'none' && (
              <Textarea
                label={t(action.reason === 'required' ? 'kit.record.reason' : 'kit.record.deleteReason')}
                withAsterisk={action.reason === 'required'}
                error={isMissing ? t('kit.form.reasonMissing') : undefined}
                autosize
                minRows={2}
                data-autofocus
                disabled={state !== null}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
            {state && (
              <Progress
                value={((state.done + state.failed.length) / state.total) * 100}
                aria-label={t('kit.list.bulk.progress')}
              />
            )}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={state ? stop : close}>
                {t(state ? 'kit.list.bulk.stop' : 'kit.cancel')}
              </Button>
              <Button type="submit" color={action.kind === 'danger' ? 'red' : undefined} loading={state !== null}>
                {t(`kit.list.bulk.${action.key}.confirm`, { count: fitting.length })}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}

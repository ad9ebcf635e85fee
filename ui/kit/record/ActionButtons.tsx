import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionView } from '#engine/contract'
import { useRunAction } from '../../client/useActions.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

/** Buttons of the pack's actions, over a list (`id` null) or on the page of a record; what one did is told in a sentence. */
export function ActionButtons({ entity, id, actions }: { entity: string; id: string | null; actions: ActionView[] }) {
  const run = useRunAction(entity, id)
  const { t } = useTranslation()
  const [asking, setAsking] = useState<ActionView | null>(null)
  const [told, setTold] = useState<{ title: string; message: string } | null>(null)
  const start = (action: ActionView, reason?: string): void => {
    run.mutate(
      { action: action.key, ...(reason ? { reason } : {}) },
      {
        onSuccess: ({ message }) => {
          setAsking(null)
          setTold({ title: action.title, message })
        },
        onError: () => setAsking(action),
      },
    )
  }
  return (
    <>
      {actions.map((action) => (
        <Button
          key={action.key}
          variant={action.kind === 'primary' ? 'light' : 'default'}
          {...(action.kind === 'danger' ? { c: '#b42318' } : {})}
          loading={run.isPending && run.variables.action === action.key}
          onClick={() => (action.confirm || action.reason ? setAsking(action) : start(action))}
        >
          {action.title}
        </Button>
      ))}
      {told && (
        <Modal
          opened
          onClose={() => setTold(null)}
          title={told.title}
          closeButtonProps={{ 'aria-label': t('kit.close') }}
        >
          <Stack gap="md">
            <Text role="status">{told.message}</Text>
            <Group justify="flex-end">
              <Button data-autofocus onClick={() => setTold(null)}>
                {t('kit.close')}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
      {asking && (
        <ActionModal
          action={asking}
          busy={run.isPending}
          error={run.error}
          onRun={(reason) => start(asking, reason)}
          onClose={() => {
            setAsking(null)
            run.reset()
          }}
        />
      )}
    </>
  )
}

function ActionModal({
  action,
  busy,
  error,
  onRun,
  onClose,
}: {
  action: ActionView
  busy: boolean
  error: Error | null
  onRun: (reason: string) => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const isMissing = action.reason && reason.trim() === ''
  return (
    <Modal opened onClose={onClose} title={action.title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(isMissing)
          if (!isMissing) onRun(reason.trim())
        }}
      >
        <Stack gap="md">
          {action.confirm && <Text>{action.confirm}</Text>}
          {action.reason && (
            <Textarea
              label={t('kit.form.reason', { action: action.title })}
              withAsterisk
              error={missing && isMissing ? t('kit.form.reasonMissing') : undefined}
              autosize
              minRows={2}
              data-autofocus
              value={reason}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          {error && <ErrorNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" color={action.kind === 'danger' ? 'red' : undefined} loading={busy}>
              {action.title}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionView } from '#engine/contract'
import { useRunAction } from '../../client/records/useActions.ts'
import { ReasonModal } from './ReasonModal.tsx'

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
        <ReasonModal
          title={asking.title}
          text={asking.confirm ?? null}
          label={asking.reason ? t('kit.form.reason', { action: asking.title }) : null}
          danger={asking.kind === 'danger'}
          busy={run.isPending}
          error={run.error}
          onConfirm={(reason) => start(asking, reason)}
          onClose={() => {
            setAsking(null)
            run.reset()
          }}
        />
      )}
    </>
  )
}

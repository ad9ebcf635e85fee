import { Button, Group, Menu, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '#forms'
import type { FormEnvironmentView, MessageView } from '#engine/contract'
import { useSendMessage } from '../../client/cases/useInstance.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'

/** Moves of a case that are not tasks: a button each, the rare ones behind "more". */
export function MessageButtons({
  messages,
  record,
  environment,
}: {
  messages: MessageView[]
  record: JsonObject
  environment?: FormEnvironmentView | undefined
}) {
  const { t } = useTranslation()
  const [asking, setAsking] = useState<MessageView | null>(null)
  const shown = messages.filter((message) => message.kind !== 'danger').slice(0, 2)
  const hidden = messages.filter((message) => !shown.includes(message))
  return (
    <>
      {shown.map((message) => (
        <Button key={`${message.instance}.${message.name}`} variant="default" onClick={() => setAsking(message)}>
          {message.label}
        </Button>
      ))}
      {hidden.length > 0 && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <Button variant="default" px={10} aria-label={t('kit.record.moreActions')}>
              <IconDots aria-hidden size={18} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {hidden.map((message) => (
              <Menu.Item
                key={`${message.instance}.${message.name}`}
                c={message.kind === 'danger' ? '#b42318' : undefined}
                onClick={() => setAsking(message)}
              >
                {message.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
      {asking && (
        <MessageModal message={asking} record={record} environment={environment} onClose={() => setAsking(null)} />
      )}
    </>
  )
}

function MessageModal({
  message,
  record,
  environment,
  onClose,
}: {
  message: MessageView
  record: JsonObject
  environment: FormEnvironmentView | undefined
  onClose: () => void
}) {
  const { t } = useTranslation()
  const send = useSendMessage()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const isMissing = message.reason && reason.trim() === ''
  const where = { instance: message.instance, name: message.name }
  return (
    <Modal
      opened
      onClose={onClose}
      title={message.label}
      size={message.form ? 'lg' : 'md'}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      {message.form ? (
        <Stack gap="md">
          {message.confirm && <Text>{message.confirm}</Text>}
          <FormRenderer
            form={message.form}
            data={{}}
            environment={toEnvironment(environment, record)}
            depth={1}
            actions={[{ key: message.name, label: message.label, kind: message.kind }]}
            onCancel={onClose}
            onSubmit={async (_, { data }) => {
              await send.mutateAsync({ ...where, data })
              onClose()
            }}
          />
        </Stack>
      ) : (
        <form
          onSubmit={(event) => {
            event.preventDefault()
            event.stopPropagation()
            setMissing(isMissing)
            if (!isMissing)
              send.mutate({ ...where, ...(reason.trim() ? { reason: reason.trim() } : {}) }, { onSuccess: onClose })
          }}
        >
          <Stack gap="md">
            {message.confirm && <Text>{message.confirm}</Text>}
            {(message.reason || message.kind === 'danger') && (
              <Textarea
                label={t('kit.form.reason', { action: message.label })}
                withAsterisk={message.reason}
                error={missing && isMissing ? t('kit.form.reasonMissing') : undefined}
                autosize
                minRows={2}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
              />
            )}
            {send.error && <ErrorNote error={send.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('kit.cancel')}
              </Button>
              <Button type="submit" color={message.kind === 'danger' ? 'red' : undefined} loading={send.isPending}>
                {message.label}
              </Button>
            </Group>
          </Stack>
        </form>
      )}
    </Modal>
  )
}

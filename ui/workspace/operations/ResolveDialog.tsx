import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IncidentView } from '#engine/contract'
import { useResolveProblem } from '../../client/cases/useProblems.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

/** As the server asks for it, so that nobody ends a problem with a full stop. */
const minReason = 3

/** Says what an action will do and asks why: the reason stays with the problem. */
export function ResolveDialog(props: {
  problem: IncidentView
  action: IncidentView['actions'][number]
  onClose: () => void
}) {
  const { problem, action, onClose } = props
  const { t } = useTranslation()
  const resolve = useResolveProblem()
  const [reason, setReason] = useState('')
  const [to, setTo] = useState<string | null>(null)
  const [missing, setMissing] = useState(false)
  const isShort = reason.trim().length < minReason
  const isNowhere = action === 'move' && to === null
  const label = t(`staff.operations.action.${action}`)
  return (
    <Modal opened onClose={onClose} title={label} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setMissing(isShort || isNowhere)
          if (isShort || isNowhere) return
          const answer = { id: problem.id, action, reason: reason.trim(), ...(to === null ? {} : { to }) }
          resolve.mutate(answer, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <Text>{t(`staff.operations.consequence.${action}`)}</Text>
          {action === 'move' && (
            <Select
              label={t('staff.operations.to')}
              withAsterisk
              data-autofocus
              searchable
              data={problem.places.map(({ id, name }) => ({ value: id, label: name }))}
              value={to}
              onChange={setTo}
              error={missing && isNowhere ? t('staff.operations.toMissing') : undefined}
            />
          )}
          <Textarea
            label={t('staff.operations.reason')}
            description={t('staff.operations.reasonHelp')}
            withAsterisk
            data-autofocus={action !== 'move' || undefined}
            autosize
            minRows={2}
            maxLength={2000}
            value={reason}
            error={missing && isShort ? t('staff.operations.reasonMissing') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {resolve.error && <ErrorNote error={resolve.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" color={action === 'cancel' ? 'red' : undefined} loading={resolve.isPending}>
              {label}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

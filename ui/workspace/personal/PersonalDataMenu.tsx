import { Button, Group, Menu, Modal, Stack, Text, Textarea } from '@mantine/core'
import { IconShieldLock } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountCardView } from '#engine/contract'
import { usePersonAct } from '../../client/people/usePersonal.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

type Act = 'block' | 'unblock' | 'anonymise'

/** What a person may ask for about his data, done by an administrator: block, lift the block, anonymise. */
export function PersonalDataMenu({ entity, id, card }: { entity: string; id: string; card: AccountCardView }) {
  const { t } = useTranslation()
  const [act, setAct] = useState<Act | null>(null)
  const acts: Act[] = [card.blocked ? 'unblock' : 'block', 'anonymise']
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default" leftSection={<IconShieldLock aria-hidden size={16} />}>
            {t('staff.personal.menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {acts.map((one) => (
            <Menu.Item key={one} color={one === 'anonymise' ? 'red' : undefined} onClick={() => setAct(one)}>
              {t(`staff.personal.${one}.go`)}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {act && <ActDialog act={act} entity={entity} id={id} onClose={() => setAct(null)} />}
    </>
  )
}

function ActDialog({ act, entity, id, onClose }: { act: Act; entity: string; id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [isMissing, setMissing] = useState(false)
  const doing = usePersonAct(entity, id)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`staff.personal.${act}.go`)}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          const given = reason.trim()
          setMissing(given.length < 3)
          if (given.length >= 3) doing.mutate({ act, reason: given }, { onSuccess: onClose })
        }}
      >
        <Stack gap="md">
          <Text>{t(`staff.personal.${act}.text`)}</Text>
          <Textarea
            label={t('staff.personal.reason')}
            autosize
            minRows={2}
            maxLength={2000}
            withAsterisk
            data-autofocus
            value={reason}
            error={isMissing && reason.trim().length < 3 ? t('staff.personal.reasonMissing') : undefined}
            onChange={(event) => setReason(event.currentTarget.value)}
          />
          {doing.error && <ErrorNote error={doing.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" color={act === 'anonymise' ? 'red' : undefined} loading={doing.isPending}>
              {t(`staff.personal.${act}.go`)}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

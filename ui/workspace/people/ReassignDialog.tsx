import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useReassignWork } from '../../client/people/useAccountCard.ts'
import { useRecords } from '../../client/records/useRecords.ts'
import { ErrorNote } from '../../kit/feedback/ErrorNote.tsx'

/** Hands the open work of somebody to another person; what that person may not do stays and is said. */
export function ReassignDialog({ entity, id, onClose }: { entity: string; id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [to, setTo] = useState<string | null>(null)
  const [typed, setTyped] = useState('')
  const people = useRecords('$user', new URLSearchParams({ q: typed, size: '20' }).toString())
  const reassign = useReassignWork(entity, id)
  const left = reassign.data ? reassign.data.tasks.length + reassign.data.records.length : 0
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('staff.person.reassign')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Stack gap="md">
        <Select
          label={t('staff.person.to')}
          withAsterisk
          searchable
          value={to}
          onChange={setTo}
          onSearchChange={setTyped}
          filter={({ options }) => options}
          data={(people.data?.items ?? [])
            .filter((person) => person.id !== id)
            .map((person) => ({ value: person.id, label: person.label }))}
          nothingFoundMessage={t('kit.form.noOptions')}
        />
        {reassign.isSuccess && left > 0 && <Text role="status">{t('staff.person.left', { count: left })}</Text>}
        {reassign.error && <ErrorNote error={reassign.error} />}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t(reassign.isSuccess ? 'kit.close' : 'kit.cancel')}
          </Button>
          <Button
            disabled={!to}
            loading={reassign.isPending}
            onClick={() => {
              if (to)
                reassign.mutate(to, {
                  onSuccess: (card) => {
                    if (card.tasks.length + card.records.length === 0) onClose()
                  },
                })
            }}
          >
            {t('staff.person.hand')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

import { Button, Checkbox, Group, Modal, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MatrixChange, MatrixView } from '#engine/contract'

/** Which roles form a group. */
export function GroupDialog(props: {
  matrix: MatrixView
  group: MatrixView['groups'][number]
  onDone: (change: MatrixChange) => void
  onClose: () => void
}) {
  const { matrix, group, onDone, onClose } = props
  const { t } = useTranslation()
  const [roles, setRoles] = useState(group.roles)
  return (
    <Modal opened onClose={onClose} title={group.title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <Stack gap="md">
        <Checkbox.Group value={roles} onChange={setRoles} label={t('staff.roles.membersAsk')}>
          <Stack gap={8} mt={8}>
            {matrix.roles
              .filter((role) => !role.retired)
              .map((role) => (
                <Checkbox key={role.key} value={role.key} label={role.title} />
              ))}
          </Stack>
        </Checkbox.Group>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('kit.cancel')}
          </Button>
          <Button
            disabled={roles.length === 0}
            onClick={() => onDone({ kind: 'group', group: group.key.slice(1), roles })}
          >
            {t('staff.roles.accept')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

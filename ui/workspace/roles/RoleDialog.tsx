import { Button, Group, Modal, NativeSelect, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MatrixChange, MatrixRole, MatrixView } from '#engine/contract'
import { roleKey } from './effectiveRights.ts'

/** The name of a new role, or another for one that exists. */
export function RoleDialog(props: {
  matrix: MatrixView
  role: MatrixRole | undefined
  onDone: (change: MatrixChange) => void
  onClose: () => void
}) {
  const { matrix, role, onDone, onClose } = props
  const { t } = useTranslation()
  const [title, setTitle] = useState(role?.title ?? '')
  const [description, setDescription] = useState(role?.description ?? '')
  const [front, setFront] = useState<'staff' | 'portal'>(role?.front ?? 'staff')
  const [tried, setTried] = useState(false)
  const isTaken = matrix.roles.some(
    (other) => other.key !== role?.key && other.title.trim().toLowerCase() === title.trim().toLowerCase(),
  )
  const problem = !title.trim() ? t('staff.roles.nameMissing') : isTaken ? t('staff.roles.nameTaken') : undefined
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(role ? 'staff.roles.rename' : 'staff.roles.new')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          setTried(true)
          if (problem) return
          const key =
            role?.key ??
            roleKey(
              title,
              matrix.roles.map((other) => other.key),
            )
          onDone({
            kind: 'role',
            role: key,
            title: title.trim(),
            description: description.trim(),
            ...(role ? {} : { front }),
          })
        }}
      >
        <Stack gap="md">
          <TextInput
            label={t('staff.roles.name')}
            withAsterisk
            maxLength={80}
            value={title}
            error={tried ? problem : undefined}
            onChange={(event) => setTitle(event.currentTarget.value)}
            data-autofocus
          />
          <TextInput
            label={t('staff.roles.description')}
            maxLength={300}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
          />
          {!role && (
            <NativeSelect
              label={t('staff.roles.site')}
              value={front}
              onChange={(event) => setFront(event.currentTarget.value === 'portal' ? 'portal' : 'staff')}
              data={[
                { value: 'staff', label: t('staff.roles.staff') },
                { value: 'portal', label: t('staff.roles.portal') },
              ]}
            />
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit">{t('staff.roles.accept')}</Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

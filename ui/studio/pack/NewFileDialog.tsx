import { Button, Group, Modal, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import type { PackModel } from './packModel.ts'

interface Props {
  kind: string
  pack: PackModel
  taken: string[]
  onCreate: (key: string, title: string, entity: string | null) => void
  onClose: () => void
}

/** A new process or form: what it is called and which records it is about. */
export function NewFileDialog({ kind, pack, taken, onCreate, onClose }: Props) {
  const { t } = useTranslation()
  const [title, setTitle] = useState('')
  const [entity, setEntity] = useState<string | null>(null)
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`studio.tree.create.${kind}`)}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim()) onCreate(keyFromLabel(title, taken, '-'), title.trim(), entity)
        }}
      >
        <Stack gap={12}>
          <TextInput
            label={t('studio.name')}
            required
            data-autofocus
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Select
            label={t('studio.process.entity')}
            data={Object.values(pack.entities).map(({ key, title: label }) => ({ value: key, label }))}
            value={entity}
            searchable
            onChange={setEntity}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('kit.cancel')}
            </Button>
            <Button type="submit" disabled={!title.trim()}>
              {t('studio.tree.make')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

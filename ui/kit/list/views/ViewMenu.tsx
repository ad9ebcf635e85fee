import { ActionIcon, Button, Group, Menu, Modal, Stack, Text } from '@mantine/core'
import { IconDots, IconHome, IconPencil, IconTrash, IconUsers } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, SavedViewView } from '#engine/contract'
import { useChangeSavedViews } from '../../../client/records/useSavedViews.ts'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'
import { ViewNameDialog } from './ViewNameDialog.tsx'

/** What can be done with the chosen view: open the list with it, rename, share, delete. */
export function ViewMenu({ entity, view, onGone }: { entity: EntityView; view: SavedViewView; onGone: () => void }) {
  const { t } = useTranslation()
  const { update, remove } = useChangeSavedViews(entity.key)
  const [asked, setAsked] = useState<'rename' | 'delete' | null>(null)
  const close = () => {
    setAsked(null)
    update.reset()
    remove.reset()
  }
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={t('kit.list.views.options', { name: view.name })}
            loading={update.isPending && asked === null}
          >
            <IconDots aria-hidden size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconHome aria-hidden size={14} />}
            onClick={() => update.mutate({ id: view.id, isDefault: !view.isDefault })}
          >
            {t(view.isDefault ? 'kit.list.views.noDefault' : 'kit.list.views.makeDefault')}
          </Menu.Item>
          {view.editable && (
            <Menu.Item leftSection={<IconPencil aria-hidden size={14} />} onClick={() => setAsked('rename')}>
              {t('kit.list.views.rename')}
            </Menu.Item>
          )}
          {entity.may.export && view.mine && (
            <Menu.Item
              leftSection={<IconUsers aria-hidden size={14} />}
              onClick={() => update.mutate({ id: view.id, shared: !view.shared })}
            >
              {t(view.shared ? 'kit.list.views.unshare' : 'kit.list.views.share')}
            </Menu.Item>
          )}
          {view.editable && (
            <Menu.Item c="#b42318" leftSection={<IconTrash aria-hidden size={14} />} onClick={() => setAsked('delete')}>
              {t('kit.list.views.delete')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'rename' && (
        <ViewNameDialog
          title={t('kit.list.views.rename')}
          name={view.name}
          mayShare={false}
          busy={update.isPending}
          error={update.error}
          onSave={(name) => update.mutate({ id: view.id, name }, { onSuccess: close })}
          onClose={close}
        />
      )}
      {asked === 'delete' && (
        <Modal
          opened
          onClose={close}
          title={t('kit.list.views.delete')}
          closeButtonProps={{ 'aria-label': t('kit.close') }}
        >
          <Stack gap="md">
            <Text>
              {t(view.shared ? 'kit.list.views.deleteShared' : 'kit.list.views.deleteText', { name: view.name })}
            </Text>
            {remove.error && <ErrorNote error={remove.error} />}
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={close}>
                {t('kit.cancel')}
              </Button>
              <Button
                color="red"
                data-autofocus
                loading={remove.isPending}
                onClick={() => remove.mutate(view.id, { onSuccess: onGone })}
              >
                {t('kit.record.delete')}
              </Button>
            </Group>
          </Stack>
        </Modal>
      )}
    </>
  )
}

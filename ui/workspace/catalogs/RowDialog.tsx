import { Alert, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { CatalogRowsView, CatalogRowView } from '#engine/contract'
import { useCatalogUsage, type CatalogChange } from '../../client/administration/useCatalogs.ts'
import { FormRenderer } from '../../kit/form/FormRenderer.tsx'
import { toEnvironment } from '../../kit/form/state/toEnvironment.ts'
import { UsageNote } from './UsageNote.tsx'

interface RowDialogProps {
  catalog: string
  view: CatalogRowsView
  /** null: a new one. */
  row: CatalogRowView | null
  save: (change: CatalogChange) => Promise<void>
  onClose: () => void
}

/** Adds or changes a row, with the form of the catalogue's columns; says first how far a change reaches. */
export function RowDialog({ catalog, view, row, save, onClose }: RowDialogProps) {
  const { t } = useTranslation()
  const { data: usage } = useCatalogUsage(catalog, row?.key ?? null)
  const environment = toEnvironment({
    ...view.environment,
    record: row ? { ...row.data, id: row.key } : null,
  })
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={row ? t('staff.catalogs.edit', { name: row.title }) : t('staff.catalogs.addTo', { what: view.title })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Stack gap="md">
        {row && (
          <Alert color="gray" p="sm">
            <UsageNote usage={usage} />
            {(usage?.total ?? 0) > 0 && <Text size="sm">{t('staff.catalogs.reach')}</Text>}
          </Alert>
        )}
        <FormRenderer
          form={view.form}
          data={row?.data ?? {}}
          labels={view.labels}
          environment={environment}
          actions={[{ key: 'save', label: t('kit.save'), kind: 'primary' }]}
          onCancel={onClose}
          onSubmit={async (_, { data }) => {
            await save(row ? { kind: 'edit', row, data } : { kind: 'add', data })
            onClose()
          }}
        />
      </Stack>
    </Modal>
  )
}

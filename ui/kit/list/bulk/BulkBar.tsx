import { Button, Group, Text } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { ErrorNote } from '../../feedback/ErrorNote.tsx'
import { LabelButton, labelFieldOf } from '../../qr/LabelButton.tsx'
import { ExportMenu } from '../ExportMenu.tsx'
import { useExporting } from '../exports/ExportsInHand.tsx'
import classes from '../list.module.css'
import { bulkActions, type BulkAction } from './bulkActions.ts'
import { BulkDialog } from './BulkDialog.tsx'
import { mostMarked, type Selection } from './useSelection.ts'

/** What can be done with the marked records; it stands at the foot of the window while there are some. */
export function BulkBar({
  entity,
  selection,
  search,
}: {
  entity: EntityView
  selection: Selection
  /** Order and columns of the list, for the file. */
  search: URLSearchParams
}) {
  const { t } = useTranslation()
  const [asked, setAsked] = useState<BulkAction | null>(null)
  const exporting = useExporting({ entity: entity.key })
  const records = [...selection.records.values()]
  if (records.length === 0) return null
  const marked = new URLSearchParams(search)
  marked.set('ids', records.map((record) => record.id).join(','))
  return (
    <>
      <section className={classes.bulk} aria-label={t('kit.list.bulk.label')}>
        <Group gap={8} justify="space-between">
          <Text size="sm" fw={600} role="status">
            {t('kit.list.bulk.marked', { count: records.length })}
            {records.length >= mostMarked && ` · ${t('kit.list.bulk.full')}`}
          </Text>
          <Group gap={8}>
            {entity.may.export && (
              <ExportMenu
                busy={exporting.isPending}
                onChoose={(format) => exporting.mutate({ search: marked, format })}
              />
            )}
            {labelFieldOf(entity) && <LabelButton entity={entity} query={marked} count={records.length} />}
            {bulkActions.map((action) => {
              const fitting = records.filter(action.fits).length
              if (fitting === 0) return null
              return (
                <Button
                  key={action.key}
                  variant="default"
                  {...(action.kind === 'danger' ? { c: '#b42318' } : {})}
                  leftSection={<action.icon aria-hidden size={16} />}
                  onClick={() => setAsked(action)}
                >
                  {t(`kit.list.bulk.${action.key}.button`)}
                </Button>
              )
            })}
            <Button
              variant="subtle"
              color="gray"
              leftSection={<IconX aria-hidden size={16} />}
              onClick={selection.clear}
            >
              {t('kit.list.bulk.clear')}
            </Button>
          </Group>
        </Group>
        {exporting.error && <ErrorNote error={exporting.error} />}
      </section>
      {asked && (
        <BulkDialog
          entity={entity}
          action={asked}
          records={records}
          onClose={(left) => {
            setAsked(null)
            if (left) selection.keep(left)
          }}
        />
      )}
    </>
  )
}

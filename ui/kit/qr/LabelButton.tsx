import { Button, Modal, NumberInput, Radio, Stack, Text } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconQrcode } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { download } from '../../client/http/download.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'

const PER_SHEET = 24

/** The field with the code of the labels, where this person may read it and print. */
export function labelFieldOf({ may, schema }: EntityView): string | null {
  if (!may.print) return null
  return Object.entries(schema.properties ?? {}).find(([, property]) => property['x-qr'])?.[0] ?? null
}

interface LabelButtonProps {
  entity: EntityView
  /** What of the list is printed: its filters, or `ids`. */
  query: URLSearchParams
  /** How many are meant, where it is known. */
  count?: number
  compact?: boolean
}

/** Prints QR labels: on sheets for any printer, or on the roll of a label printer. The choice is remembered here. */
export function LabelButton({ entity, query, count, compact }: LabelButtonProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const [layout, setLayout] = useLocalStorage({ key: 'cauce.labels', defaultValue: 'sheet' })
  const [first, setFirst] = useState<number | string>(1)
  const print = useMutation({
    mutationFn: () => {
      const asked = new URLSearchParams(query)
      asked.set('layout', layout)
      if (layout === 'sheet') asked.set('skip', String(Math.min(Math.max(Number(first) || 1, 1), PER_SHEET) - 1))
      return download('printLabels', { params: { entity: entity.key }, query: asked })
    },
    onSuccess: () => setOpen(false),
  })
  return (
    <>
      <Button
        variant="default"
        size={compact ? 'xs' : undefined}
        leftSection={<IconQrcode aria-hidden size={16} />}
        onClick={() => setOpen(true)}
      >
        {t('kit.qr.label', { count: count ?? 2 })}
      </Button>
      {open && (
        <Modal
          opened
          onClose={() => setOpen(false)}
          title={t('kit.qr.labels')}
          closeButtonProps={{ 'aria-label': t('kit.close') }}
        >
          <Stack gap="md">
            <Radio.Group label={t('kit.qr.paper')} value={layout} onChange={setLayout}>
              <Stack gap={8} mt={8}>
                <Radio value="sheet" label={t('kit.qr.sheet')} />
                <Radio value="roll" label={t('kit.qr.roll')} />
              </Stack>
            </Radio.Group>
            {layout === 'sheet' && (
              <NumberInput
                label={t('kit.qr.first')}
                description={t('kit.qr.firstHelp')}
                min={1}
                max={PER_SHEET}
                allowDecimal={false}
                value={first}
                onChange={setFirst}
              />
            )}
            <Text size="sm" c="dimmed">
              {t('kit.qr.onlyWithCode')}
            </Text>
            {print.error && <ErrorNote error={print.error} />}
            <Button loading={print.isPending} onClick={() => print.mutate()}>
              {t('kit.qr.download')}
            </Button>
          </Stack>
        </Modal>
      )}
    </>
  )
}

import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '#forms'
import type { TableRule } from './tableRule.ts'

/** The main row is to go: which is the main one then? (FM-D-036) */
export function NextMainDialog(props: {
  rows: JsonObject[]
  at: number
  rule: TableRule
  onClose: () => void
  onChoose: (next: number) => void
}) {
  const { rows, at, rule, onClose, onChoose } = props
  const { t } = useTranslation()
  const [next, setNext] = useState<string | null>(null)
  const column = rule.columns.find(([, field]) => field.type === 'string')?.[0] ?? ''
  const what = rule.item?.title ?? t('kit.form.rowWord')
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('kit.form.nextMain.title')}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
    >
      <Text size="sm" mb="sm">
        {t('kit.form.nextMain.text')}
      </Text>
      <Radio.Group value={next} onChange={setNext} label={t('kit.form.nextMain.label')}>
        <Stack gap="xs" mt="xs">
          {rows.map((row, index) =>
            index === at ? null : (
              <Radio key={index} value={String(index)} label={String(row[column] ?? `${what} ${index + 1}`)} />
            ),
          )}
        </Stack>
      </Radio.Group>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose}>
          {t('kit.cancel')}
        </Button>
        <Button color="red" disabled={next === null} onClick={() => onChoose(Number(next))}>
          {t('kit.form.removeItem', { what, row: at + 1 })}
        </Button>
      </Group>
    </Modal>
  )
}

import { ActionIcon, Group, TextInput, Tooltip } from '@mantine/core'
import { IconDice5, IconScan } from '@tabler/icons-react'
import { useState, type MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { ControlProps } from '../form/controls/ControlProps.ts'
import { placeholderOf, textOf, wrapperProps } from '../form/controls/wrapperProps.tsx'
import { generateCode } from './generateCode.ts'
import { ScanDialog } from './ScanDialog.tsx'

/** Leaving the field before may redraw the form under the finger, and the press would go nowhere. */
const keepFocus = (event: MouseEvent) => event.preventDefault()

/** The code of a label: typed, scanned from a label that exists, or generated for a new one. */
export function QrControl(props: ControlProps) {
  const { id, schema, value, onChange, onBlur, required, label } = props
  const { t } = useTranslation()
  const [scanning, setScanning] = useState(false)
  const put = (code: string) => {
    onChange(code)
    onBlur()
  }
  return (
    <>
      <TextInput
        {...wrapperProps(props)}
        id={id}
        value={textOf(value)}
        placeholder={placeholderOf(schema)}
        aria-required={required}
        autoComplete="off"
        onChange={(event) => onChange(event.currentTarget.value || undefined)}
        onBlur={onBlur}
        rightSectionWidth={76}
        rightSection={
          <Group gap={4} wrap="nowrap">
            <Tooltip label={t('kit.qr.scan')}>
              <ActionIcon
                variant="subtle"
                size={30}
                aria-label={`${label}: ${t('kit.qr.scan')}`}
                onMouseDown={keepFocus}
                onClick={() => setScanning(true)}
              >
                <IconScan aria-hidden size={18} />
              </ActionIcon>
            </Tooltip>
            <Tooltip label={t('kit.qr.generate')}>
              <ActionIcon
                variant="subtle"
                size={30}
                aria-label={`${label}: ${t('kit.qr.generate')}`}
                onMouseDown={keepFocus}
                onClick={() => put(generateCode())}
              >
                <IconDice5 aria-hidden size={18} />
              </ActionIcon>
            </Tooltip>
          </Group>
        }
      />
      {scanning && (
        <ScanDialog
          onClose={() => setScanning(false)}
          onCode={(code) => {
            setScanning(false)
            put(code)
          }}
        />
      )}
    </>
  )
}

import { ActionIcon, Tooltip } from '@mantine/core'
import { IconScan } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { paths } from '../app/paths.ts'
import { ScanDialog } from './ScanDialog.tsx'

/** Scans a label and opens what it is on. */
export function ScanButton({ size = 36 }: { size?: number }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  return (
    <>
      <Tooltip label={t('kit.qr.scan')}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={size}
          aria-label={t('kit.qr.scan')}
          onClick={() => setOpen(true)}
        >
          <IconScan aria-hidden size={20} />
        </ActionIcon>
      </Tooltip>
      {open && (
        <ScanDialog
          onClose={() => setOpen(false)}
          onCode={(code) => {
            setOpen(false)
            void navigate(paths.qr(code))
          }}
        />
      )}
    </>
  )
}

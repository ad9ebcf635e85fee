import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import { useMoveImport } from '../../client/records/useImports.ts'

/** Ends the import; while it writes, what that means is asked first. */
export function CancelImport({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const { cancel } = useMoveImport(sheet.entity, sheet.id)
  const [asking, setAsking] = useState(false)
  const isAsked = sheet.status === 'applying' && !asking
  return (
    <>
      <Button
        variant="subtle"
        color={asking ? 'red' : 'gray'}
        loading={cancel.isPending}
        onClick={() => (isAsked ? setAsking(true) : cancel.mutate())}
      >
        {t('staff.imports.cancel')}
      </Button>
      {asking && <span role="status">{t('staff.imports.cancelConfirm')}</span>}
    </>
  )
}

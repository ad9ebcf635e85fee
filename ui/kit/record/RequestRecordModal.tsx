import { useTranslation } from 'react-i18next'
import { useProcess, useStartProcess } from '../../client/cases/useProcess.ts'
import { FormWindow } from '../form/windows/FormWindow.tsx'
import type { RequestInPlaceProps } from '../form/references/RequestInPlace.ts'
import { toEnvironment } from '../form/state/toEnvironment.ts'

/** Asks those who may for a record that is missing, without leaving the form that needs it. */
export default function RequestRecordModal({ process: key, depth, data: begun, onClose, onSent }: RequestInPlaceProps) {
  const { t } = useTranslation()
  const { data: process, error, refetch } = useProcess(key)
  const start = useStartProcess(key)
  const opening = process
    ? {
        ...{ form: process.form, data: process.data, begun, labels: process.labels, depth },
        environment: toEnvironment(process.environment),
      }
    : null
  return (
    <FormWindow
      title={process?.form.title ?? process?.title ?? t('kit.form.request')}
      submit={process?.form.submit ?? t('kit.form.requestSend')}
      opening={opening}
      error={error}
      onRetry={() => void refetch()}
      onClose={onClose}
      onSubmit={async ({ data: said }) => {
        await start.mutateAsync({ data: said })
        onSent()
      }}
    />
  )
}

import { Loader, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useProcess, useStartProcess } from '../../client/useProcess.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { FormModal } from '../form/FormModal.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import type { RequestInPlaceProps } from '../form/RequestInPlace.ts'
import { toEnvironment } from '../form/toEnvironment.ts'

/** Asks those who may for a record that is missing, without leaving the form that needs it. */
export default function RequestRecordModal({ process: key, depth, data, onClose, onSent }: RequestInPlaceProps) {
  const { t } = useTranslation()
  const { data: process, error, refetch } = useProcess(key)
  const start = useStartProcess(key)
  return (
    <FormModal title={process?.form.title ?? process?.title ?? t('kit.form.request')} onClose={onClose}>
      {({ close, onTouched }) =>
        error ? (
          <ErrorNote error={error} onRetry={() => void refetch()} />
        ) : !process ? (
          <Loader size="sm" aria-label={t('kit.loading')} />
        ) : (
          <>
            {process.form.help && (
              <Text c="dimmed" size="sm" mb="md">
                {process.form.help}
              </Text>
            )}
            <FormRenderer
              form={process.form}
              data={{ ...process.data, ...data }}
              labels={process.labels}
              environment={toEnvironment(process.environment)}
              depth={depth}
              actions={[{ key: 'start', label: process.form.submit ?? t('kit.form.requestSend'), kind: 'primary' }]}
              onTouched={onTouched}
              onCancel={close}
              onSubmit={async (_, { data: said }) => {
                await start.mutateAsync({ data: said })
                onSent()
              }}
            />
          </>
        )
      }
    </FormModal>
  )
}

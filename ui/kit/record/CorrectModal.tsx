import { Alert, Checkbox, Modal, Skeleton, Stack, Textarea } from '@mantine/core'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CorrectionView, RecordView } from '#engine/contract'
import { useCorrection, useRecordLife } from '../../client/records/useRecordLife.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'
import { changesOf } from './findConflicts.ts'

/** Changes what is fixed once saved, with a reason that stays in the history. */
export function CorrectModal({ record, onClose }: { record: RecordView; onClose: () => void }) {
  const { t } = useTranslation()
  const { data, error } = useCorrection(record.entity, record.id)
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={t('kit.record.correctTitle', { name: record.label })}
      closeButtonProps={{ 'aria-label': t('kit.close') }}
      closeOnClickOutside={false}
    >
      {error ? (
        <ErrorNote error={error} />
      ) : data ? (
        <CorrectionForm record={record} correction={data} onClose={onClose} />
      ) : (
        <Skeleton height={240} aria-busy />
      )}
    </Modal>
  )
}

/** Said beside the field of the reason, which stands outside the form. */
class ReasonMissing extends Error {}

function CorrectionForm(props: { record: RecordView; correction: CorrectionView; onClose: () => void }) {
  const { record, correction, onClose } = props
  const { t } = useTranslation()
  const { correct } = useRecordLife(record.entity, record.id)
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const reasonInput = useRef<HTMLTextAreaElement>(null)
  const [unlock, setUnlock] = useState(false)
  const { closed } = correction
  return (
    <Stack gap="md">
      {closed.length > 0 && (
        <Alert color="yellow" title={t('kit.record.closedTitle')}>
          {closed.map(({ field, title, message }) => (
            <div key={field}>{`${title}: ${message}`}</div>
          ))}
        </Alert>
      )}
      {closed.some((one) => one.unlock) && (
        <Checkbox
          label={t('kit.record.unlock')}
          checked={unlock}
          onChange={(event) => setUnlock(event.currentTarget.checked)}
        />
      )}
      <Textarea
        ref={reasonInput}
        label={t('kit.record.correctReason')}
        withAsterisk
        error={missing && reason.trim() === '' ? t('kit.form.reasonMissing') : undefined}
        autosize
        minRows={2}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <FormRenderer
        form={correction.form}
        data={correction.data}
        labels={correction.labels}
        environment={toEnvironment(correction.environment, correction.data)}
        depth={1}
        actions={[{ key: 'correct', label: t('kit.record.correct'), kind: 'primary' }]}
        onCancel={onClose}
        onRefused={(error) => error instanceof ReasonMissing}
        onSubmit={async (_, { data, warned }) => {
          if (reason.trim() === '') {
            setMissing(true)
            reasonInput.current?.focus()
            throw new ReasonMissing()
          }
          await correct.mutateAsync({
            ...{ revision: correction.revision, reason: reason.trim(), data: changesOf(correction.data, data) },
            ...(unlock ? { unlock } : {}),
            ...(warned ? { warned } : {}),
          })
          onClose()
        }}
      />
    </Stack>
  )
}

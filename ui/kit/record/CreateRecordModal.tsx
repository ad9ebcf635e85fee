import { useTranslation } from 'react-i18next'
import { lowerFirst } from '#forms'
import { useCreateRecord } from '../../client/records/useRecord.ts'
import type { CreateInPlaceProps } from '../form/references/CreateInPlace.ts'
import { FormWindow } from '../form/windows/FormWindow.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'
import { codeFieldOf } from './codeFieldOf.ts'

/** Makes a record without leaving the form that needs it. */
export default function CreateRecordModal(props: CreateInPlaceProps) {
  const { entity, depth, data: begun, labels, onClose, onCreated } = props
  const { t } = useTranslation()
  const create = useCreateRecord(entity.key)
  if (!entity.form) return null
  const title = t('kit.form.create', { what: lowerFirst(entity.title) })
  const opening = {
    ...{ form: entity.form, data: {}, depth, code: codeFieldOf(entity) },
    ...(begun ? { begun } : {}),
    labels: { ...entity.labels, ...labels },
    environment: toEnvironment(entity.environment),
  }
  return (
    <FormWindow
      title={title}
      submit={title}
      opening={opening}
      onClose={onClose}
      onSubmit={async ({ data: said, warned }) =>
        onCreated(await create.mutateAsync({ data: said, ...(warned ? { warned } : {}) }))
      }
    />
  )
}

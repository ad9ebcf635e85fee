import { useTranslation } from 'react-i18next'
import { useCreateRecord } from '../../client/useRecord.ts'
import type { CreateInPlaceProps } from '../form/CreateInPlace.ts'
import { FormModal } from '../form/FormModal.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/toEnvironment.ts'
import { codeFieldOf } from './codeFieldOf.ts'
import { lowerFirst } from '../values/lowerFirst.ts'

/** Makes a record without leaving the form that needs it. */
export default function CreateRecordModal(props: CreateInPlaceProps) {
  const { entity, depth, data = {}, labels, onClose, onCreated } = props
  const { t } = useTranslation()
  const create = useCreateRecord(entity.key)
  if (!entity.form) return null
  const title = t('kit.form.create', { what: lowerFirst(entity.title) })
  return (
    <FormModal title={title} onClose={onClose}>
      {({ close, onTouched }) => (
        <FormRenderer
          form={entity.form!}
          code={codeFieldOf(entity)}
          data={data}
          {...(labels ? { labels } : {})}
          environment={toEnvironment(entity.environment)}
          depth={depth}
          actions={[{ key: 'create', label: title, kind: 'primary' }]}
          onTouched={onTouched}
          onCancel={close}
          onSubmit={async (_, { data: said, warned }) =>
            onCreated(await create.mutateAsync({ data: said, ...(warned ? { warned } : {}) }))
          }
        />
      )}
    </FormModal>
  )
}

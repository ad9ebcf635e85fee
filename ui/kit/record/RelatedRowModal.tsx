import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { EntityView, FormEnvironmentView, FormView } from '#engine/contract'
import type { JsonObject } from '#forms'
import { useProcess } from '../../client/useProcess.ts'
import { ErrorNote } from '../feedback/ErrorNote.tsx'
import { FormModal } from '../form/FormModal.tsx'
import { FormRenderer } from '../form/FormRenderer.tsx'
import { toEnvironment } from '../form/toEnvironment.ts'
import { unsavedParent } from './relatedRow.ts'

interface RowModalProps {
  entity: EntityView
  /** The field that will refer to the parent. */
  by: string
  title: string
  /** It is being added, not mended. */
  isNew: boolean
  data: JsonObject
  /** The parent as typed so far: what formulas may read of it. */
  parent: JsonObject
  depth: number
  onClose: () => void
  onDone: (data: JsonObject) => void
}

/** The form of a record that is made together with its parent: checked like alone, kept until the parent is saved. */
export function RelatedRowModal(props: RowModalProps) {
  const { entity, title, onClose } = props
  return (
    <FormModal title={title} onClose={onClose}>
      {({ close, onTouched }) =>
        entity.startProcess ? (
          <StartForm {...props} process={entity.startProcess.key} onClose={close} onTouched={onTouched} />
        ) : (
          entity.form && (
            <RowForm
              {...props}
              form={entity.form}
              proposed={{}}
              environment={entity.environment}
              onClose={close}
              onTouched={onTouched}
            />
          )
        )
      }
    </FormModal>
  )
}

type Inner = RowModalProps & { onTouched: () => void }

function StartForm({ process, ...props }: Inner & { process: string }) {
  const { data, error } = useProcess(process)
  if (error) return <ErrorNote error={error} />
  if (!data) return <Skeleton height={240} aria-busy />
  return <RowForm {...props} form={data.form} proposed={data.data} environment={data.environment} />
}

function RowForm(
  props: Inner & { form: FormView; proposed: JsonObject; environment: FormEnvironmentView | undefined },
) {
  const { form, proposed, environment, by, title, isNew, data, parent, depth, onClose, onDone, onTouched } = props
  const { t } = useTranslation()
  const isList = form.schema.properties?.[by]?.type === 'array'
  const known = toEnvironment(environment)
  return (
    <FormRenderer
      form={form}
      hidden={[by]}
      data={{ ...proposed, ...data, [by]: isList ? [unsavedParent] : unsavedParent }}
      environment={{ ...known, ref: { ...known.ref, [by]: { ...parent, id: unsavedParent } } }}
      depth={depth}
      actions={[{ key: 'keep', label: isNew ? title : t('kit.save'), kind: 'primary' }]}
      onTouched={onTouched}
      onCancel={onClose}
      onSubmit={(_, submission) => {
        const { [by]: _parent, ...kept } = submission.data
        onDone(kept)
        return Promise.resolve()
      }}
    />
  )
}

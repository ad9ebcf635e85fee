import { useTranslation } from 'react-i18next'
import type { EntityView, FormView } from '#engine/contract'
import { startOfRelated, type JsonObject, type RelatedStart } from '#forms'
import { useProcess } from '../../client/cases/useProcess.ts'
import { FormWindow } from '../form/windows/FormWindow.tsx'
import { toEnvironment } from '../form/state/toEnvironment.ts'
import { unsavedParent } from './relatedRow.ts'

interface RowModalProps {
  entity: EntityView
  /** The field that will refer to the parent, and what else is known from it. */
  relation: { by: string } & RelatedStart
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
  const { entity } = props
  if (entity.startProcess) return <StartedRow {...props} process={entity.startProcess.key} />
  if (!entity.form) return null
  return <RowWindow {...props} from={{ ...entity, form: entity.form, data: {} }} />
}

function StartedRow({ process, ...props }: RowModalProps & { process: string }) {
  const { data, error } = useProcess(process)
  return <RowWindow {...props} from={data ?? null} error={error} />
}

function RowWindow(
  props: RowModalProps & {
    from: (Pick<EntityView, 'environment' | 'labels'> & { form: FormView; data: JsonObject }) | null
    error?: Error | null
  },
) {
  const { from, error = null, relation, title, isNew, data, parent, depth, onClose, onDone } = props
  const { by } = relation
  const { set, copy } = startOfRelated(relation, parent)
  const { t } = useTranslation()
  const opening = () => {
    if (!from) return null
    const isList = from.form.schema.properties?.[by]?.type === 'array'
    const known = toEnvironment(from.environment)
    return {
      ...{ form: from.form, labels: from.labels, hidden: [by, ...Object.keys(set)], depth },
      data: from.data,
      begun: { ...copy, ...data, ...set, [by]: isList ? [unsavedParent] : unsavedParent },
      environment: { ...known, ref: { ...known.ref, [by]: { ...parent, id: unsavedParent } } },
    }
  }
  return (
    <FormWindow
      title={title}
      submit={isNew ? title : t('kit.save')}
      opening={opening()}
      error={error}
      onClose={onClose}
      onSubmit={(submission) => {
        const { [by]: _parent, ...kept } = submission.data
        onDone(kept)
        return Promise.resolve()
      }}
    />
  )
}

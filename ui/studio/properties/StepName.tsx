import { useTranslation } from 'react-i18next'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { CommitText } from './fields/CommitText.tsx'
import { usePanel } from './PanelContext.ts'

/** Ids that bpmn-js makes up: `Activity_0x3k2ab`. */
const madeUp = /^(Activity|Event|Gateway)_[0-9a-z]{7}$/

/**
 * The name of a step. A new step also gets a readable id from its first name, because stories, forms and the history
 * speak of it by that id; one that is already installed keeps the id it has.
 */
export function StepName({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const { diagram, isInstalled } = usePanel()
  const rename = (name: string) => {
    const fresh = madeUp.test(element.id) && !isInstalled(element.id) && name.trim() !== ''
    const taken = diagram
      .get('elementRegistry')
      .filter(() => true)
      .map((one) => one.id)
    diagram.get('modeling').updateProperties(element, {
      name: name.trim() || undefined,
      ...(fresh ? { id: keyFromLabel(name, taken) } : {}),
    })
  }
  return <CommitText label={t('studio.name')} value={element.businessObject.name ?? ''} onCommit={rename} />
}

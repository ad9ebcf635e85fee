import { Button, Divider, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import { listOf, textOf, type DiagramElement, type ModdleElement } from '../wf/moddle.ts'
import { Candidates } from './Candidates.tsx'
import { CommitText } from './fields/CommitText.tsx'
import { RuleText } from './fields/RuleText.tsx'
import { FormChoice } from './FormChoice.tsx'
import { usePanel } from './PanelContext.ts'
import { useAttributes } from './useAttributes.ts'

/** A move that is not a task («Anular»): the button people see, who may press it and what it asks. */
export function MessageProperties({ element, holder }: { element: DiagramElement; holder: ModdleElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const definitions = diagram.getDefinitions()
  const messages = listOf(definitions, 'rootElements').filter((root) => root.$type === 'bpmn:Message')
  const message = holder.get('messageRef') as ModdleElement | undefined
  const point = useAttributes(element, holder)
  const create = () => {
    const taken = messages.map((one) => textOf(one, 'id'))
    const name = t('studio.message.new')
    const made = diagram.get('moddle').create('bpmn:Message', { id: keyFromLabel(name, taken), name })
    made.$parent = definitions
    diagram
      .get('modeling')
      .updateModdleProperties(element, definitions, { rootElements: [...listOf(definitions, 'rootElements'), made] })
    point({ messageRef: made })
  }
  return (
    <>
      <Select
        label={t('studio.message.which')}
        data={messages.map((one) => ({ value: textOf(one, 'id'), label: one.name ?? textOf(one, 'id') }))}
        value={message ? textOf(message, 'id') : null}
        allowDeselect={false}
        onChange={(id) => point({ messageRef: messages.find((one) => textOf(one, 'id') === id) })}
      />
      <Button variant="light" size="xs" onClick={create}>
        {t('studio.message.add')}
      </Button>
      {message && <MessageFields element={element} message={message} />}
      <Divider />
    </>
  )
}

/** The button of a message: its words, who may press it and what it asks. */
export function MessageFields({ element, message }: { element: DiagramElement; message: ModdleElement }) {
  const { t } = useTranslation()
  const write = useAttributes(element, message)
  return (
    <>
      <CommitText label={t('studio.message.label')} value={message.name ?? ''} onCommit={(name) => write({ name })} />
      <Select
        label={t('studio.outcome.kind')}
        data={['primary', 'neutral', 'danger'].map((value) => ({ value, label: t(`studio.outcome.kinds.${value}`) }))}
        value={textOf(message, 'wf:kind') || 'neutral'}
        allowDeselect={false}
        onChange={(kind) => write({ 'wf:kind': kind === 'neutral' ? undefined : kind })}
      />
      <CommitText
        label={t('studio.outcome.confirm')}
        description={t('studio.outcome.confirmHelp')}
        value={textOf(message, 'wf:confirm')}
        multiline
        onCommit={(text) => write({ 'wf:confirm': text || undefined })}
      />
      <FormChoice element={element} owner={message} name={textOf(message, 'id')} />
      <Candidates element={element} owner={message} title={t('studio.message.who')} />
      <RuleText
        label={t('studio.message.showWhen')}
        value={textOf(message, 'wf:showWhen')}
        onCommit={(text) => write({ 'wf:showWhen': text || undefined })}
      />
    </>
  )
}

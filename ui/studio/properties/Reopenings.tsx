import { readProcess, waysTo } from '#definitions'
import { Button, Divider, Fieldset, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import { listOf, textOf, type DiagramElement, type ModdleElement } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { MessageFields } from './MessageProperties.tsx'
import { usePanel } from './PanelContext.ts'
import { stepName } from './stepName.ts'
import { stepsInOrder } from './stepsInOrder.ts'
import { useAttributes } from './useAttributes.ts'
import { useExtensionRows } from './useExtensionRows.ts'

/** The buttons with which an ended case is opened again, and the step at which each begins. */
export function Reopenings({ element, process }: { element: DiagramElement; process: ModdleElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const definitions = diagram.getDefinitions()
  const roots = listOf(definitions, 'rootElements')
  const model = readProcess(definitions as never, process as never)
  const places = stepsInOrder(diagram.get('elementRegistry').filter(() => true))
    .filter((step) => waysTo(model, step.id))
    .map((step) => ({ value: step.id, label: stepName(step, t) }))
  const messages = roots.filter((root) => root.$type === 'bpmn:Message')
  const writeRoots = (rootElements: ModdleElement[]) =>
    diagram.get('modeling').updateModdleProperties(element, definitions, { rootElements })
  const create = () => {
    const name = t('studio.reopen.new')
    const taken = roots.map((one) => textOf(one, 'id'))
    const made = diagram.get('moddle').create('bpmn:Message', {
      id: keyFromLabel(name, taken),
      name,
      'wf:reopensAt': places[0]?.value ?? '',
    })
    made.$parent = definitions
    writeRoots([...roots, made])
  }
  return (
    <Fieldset legend={t('studio.reopen.title')}>
      <Stack gap="sm">
        {messages
          .filter((message) => textOf(message, 'wf:reopensAt') !== '')
          .map((message) => (
            <Reopening
              key={textOf(message, 'id')}
              element={element}
              message={message}
              places={places}
              onRemove={() => writeRoots(roots.filter((root) => root !== message))}
            />
          ))}
        {places.length > 0 && (
          <Button variant="light" size="xs" onClick={create}>
            {t('studio.reopen.add')}
          </Button>
        )}
      </Stack>
    </Fieldset>
  )
}

function Reopening(props: {
  element: DiagramElement
  message: ModdleElement
  places: { value: string; label: string }[]
  onRemove: () => void
}) {
  const { element, message, places, onRemove } = props
  const { t } = useTranslation()
  const { entity } = usePanel()
  const write = useAttributes(element, message)
  const [states, writeStates] = useExtensionRows(element, 'wf:SetState', message)
  const at = textOf(message, 'wf:reopensAt')
  return (
    <>
      <Select
        label={t('studio.reopen.at')}
        description={t('studio.reopen.help')}
        data={choicesWith(places, at)}
        value={at}
        searchable
        allowDeselect={false}
        onChange={(step) => write({ 'wf:reopensAt': step ?? at })}
      />
      {entity?.stateField && (
        <Select
          label={t('studio.state.value')}
          data={choicesWith(entity.states, states[0]?.value ?? '')}
          value={states[0]?.value ?? null}
          clearable
          clearButtonProps={{ 'aria-label': t('studio.clear') }}
          onChange={(value) => writeStates(value === null ? [] : [{ value }])}
        />
      )}
      <MessageFields element={element} message={message} />
      <Button variant="subtle" color="red" size="xs" onClick={onRemove}>
        {t('studio.reopen.remove')}
      </Button>
      <Divider />
    </>
  )
}

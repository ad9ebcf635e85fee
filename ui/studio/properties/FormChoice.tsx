import { Button, Group, Select, Stack } from '@mantine/core'
import { IconExternalLink, IconPlus } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { DiagramElement, ModdleElement } from '../wf/moddle.ts'
import { textOf } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { usePanel } from './PanelContext.ts'

interface Props {
  element: DiagramElement
  owner?: ModdleElement
  /** Proposed for a new form: `<process>.<this>`. */
  name: string
  /** Where the choice is kept, and what it is called; default: the step's own form. */
  attribute?: 'wf:form' | 'wf:publicForm'
  label?: string
  help?: string
}

/** Which form a step shows: an existing one, or a new one made on the spot. */
export function FormChoice(props: Props) {
  const { element, owner = element.businessObject, name, attribute = 'wf:form', label, help } = props
  const { t } = useTranslation()
  const { diagram, pack, entity, processKey, openFile, createForm } = usePanel()
  const form = textOf(owner, attribute)
  const forms = Object.values(pack.forms)
    .filter((one) => !entity || !one.definition.entity || one.definition.entity === entity.key)
    .map(({ key, title }) => ({ value: key, label: title === key ? key : `${title} (${key})` }))
  const write = (key: string | null) =>
    diagram.get('modeling').updateModdleProperties(element, owner, { [attribute]: key ?? undefined })
  return (
    <Stack gap={6}>
      <Select
        label={label ?? t('studio.form.label')}
        description={help}
        placeholder={t('studio.form.none')}
        data={choicesWith(forms, form)}
        value={form || null}
        searchable
        clearable
        clearButtonProps={{ 'aria-label': t('studio.clear') }}
        nothingFoundMessage={t('studio.nothingFound')}
        onChange={write}
      />
      <Group gap={6}>
        {form && pack.forms[form] && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconExternalLink size={14} />}
            onClick={() => openFile(`forms/${form}.json`)}
          >
            {t('studio.form.edit')}
          </Button>
        )}
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconPlus size={14} />}
          onClick={() => write(createForm(`${processKey}.${name}`, textOf(owner, 'name')))}
        >
          {t('studio.form.create')}
        </Button>
      </Group>
    </Stack>
  )
}

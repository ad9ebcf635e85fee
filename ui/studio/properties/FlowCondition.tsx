import { Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { conditionOfOutcome, outcomeOfCondition, outcomesUpstream } from '../wf/outcomeCondition.ts'
import { textOf, type DiagramElement, type ModdleElement } from '../wf/moddle.ts'
import { RuleText } from './fields/RuleText.tsx'
import { usePanel } from './PanelContext.ts'

/** When a path is taken: because of an answer, or of a rule. */
export function FlowCondition({ flow }: { flow: DiagramElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const rule = textOf(flow.businessObject.get('conditionExpression') as ModdleElement | undefined, 'body')
  const answers = flow.source ? outcomesUpstream(flow.source) : []
  const chosen = outcomeOfCondition(rule)
  const write = (text: string) =>
    diagram.get('modeling').updateProperties(flow, {
      conditionExpression:
        text === ''
          ? undefined
          : diagram.get('moddle').create('bpmn:FormalExpression', { language: 'feel', body: text }),
    })
  // An answer can also be seen as the rule it is: that choice is not in the file, so it is remembered here.
  const [asRule, setAsRule] = useState(false)
  const known = !asRule && answers.some((answer) => answer.key === chosen)
  return (
    <Stack gap={8}>
      {answers.length > 0 && (
        <Select
          label={t('studio.flow.answer')}
          data={[
            ...answers.map(({ key, label, task }) => ({ value: key, label: `${label} (${task})` })),
            { value: '', label: t('studio.flow.ownRule') },
          ]}
          value={known ? chosen : ''}
          allowDeselect={false}
          onChange={(key) => {
            setAsRule(!key)
            if (key) write(conditionOfOutcome(key))
          }}
        />
      )}
      {!known && (
        <RuleText label={t('studio.flow.rule')} description={t('studio.flow.ruleHelp')} value={rule} onCommit={write} />
      )}
    </Stack>
  )
}

import { Group, NumberInput, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf, type DiagramElement, type ModdleElement } from '../wf/moddle.ts'
import { readTimer, writeTimer, type Timer } from '../wf/timer.ts'
import { RuleText } from './fields/RuleText.tsx'
import { usePanel } from './PanelContext.ts'

const units = ['M', 'H', 'D', 'bd', 'rule']

/** How long it waits. */
export function TimerProperties({ element, holder }: { element: DiagramElement; holder: ModdleElement }) {
  const { t } = useTranslation()
  const { diagram } = usePanel()
  const body = (['timeDuration', 'timeDate', 'timeCycle'] as const)
    .map((name) => textOf(holder.get(name) as ModdleElement | undefined, 'body'))
    .find((text) => text !== '')
  // A wait can also be seen as the rule it is: that choice is not in the file, so it is remembered here.
  const [asRule, setAsRule] = useState(false)
  const timer: Timer = asRule ? { kind: 'rule', text: body ?? '' } : readTimer(body ?? '')
  const write = (next: Timer) => {
    const { text, property } = writeTimer(next)
    const expression = diagram.get('moddle').create('bpmn:FormalExpression', {
      body: text,
      ...(property === 'timeDate' ? { language: 'feel' } : {}),
    })
    diagram.get('modeling').updateModdleProperties(element, holder, {
      timeDuration: undefined,
      timeDate: undefined,
      timeCycle: undefined,
      [property]: expression,
    })
  }
  const unit = timer.kind === 'duration' ? timer.unit : timer.kind === 'businessDays' ? 'bd' : 'rule'
  const amount = timer.kind === 'duration' ? timer.amount : timer.kind === 'businessDays' ? timer.days : 1
  const change = (newAmount: number, newUnit: string) => {
    setAsRule(newUnit === 'rule')
    if (newUnit === 'rule') return
    if (newUnit === 'bd') write({ kind: 'businessDays', days: newAmount })
    else write({ kind: 'duration', amount: newAmount, unit: newUnit as 'M' | 'H' | 'D' })
  }
  return (
    <Stack gap={8}>
      <Group gap={8} grow align="flex-end">
        {unit !== 'rule' && (
          <NumberInput
            label={t('studio.timer.amount')}
            value={amount}
            min={1}
            allowDecimal={false}
            onChange={(value) => typeof value === 'number' && value > 0 && change(value, unit)}
          />
        )}
        <Select
          label={t('studio.timer.unit')}
          data={units.map((value) => ({ value, label: t(`studio.timer.units.${value}`) }))}
          value={unit}
          allowDeselect={false}
          onChange={(value) => value && change(amount, value)}
        />
      </Group>
      {timer.kind === 'rule' && (
        <RuleText
          label={t('studio.timer.rule')}
          value={timer.text}
          onCommit={(text) => write({ kind: 'rule', text })}
        />
      )}
    </Stack>
  )
}

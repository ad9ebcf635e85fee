import { NumberInput, Select, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readDueDate, writeDueDate, type DueDate } from '../wf/dueDate.ts'
import { choicesWith } from './choicesWith.ts'
import { RuleText } from './fields/RuleText.tsx'
import { usePanel } from './PanelContext.ts'

/** By when a task is due: business days, a term of Configuración, or a rule. */
export function DueDateField({ value, onCommit }: { value: string; onCommit: (value: string | undefined) => void }) {
  const { t } = useTranslation()
  const { pack } = usePanel()
  const written = readDueDate(value)
  // Any term can also be seen as the rule it is: that choice is not in the file, so it is remembered here.
  const [asRule, setAsRule] = useState(false)
  const due: DueDate = asRule ? { kind: 'rule', text: value } : written
  const terms = pack.settings.filter((setting) => setting.schema.type === 'integer')
  const write = (next: DueDate) => {
    setAsRule(next.kind === 'rule')
    const text = writeDueDate(next)
    if ((text ?? '') !== value) onCommit(text)
  }
  const starts: Record<DueDate['kind'], () => DueDate> = {
    none: () => ({ kind: 'none' }),
    days: () => ({ kind: 'days', days: 3 }),
    setting: () => ({ kind: 'setting', path: terms[0]?.value ?? '' }),
    rule: () => ({ kind: 'rule', text: value }),
  }
  const kinds = (['none', 'days', 'setting', 'rule'] as const).filter(
    (kind) => kind !== 'setting' || terms.length > 0 || due.kind === kind,
  )
  return (
    <Stack gap={8}>
      <Select
        label={t('studio.due.label')}
        data={kinds.map((kind) => ({ value: kind, label: t(`studio.due.${kind}`) }))}
        value={due.kind}
        allowDeselect={false}
        onChange={(kind) => kind && write(starts[kind]())}
      />
      {due.kind === 'days' && (
        <NumberInput
          label={t('studio.due.amount')}
          value={due.days}
          min={1}
          max={365}
          allowDecimal={false}
          onChange={(days) => typeof days === 'number' && days > 0 && write({ kind: 'days', days })}
        />
      )}
      {due.kind === 'setting' && (
        <Select
          label={t('studio.due.which')}
          data={choicesWith(terms, due.path)}
          value={due.path}
          searchable
          allowDeselect={false}
          onChange={(path) => path && write({ kind: 'setting', path })}
        />
      )}
      {due.kind === 'rule' && (
        <RuleText label={t('studio.due.text')} value={due.text} onCommit={(text) => write({ kind: 'rule', text })} />
      )}
    </Stack>
  )
}

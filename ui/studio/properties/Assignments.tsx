import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Moment } from '../wf/moment.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { RowList } from './fields/RowList.tsx'
import { RuleText } from './fields/RuleText.tsx'
import { MomentSelect } from './MomentSelect.tsx'
import { usePanel } from './PanelContext.ts'
import { useExtensionRows } from './useExtensionRows.ts'

/** Values that a step writes into the record. */
export function Assignments({ element, moments }: { element: DiagramElement; moments: Moment[] }) {
  const { t } = useTranslation()
  const { entity } = usePanel()
  const [rows, write] = useExtensionRows(element, 'wf:Set')
  const targets = (entity?.fields ?? [])
    .filter((field) => field.key !== entity?.stateField)
    .map(({ key, title }) => ({ value: `record.${key}`, label: title }))
  return (
    <RowList
      title={t('studio.set.title')}
      rows={rows}
      onChange={write}
      ordered
      create={() => ({ target: targets[0]?.value ?? '', source: '' })}
      addLabel={t('studio.set.add')}
      nameOf={(row) => targets.find((target) => target.value === row.target)?.label ?? row.target ?? ''}
    >
      {(row, change) => (
        <>
          <MomentSelect moments={moments} value={row.on ?? ''} onChange={(on) => change({ ...row, on })} />
          <Select
            label={t('studio.set.target')}
            data={choicesWith(targets, row.target ?? '')}
            value={row.target ?? null}
            searchable
            allowDeselect={false}
            onChange={(target) => change({ ...row, target: target ?? '' })}
          />
          <RuleText
            label={t('studio.set.source')}
            value={row.source ?? ''}
            onCommit={(source) => change({ ...row, source })}
          />
        </>
      )}
    </RowList>
  )
}

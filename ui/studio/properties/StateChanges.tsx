import { Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Moment } from '../wf/moment.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { RowList } from './fields/RowList.tsx'
import { choicesWith } from './choicesWith.ts'
import { MomentSelect } from './MomentSelect.tsx'
import { usePanel } from './PanelContext.ts'
import { useExtensionRows } from './useExtensionRows.ts'

/** «Cambia el estado a …»: which state the record takes, and when. */
export function StateChanges({ element, moments }: { element: DiagramElement; moments: Moment[] }) {
  const { t } = useTranslation()
  const { entity } = usePanel()
  const [rows, write] = useExtensionRows(element, 'wf:SetState')
  if (!entity?.stateField && rows.length === 0) return null
  return (
    <RowList
      title={t('studio.state.title')}
      rows={rows}
      onChange={write}
      create={() => ({ value: entity?.states[0]?.value ?? '' })}
      addLabel={t('studio.state.add')}
      nameOf={(row) => row.value ?? ''}
    >
      {(row, change) => (
        <>
          <MomentSelect moments={moments} value={row.on ?? ''} onChange={(on) => change({ ...row, on })} />
          <Select
            label={t('studio.state.value')}
            data={choicesWith(entity?.states ?? [], row.value ?? '')}
            value={row.value ?? null}
            searchable
            allowDeselect={false}
            onChange={(value) => change({ ...row, value: value ?? '' })}
          />
        </>
      )}
    </RowList>
  )
}

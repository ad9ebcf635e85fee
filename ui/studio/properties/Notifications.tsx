import { MultiSelect, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Moment } from '../wf/moment.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { choicesWith } from './choicesWith.ts'
import { RowList } from './fields/RowList.tsx'
import { MomentSelect } from './MomentSelect.tsx'
import { usePanel } from './PanelContext.ts'
import { recipientChoices, recipientLabel } from './recipients.ts'
import { useExtensionRows } from './useExtensionRows.ts'

/** Which message leaves, when and to whom. */
export function Notifications({ element, moments }: { element: DiagramElement; moments: Moment[] }) {
  const { t } = useTranslation()
  const { pack, entity } = usePanel()
  const [rows, write] = useExtensionRows(element, 'wf:Notify')
  const recipients = recipientChoices(pack, entity, t)
  return (
    <RowList
      title={t('studio.notify.title')}
      rows={rows}
      onChange={write}
      create={() => ({ template: pack.templates[0]?.value ?? '', to: 'assignee' })}
      addLabel={t('studio.notify.add')}
      nameOf={(row) => pack.templates.find((template) => template.value === row.template)?.label ?? row.template ?? ''}
    >
      {(row, change) => {
        const to = (row.to ?? '')
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean)
        return (
          <>
            <MomentSelect moments={moments} value={row.on ?? ''} onChange={(on) => change({ ...row, on })} />
            <Select
              label={t('studio.notify.template')}
              data={choicesWith(pack.templates, row.template ?? '')}
              value={row.template ?? null}
              searchable
              allowDeselect={false}
              onChange={(template) => change({ ...row, template: template ?? '' })}
            />
            <MultiSelect
              label={t('studio.notify.to')}
              data={to.reduce(
                (choices, value) => choicesWith(choices, value, (text) => recipientLabel(text, pack, entity, t)),
                recipients,
              )}
              value={to}
              searchable
              onChange={(values) => change({ ...row, to: values.join(', ') })}
            />
          </>
        )
      }}
    </RowList>
  )
}

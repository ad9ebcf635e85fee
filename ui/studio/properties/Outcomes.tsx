import { Checkbox, Select, Stack } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { CommitText } from './fields/CommitText.tsx'
import { RowList } from './fields/RowList.tsx'
import { RuleText } from './fields/RuleText.tsx'
import { useExtensionRows } from './useExtensionRows.ts'

/** The buttons with which a task ends. */
export function Outcomes({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const [rows, write] = useExtensionRows(element, 'wf:Outcome')
  return (
    <RowList
      title={t('studio.outcome.title')}
      rows={rows}
      onChange={write}
      ordered
      create={() => {
        const label = t('studio.outcome.new')
        const key = keyFromLabel(
          label,
          rows.map((row) => row.key ?? ''),
        )
        return { key, label, ...(rows.length === 0 ? { kind: 'primary' } : {}) }
      }}
      addLabel={t('studio.outcome.add')}
      nameOf={(row) => row.label ?? row.key ?? ''}
    >
      {(row, change, index) => (
        <Stack gap={8}>
          <CommitText
            label={t('studio.outcome.label')}
            value={row.label ?? ''}
            onCommit={(label) => {
              const others = rows.toSpliced(index, 1).map((other) => other.key ?? '')
              // While it still has the proposed key, the key follows the name; later, rules may refer to it.
              const follows = row.key === keyFromLabel(row.label ?? '', others)
              change({ ...row, label, ...(follows ? { key: keyFromLabel(label, others) } : {}) })
            }}
          />
          <CommitText
            label={t('studio.outcome.key')}
            description={t('studio.outcome.keyHelp')}
            value={row.key ?? ''}
            monospace
            onCommit={(key) =>
              change({ ...row, key: keyFromLabel(key) === key.toLowerCase() ? key : key.replace(/[^\w-]/g, '') })
            }
          />
          <Select
            label={t('studio.outcome.kind')}
            data={['primary', 'neutral', 'danger'].map((value) => ({
              value,
              label: t(`studio.outcome.kinds.${value}`),
            }))}
            value={row.kind ?? 'neutral'}
            allowDeselect={false}
            onChange={(kind) => change({ ...row, kind: kind === 'neutral' ? '' : (kind ?? '') })}
          />
          <Checkbox
            label={t('studio.outcome.reason')}
            checked={row.reason === 'true'}
            onChange={(event) => change({ ...row, reason: String(event.currentTarget.checked) })}
          />
          <Checkbox
            label={t('studio.outcome.reauthenticate')}
            checked={row.reauthenticate === 'true'}
            onChange={(event) => change({ ...row, reauthenticate: String(event.currentTarget.checked) })}
          />
          <CommitText
            label={t('studio.outcome.confirm')}
            description={t('studio.outcome.confirmHelp')}
            value={row.confirm ?? ''}
            multiline
            onCommit={(confirm) => change({ ...row, confirm })}
          />
          <RuleText
            label={t('studio.outcome.when')}
            value={row.when ?? ''}
            onCommit={(when) => change({ ...row, when })}
          />
        </Stack>
      )}
    </RowList>
  )
}

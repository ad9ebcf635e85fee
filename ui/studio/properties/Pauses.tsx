import { useTranslation } from 'react-i18next'
import { keyFromLabel } from '../wf/keyFromLabel.ts'
import type { DiagramElement } from '../wf/moddle.ts'
import { CommitText } from './fields/CommitText.tsx'
import { RowList } from './fields/RowList.tsx'
import { useExtensionRows } from './useExtensionRows.ts'

/** «Puede quedar en espera por …»: what the clock of a task may be stopped for. */
export function Pauses({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const [rows, write] = useExtensionRows(element, 'wf:Pause')
  const keysBut = (index: number) => rows.toSpliced(index, 1).map((row) => row.key ?? '')
  return (
    <RowList
      title={t('studio.pause.title')}
      rows={rows}
      onChange={write}
      create={() => {
        const label = t('studio.pause.new')
        return { key: keyFromLabel(label, keysBut(rows.length)), label }
      }}
      addLabel={t('studio.pause.add')}
      nameOf={(row) => row.label ?? row.key ?? ''}
    >
      {(row, change, index) => (
        <CommitText
          label={t('studio.pause.label')}
          description={t('studio.pause.help')}
          value={row.label ?? ''}
          onCommit={(label) => {
            // Tasks that stand still keep their words; the key only tells the reasons apart.
            const follows = row.key === keyFromLabel(row.label ?? '', keysBut(index))
            change({ ...row, label, ...(follows ? { key: keyFromLabel(label, keysBut(index)) } : {}) })
          }}
        />
      )}
    </RowList>
  )
}

import { Autocomplete, Select } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { textOf, type DiagramElement } from '../wf/moddle.ts'
import { CommitText } from './fields/CommitText.tsx'
import { RowList } from './fields/RowList.tsx'
import { RuleText } from './fields/RuleText.tsx'
import { NodeProperties } from './NodeProperties.tsx'
import { useAttributes } from './useAttributes.ts'
import { useExtensionRows } from './useExtensionRows.ts'

const builtIn = ['record.create', 'record.update', 'record.copy', 'document.render', 'process.start']

/** What the system does by itself, with what it needs and what it gives back. */
export function ServiceProperties({ element }: { element: DiagramElement }) {
  const { t } = useTranslation()
  const write = useAttributes(element)
  const task = element.businessObject
  const [inputs, writeInputs] = useExtensionRows(element, 'wf:Input')
  const [outputs, writeOutputs] = useExtensionRows(element, 'wf:Output')
  const service = textOf(task, 'wf:service')
  const [typed, setTyped] = useState(service)
  return (
    <>
      <Autocomplete
        label={t('studio.service.which')}
        data={builtIn}
        value={typed}
        onChange={setTyped}
        onOptionSubmit={(value) => write({ 'wf:service': value })}
        onBlur={() => typed !== service && write({ 'wf:service': typed || undefined })}
      />
      <Select
        label={t('studio.service.mode')}
        data={['durable', 'inline'].map((value) => ({ value, label: t(`studio.service.modes.${value}`) }))}
        value={textOf(task, 'wf:mode') || 'durable'}
        allowDeselect={false}
        onChange={(mode) => write({ 'wf:mode': mode === 'durable' ? undefined : mode })}
      />
      <RowList
        title={t('studio.service.inputs')}
        rows={inputs}
        onChange={writeInputs}
        create={() => ({ name: '', source: '' })}
        addLabel={t('studio.service.addInput')}
        nameOf={(row) => row.name ?? ''}
      >
        {(row, change) => (
          <>
            <CommitText
              label={t('studio.service.name')}
              value={row.name ?? ''}
              monospace
              onCommit={(name) => change({ ...row, name })}
            />
            <RuleText
              label={t('studio.set.source')}
              value={row.source ?? ''}
              onCommit={(source) => change({ ...row, source })}
            />
          </>
        )}
      </RowList>
      <RowList
        title={t('studio.service.outputs')}
        rows={outputs}
        onChange={writeOutputs}
        create={() => ({ target: '', source: '' })}
        addLabel={t('studio.service.addOutput')}
        nameOf={(row) => row.target ?? ''}
      >
        {(row, change) => (
          <>
            <CommitText
              label={t('studio.set.target')}
              value={row.target ?? ''}
              monospace
              onCommit={(target) => change({ ...row, target })}
            />
            <RuleText
              label={t('studio.set.source')}
              value={row.source ?? ''}
              onCommit={(source) => change({ ...row, source })}
            />
          </>
        )}
      </RowList>
      <NodeProperties element={element} />
    </>
  )
}

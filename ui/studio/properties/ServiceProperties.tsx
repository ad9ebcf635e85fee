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
      <SourceRows
        words={{ title: t('studio.service.inputs'), add: t('studio.service.addInput'), name: t('studio.service.name') }}
        named="name"
        rows={inputs}
        onChange={writeInputs}
      />
      <SourceRows
        words={{ title: t('studio.service.outputs'), add: t('studio.service.addOutput'), name: t('studio.set.target') }}
        named="target"
        rows={outputs}
        onChange={writeOutputs}
      />
      <NodeProperties element={element} />
    </>
  )
}

type Rows = ReturnType<typeof useExtensionRows>

/** Names and the rules that give their values: what a service takes, or leaves. */
function SourceRows(props: {
  words: { title: string; add: string; name: string }
  /** The attribute that holds the name. */
  named: 'name' | 'target'
  rows: Rows[0]
  onChange: Rows[1]
}) {
  const { words, named, rows, onChange } = props
  const { t } = useTranslation()
  return (
    <RowList
      title={words.title}
      rows={rows}
      onChange={onChange}
      create={() => ({ [named]: '', source: '' })}
      addLabel={words.add}
      nameOf={(row) => row[named] ?? ''}
    >
      {(row, change) => (
        <>
          <CommitText
            label={words.name}
            value={row[named] ?? ''}
            monospace
            onCommit={(name) => change({ ...row, [named]: name })}
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

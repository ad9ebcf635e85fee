import { memo } from 'react'
import type { FormSchema, JsonObject } from '#forms'
import { controlName } from '../../schema/controlName.ts'
import { useFormPart, useFormScope, useNames } from '../../FormScope.ts'
import { valueAt } from '../../schema/schemaAt.ts'
import { useControlState } from '../../state/useControlState.ts'
import { cellControls } from '../cellControls.ts'
import { ReadValue } from '../ReadValue.tsx'
import { withMain } from './rowChanges.ts'

interface CellProps {
  id: string
  /** `lineas.3.precio` */
  path: string
  schema: FormSchema
  label: string
  /** The heading says the label. */
  bare: boolean
  /** The column that marks the main row, where this is it. */
  main: string | undefined
}

/** One value of a row. It reads and writes its own place, so that a key press redraws this cell alone. */
export const TableCell = memo(function TableCell({ id, path, schema, label, bare, main }: CellProps) {
  const { store, labels, readOnly } = useFormScope()
  const [list = '', at = '', column = ''] = path.split('.')
  const { error, warning, ...shown } = useControlState(path, schema, `${list}.${at}`)
  const visible = useFormPart((snapshot) => snapshot.settled.visible[path] !== false)
  const required = useFormPart((snapshot) => snapshot.settled.required[path] === true)
  const editable = useFormPart((snapshot) => snapshot.settled.editable[path] !== false)
  const names = useNames(labels[`${list}.${column}`] ?? labels[list])
  if (!visible) return null
  const name = controlName(schema)
  if (schema['x-computed'] !== undefined || schema.readOnly || readOnly || !editable || name === 'table')
    return <ReadValue label={label} schema={schema} {...shown} labels={names} formula={null} bare={bare} />
  const Control = cellControls[name]
  return (
    <Control
      id={id}
      path={path}
      schema={schema}
      label={label}
      bare={bare}
      required={required}
      {...shown}
      error={error}
      warning={warning}
      labels={names}
      onChange={(next) => {
        const rows = valueAt(store.getSnapshot().raw, list)
        if (main && next === true && Array.isArray(rows))
          store.set(list, withMain(rows as JsonObject[], Number(at), main))
        else store.set(path, next)
      }}
      onBlur={() => store.leave(path)}
    />
  )
})

import { memo } from 'react'
import type { FormSchema, JsonObject } from '#forms'
import { controlName } from '../../controlName.ts'
import { dependenciesOf } from '../../dependenciesOf.ts'
import { useFieldIssue, useFormPart, useFormScope } from '../../FormScope.ts'
import { valueAt } from '../../schemaAt.ts'
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
  const issue = useFieldIssue(path)
  const [list = '', at = '', column = ''] = path.split('.')
  const value = useFormPart((snapshot) => valueAt(snapshot.raw, path))
  const visible = useFormPart((snapshot) => snapshot.settled.visible[path] !== false)
  const required = useFormPart((snapshot) => snapshot.settled.required[path] === true)
  const editable = useFormPart((snapshot) => snapshot.settled.editable[path] !== false)
  const computed = schema['x-computed'] !== undefined
  const settled = useFormPart((snapshot) => (computed ? valueAt(snapshot.settled.value, path) : undefined))
  // Redrawn when the columns it hangs on change.
  const beside = dependenciesOf(schema).map((name) => `${list}.${at}.${name}`)
  useFormPart((snapshot) => beside.map((place) => JSON.stringify(valueAt(snapshot.raw, place))).join())
  if (!visible) return null
  const row = (valueAt(store.getSnapshot().raw, `${list}.${at}`) ?? {}) as JsonObject
  const name = controlName(schema)
  const names = labels[`${list}.${column}`] ?? labels[list] ?? {}
  if (computed || schema.readOnly || readOnly || !editable || name === 'table')
    return (
      <ReadValue
        label={label}
        schema={schema}
        value={computed ? settled : value}
        siblings={row}
        labels={names}
        formula={null}
        bare={bare}
      />
    )
  const Control = cellControls[name]
  return (
    <Control
      id={id}
      path={path}
      schema={schema}
      label={label}
      bare={bare}
      required={required}
      value={value}
      error={issue?.level === 'error' ? issue.message : null}
      warning={issue && issue.level !== 'error' ? issue.message : null}
      labels={names}
      siblings={row}
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

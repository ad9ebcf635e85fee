import { ActionIcon, Button, Group, Input, Table, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useRef, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSchema, Json, JsonObject } from '#forms'
import { annotationOf } from '../annotationOf.ts'
import { useFieldIssue, useFormPart, useFormScope } from '../FormScope.ts'
import { pastedRows } from '../pastedRows.ts'
import { titleOf, valueAt } from '../schemaAt.ts'
import { controlName } from '../controlName.ts'
import type { ControlProps } from './ControlProps.ts'
import { cellControls } from './cellControls.ts'
import { ReadValue } from './ReadValue.tsx'
import { wrapperProps } from './wrapperProps.tsx'
import classes from './TableControl.module.css'

/** A sub-list as a table: add, remove, paste from a spreadsheet; Enter in the last row adds one. Cards on a phone. */
export function TableControl(props: ControlProps) {
  const { id, path, schema, value, onChange, label } = props
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const body = useRef<HTMLDivElement>(null)
  const rows = (Array.isArray(value) ? value : []) as JsonObject[]
  const items = schema.items ?? {}
  const columns = Object.entries(items.properties ?? {})
  const main = annotationOf(schema, 'x-table')?.main as string | undefined
  const { minItems, maxItems } = schema
  const full = typeof maxItems === 'number' && rows.length >= maxItems
  const least = typeof minItems === 'number' ? minItems : 0

  // What a new row proposes: the constants of its columns.
  const proposed = Object.fromEntries(
    columns.flatMap(([name, column]) => (column.default === undefined ? [] : [[name, column.default]])),
  )

  const put = (next: JsonObject[]) => onChange(next.length ? next : undefined)
  const setCell = (at: number, column: string, cell: Json | undefined) =>
    put(
      rows.map((row, index) => {
        // At most one row is the main one: marking another takes the mark away here.
        if (column === main && cell === true && index !== at) return { ...row, [column]: false }
        if (index !== at) return row
        const { [column]: _old, ...rest } = row
        return cell === undefined ? rest : { ...rest, [column]: cell }
      }),
    )
  const add = () => {
    put([...rows, { ...proposed, ...(main && rows.length === 0 ? { [main]: true } : {}) }])
    requestAnimationFrame(() => focusCell(body.current, rows.length, columns[0]?.[0]))
  }
  const remove = (at: number) => {
    const next = rows.filter((_, index) => index !== at)
    if (main && next.length && !next.some((row) => row[main] === true)) next[0] = { ...next[0], [main]: true }
    put(next)
    requestAnimationFrame(() =>
      next.length
        ? focusCell(body.current, Math.min(at, next.length - 1), columns[0]?.[0])
        : document.getElementById(id)?.focus(),
    )
  }
  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trim())) return
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    event.preventDefault()
    const at = cell ? Number(cell.dataset.row) : rows.length
    const from = Math.max(
      0,
      columns.findIndex(([name]) => name === cell?.dataset.column),
    )
    const pasted = pastedRows(text, columns, from)
    const next = [...rows]
    pasted.forEach((row, index) => (next[at + index] = { ...next[at + index], ...row }))
    put(typeof maxItems === 'number' ? next.slice(0, maxItems) : next)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    if (event.key !== 'Enter' || !cell || (event.target as HTMLElement).tagName !== 'INPUT') return
    if ((event.target as HTMLElement).getAttribute('aria-expanded') === 'true') return
    event.preventDefault()
    const at = Number(cell.dataset.row)
    if (at === rows.length - 1) {
      if (!full) add()
    } else focusCell(body.current, at + 1, cell.dataset.column)
  }

  const cellOf = (at: number, name: string, field: FormSchema) => (
    <Cell
      key={name}
      id={`${id}.${at}.${name}`}
      path={`${path}.${at}.${name}`}
      schema={field}
      label={narrow ? titleOf(field, name) : t('kit.form.cell', { column: titleOf(field, name), row: at + 1 })}
      required={(items.required ?? []).includes(name)}
      value={rows[at]?.[name]}
      row={rows[at] ?? {}}
      bare={!narrow}
      onChange={(cell) => setCell(at, name, cell)}
    />
  )
  const removeButton = (at: number) => (
    <ActionIcon
      variant="subtle"
      color="gray"
      disabled={rows.length <= least}
      aria-label={t('kit.form.removeRow', { row: at + 1 })}
      onClick={() => remove(at)}
    >
      <IconTrash aria-hidden size={16} />
    </ActionIcon>
  )

  return (
    <Input.Wrapper {...wrapperProps(props)} labelElement="div" size="sm">
      <div ref={body} onPaste={onPaste} onKeyDown={onKeyDown}>
        {rows.length > 0 && narrow && (
          <ol className={classes.cards}>
            {rows.map((_, at) => (
              <li key={at} className={classes.card}>
                <Group justify="space-between" mb={4}>
                  <Text fw={600} size="sm">
                    {t('kit.form.row', { row: at + 1 })}
                  </Text>
                  {removeButton(at)}
                </Group>
                {columns.map(([name, field]) => (
                  <div key={name} data-row={at} data-column={name} className={classes.cardField}>
                    {cellOf(at, name, field)}
                  </div>
                ))}
              </li>
            ))}
          </ol>
        )}
        {rows.length > 0 && !narrow && (
          <Table.ScrollContainer minWidth={Math.min(columns.length * 150, 900)}>
            <Table aria-label={label} verticalSpacing={6} horizontalSpacing={6} className={classes.table}>
              <Table.Thead>
                <Table.Tr>
                  {columns.map(([name, field]) => (
                    <Table.Th key={name} fw={500} fz={13} miw={columnWidth(field)}>
                      {titleOf(field, name)}
                      {(items.required ?? []).includes(name) && (
                        <Text span c="var(--mantine-color-error)" aria-hidden>
                          {' *'}
                        </Text>
                      )}
                    </Table.Th>
                  ))}
                  <Table.Th w={44}>
                    <span className="cauce-sr">{t('kit.form.remove')}</span>
                  </Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {rows.map((_, at) => (
                  <Table.Tr key={at}>
                    {columns.map(([name, field]) => (
                      <Table.Td key={name} data-row={at} data-column={name} style={{ verticalAlign: 'top' }}>
                        {cellOf(at, name, field)}
                      </Table.Td>
                    ))}
                    <Table.Td style={{ verticalAlign: 'top' }}>{removeButton(at)}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Table.ScrollContainer>
        )}
        <Group gap="sm" mt={rows.length ? 8 : 0}>
          <Button
            id={id}
            variant="default"
            size="xs"
            leftSection={<IconPlus aria-hidden size={14} />}
            onClick={add}
            onBlur={props.onBlur}
            disabled={full}
            aria-label={`${label}: ${t('kit.form.addRow')}`}
          >
            {t('kit.form.addRow')}
          </Button>
          {!narrow && (
            <Text size="xs" c="dimmed">
              {full ? t('kit.form.rowsFull', { count: maxItems }) : t('kit.form.pasteHint')}
            </Text>
          )}
        </Group>
      </div>
    </Input.Wrapper>
  )
}

/** Text needs room; a choice or a number does not. */
const columnWidth = (field: FormSchema) =>
  ['text', 'textarea', 'reference', 'files', 'file'].includes(controlName(field)) ? 220 : 128

function focusCell(body: HTMLElement | null, row: number, column: string | undefined) {
  body?.querySelector<HTMLElement>(`[data-row="${row}"][data-column="${column}"] :is(input, textarea, button)`)?.focus()
}

function Cell(props: Omit<ControlProps, 'error' | 'warning' | 'labels' | 'siblings' | 'onBlur'> & { row: JsonObject }) {
  const { row, path, schema } = props
  const { store, labels } = useFormScope()
  const issue = useFieldIssue(path)
  const computed = typeof schema['x-computed'] !== 'undefined'
  const settled = useFormPart((snapshot) => (computed ? valueAt(snapshot.settled.value, path) : undefined))
  const top = path.split('.')[0]!
  const name = controlName(schema)
  if (computed || schema.readOnly || name === 'table')
    return (
      <ReadValue
        label={props.label}
        schema={schema}
        value={computed ? settled : props.value}
        siblings={row}
        labels={labels[top] ?? {}}
        formula={null}
        bare={props.bare ?? false}
      />
    )
  const Control = cellControls[name]
  return (
    <Control
      {...props}
      error={issue?.level === 'error' ? issue.message : null}
      warning={issue && issue.level !== 'error' ? issue.message : null}
      labels={labels[`${top}.${path.split('.').at(-1)}`] ?? labels[top] ?? {}}
      siblings={row}
      onBlur={() => store.leave(path)}
    />
  )
}

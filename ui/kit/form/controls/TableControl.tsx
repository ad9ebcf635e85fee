import { Button, Group, Input, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconArrowBackUp, IconPlus } from '@tabler/icons-react'
import { useCallback, useEffect, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { JsonObject } from '#forms'
import { useFormScope } from '../FormScope.ts'
import { pastedRows } from './table/pastedRows.ts'
import type { ControlProps } from './ControlProps.ts'
import { focusCell } from './table/focusCell.ts'
import { NextMainDialog } from './table/NextMainDialog.tsx'
import { RowErrors } from './table/RowErrors.tsx'
import { asksForMain, withMain, withMoved, withoutRow } from './table/rowChanges.ts'
import type { RowsView } from './table/RowsView.ts'
import { TableCards } from './table/TableCards.tsx'
import { TableGrid } from './table/TableGrid.tsx'
import { tableRule } from './table/tableRule.ts'
import { useKeptRows } from './table/useKeptRows.ts'
import { wrapperProps } from './wrapperProps.tsx'

type Note = { text: string; before?: JsonObject[] }

/** A sub-list: add, remove and take back, move, paste from a spreadsheet; Enter in the last row adds one. */
export function TableControl(props: ControlProps) {
  const { id, path, schema, value, onChange, label } = props
  const { t } = useTranslation()
  const { store, revealers } = useFormScope()
  const narrow = useMediaQuery('(max-width: 48em)')
  const body = useRef<HTMLDivElement>(null)
  const view = useRef<RowsView>(null)
  const rule = useMemo(() => tableRule(schema), [schema])
  const rows = (Array.isArray(value) ? value : []) as JsonObject[]
  const kept = useKeptRows(path, rows)
  const [note, setNote] = useState<Note | null>(null)
  const [leaving, setLeaving] = useState<number | null>(null)
  const { columns, main, item, most } = rule
  const full = rows.length >= most
  const what = item?.title ?? t('kit.form.rowWord')
  // Handed to rows that are drawn once: they call what is current.
  const current = useRef({ rows, onChange })
  current.current = { rows, onChange }

  const put = useCallback((next: JsonObject[], said: Note | null = null) => {
    current.current.onChange(next.length ? next : undefined)
    setNote(said)
  }, [])
  const goTo = useCallback((at: number, column: string | undefined, tries = 10) => {
    view.current?.show(at)
    requestAnimationFrame(() => {
      if (!focusCell(body.current, at, column) && tries > 0) goTo(at, column, tries - 1)
    })
  }, [])
  useEffect(() => {
    const reveal = (place: string) => {
      const [at = '0', column = columns[0]?.[0]] = place.slice(path.length + 1).split('.')
      body.current?.scrollIntoView({ block: 'nearest' })
      goTo(Number(at), column)
      return true
    }
    revealers.set(path, reveal)
    return () => {
      if (revealers.get(path) === reveal) revealers.delete(path)
    }
  }, [revealers, path, columns, goTo])

  const add = () => {
    put([...rows, { ...rule.proposed, ...(main && rows.length === 0 ? { [main]: true } : {}) }])
    goTo(rows.length, columns[0]?.[0])
  }
  const remove = useCallback(
    (at: number, next?: number) => {
      const before = current.current.rows
      setLeaving(null)
      if (next === undefined && asksForMain(before, at, main)) return setLeaving(at)
      put(withoutRow(before, at, main, next), { text: t('kit.form.removed', { what, row: at + 1 }), before })
      if (before.length > 1) goTo(Math.min(at, before.length - 2), columns[0]?.[0])
      else requestAnimationFrame(() => document.getElementById(id)?.focus())
    },
    [put, goTo, main, columns, id, t, what],
  )
  const move = useCallback(
    (from: number, to: number) => {
      put(withMoved(current.current.rows, from, to))
      goTo(to, columns[0]?.[0])
    },
    [put, goTo, columns],
  )

  const onPaste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData('text/plain')
    if (!/[\t\n]/.test(text.trim())) return
    event.preventDefault()
    const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    const at = cell ? Number(cell.dataset.row) : rows.length
    const from = Math.max(
      0,
      columns.findIndex(([name]) => name === cell?.dataset.column),
    )
    const pasted = pastedRows(text, columns, from)
    const next = [...rows]
    pasted.forEach((row, index) => (next[at + index] = { ...(next[at + index] ?? rule.proposed), ...row }))
    const isMarked = !main || next.some((row) => row[main] === true)
    const taken = (isMarked ? next : withMain(next, 0, main)).slice(0, most)
    const lost = next.length - taken.length
    put(taken, {
      text:
        t('kit.form.pasted', { count: pasted.length - lost }) +
        (lost ? ` ${t('kit.form.pastedTooMany', { count: lost })}` : ''),
      before: rows,
    })
    // What is wrong with them shows at once: nobody will walk through them all.
    store.leave(...pasted.flatMap((_, index) => columns.map(([name]) => `${path}.${at + index}.${name}`)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const field = event.target as HTMLElement
    const cell = field.closest<HTMLElement>('[data-row]')
    if (!cell) return
    const at = Number(cell.dataset.row)
    if (rule.ordered && event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      event.preventDefault()
      return move(at, at + (event.key === 'ArrowUp' ? -1 : 1))
    }
    if (event.key !== 'Enter' || field.tagName !== 'INPUT' || field.getAttribute('aria-expanded') === 'true') return
    event.preventDefault()
    if (at < rows.length - 1) goTo(at + 1, cell.dataset.column)
    else if (!full) add()
  }

  const Rows = narrow ? TableCards : TableGrid
  return (
    <Input.Wrapper {...wrapperProps(props)} labelElement="div" size="sm">
      <div ref={body} onPaste={onPaste} onKeyDown={onKeyDown}>
        {rows.length > 0 && (
          <Rows
            ref={view}
            id={id}
            path={path}
            label={label}
            count={rows.length}
            rule={rule}
            kept={kept}
            onMove={move}
            onRemove={remove}
          />
        )}
        <RowErrors path={path} />
        <Group gap="sm" mt={rows.length ? 8 : 0}>
          <Button
            id={id}
            variant="default"
            size="xs"
            leftSection={<IconPlus aria-hidden size={14} />}
            onClick={add}
            onBlur={props.onBlur}
            disabled={full}
            aria-label={item ? undefined : `${label}: ${t('kit.form.addRow')}`}
          >
            {item ? t('kit.form.addItem', { what: item.title }) : t('kit.form.addRow')}
          </Button>
          <Text size="sm" role="status">
            {note?.text}
          </Text>
          {note?.before && (
            <Button
              variant="subtle"
              size="compact-sm"
              leftSection={<IconArrowBackUp aria-hidden size={14} />}
              onClick={() => put(note.before ?? [])}
            >
              {t('kit.form.undo')}
            </Button>
          )}
          {!narrow && !note && (
            <Text size="xs" c="dimmed">
              {full ? t('kit.form.rowsFull', { count: most }) : t('kit.form.pasteHint')}
            </Text>
          )}
        </Group>
        {leaving !== null && (
          <NextMainDialog
            rows={rows}
            at={leaving}
            rule={rule}
            onClose={() => setLeaving(null)}
            onChoose={(next) => remove(leaving, next)}
          />
        )}
      </div>
    </Input.Wrapper>
  )
}

import { Checkbox, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { EntityView, RecordView } from '#engine/contract'
import { paths } from '../app/paths.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import type { Selection } from './bulk/useSelection.ts'
import { columnKind } from './columns/columnKind.ts'
import { LifeBadge } from './LifeBadge.tsx'
import { MatchedNote } from './MatchedNote.tsx'
import type { RecordActions } from './RecordTable.tsx'
import classes from './list.module.css'

/** One record of a table: a click anywhere opens it, but not on what is itself a control. */
export function RecordRow({
  entity,
  record,
  columns,
  selection,
  actions,
}: {
  entity: EntityView
  record: RecordView
  columns: string[]
  selection?: Selection
  actions?: RecordActions
}) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const to = paths.record(record.entity, record.id)
  const isMarked = selection?.records.has(record.id) ?? false
  return (
    <Table.Tr
      data-marked={isMarked || undefined}
      onClick={(event) => {
        const target = event.target as HTMLElement
        // A dialog opened from the row is drawn elsewhere, and React lets its clicks bubble here.
        if (!event.currentTarget.contains(target) || target.closest('a, button, input, label')) return
        if (window.getSelection()?.toString()) return
        void navigate(to)
      }}
    >
      {selection && (
        <Table.Td className={classes.mark}>
          <Checkbox
            size="xs"
            data-row-mark
            aria-label={t('kit.list.bulk.mark', { name: record.label })}
            checked={isMarked}
            onChange={() => selection.toggle(record)}
          />
        </Table.Td>
      )}
      {columns.map((name, index) => {
        const { isNumber, isLong } = columnKind(entity, name)
        const held = record.data[name]
        const value = (
          <FieldValue
            schema={entity.schema.properties?.[name] ?? {}}
            value={held}
            data={record.data}
            labels={record.labels[name]}
            states={entity.states}
            isState={name === entity.stateField}
            isCode={name === entity.codeField}
            compact
          />
        )
        const empty = held === undefined || held === null || held === ''
        return (
          <Table.Td
            key={name}
            className={isNumber ? classes.number : undefined}
            data-first={index === 0 || undefined}
            data-long={isLong || undefined}
          >
            {index === 0 ? (
              <>
                <Link
                  to={to}
                  className={classes.rowLink}
                  data-row-link
                  aria-label={t('kit.list.open', { name: record.label })}
                >
                  {empty ? record.label : value}
                </Link>
                <LifeBadge record={record} />
                <MatchedNote record={record} />
              </>
            ) : (
              <span className={isLong ? classes.clamp : undefined}>{value}</span>
            )}
          </Table.Td>
        )
      })}
      {actions && <Table.Td className={classes.actions}>{actions.of(record)}</Table.Td>}
    </Table.Tr>
  )
}

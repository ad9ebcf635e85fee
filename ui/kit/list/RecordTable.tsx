import { Checkbox, Skeleton, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView, RecordView } from '#engine/contract'
import { titleOf } from '../form/schema/schemaAt.ts'
import type { Selection } from './bulk/useSelection.ts'
import { ColumnHeader } from './ColumnHeader.tsx'
import { columnKind } from './columns/columnKind.ts'
import { RecordRow } from './RecordRow.tsx'
import { useRowKeys } from './useRowKeys.ts'
import classes from './list.module.css'

/** A last column that is not a field: what can be done with each record now. */
export interface RecordActions {
  title: string
  /** The head is read out and not shown: the buttons speak for themselves. */
  isQuiet?: boolean
  of: (record: RecordView) => ReactNode
}

interface RecordTableProps {
  entity: EntityView
  columns: string[]
  items: RecordView[] | undefined
  sort: string
  /** Told the column that was pressed. Absent: the columns are not sorted by hand (a short related list). */
  onSort?: (field: string) => void
  /** Absent: nothing is marked. */
  selection?: Selection
  actions?: RecordActions
}

/** Records as a table: sorted in the header; a row opens on click, on Enter, with j and k; the space bar marks it. */
export function RecordTable({ entity, columns, items, sort, onSort, selection, actions }: RecordTableProps) {
  const { t } = useTranslation()
  const onKeyDown = useRowKeys()
  const marked = items?.filter((record) => selection?.records.has(record.id)).length ?? 0
  return (
    <div className={classes.scroller} onKeyDown={onKeyDown}>
      <Table className={classes.table} aria-label={entity.titlePlural} aria-busy={!items}>
        <Table.Thead>
          <Table.Tr>
            {selection && (
              <Table.Th className={classes.mark}>
                <Checkbox
                  size="xs"
                  aria-label={t('kit.list.bulk.markPage')}
                  checked={marked > 0 && marked === items?.length}
                  indeterminate={marked > 0 && marked < (items?.length ?? 0)}
                  onChange={() => items && selection.togglePage(items)}
                />
              </Table.Th>
            )}
            {columns.map((name) => (
              <ColumnHeader
                key={name}
                name={name}
                title={titleOf(entity.schema.properties?.[name] ?? {}, name)}
                isNumber={columnKind(entity, name).isNumber}
                sort={sort}
                onSort={entity.list.sortable.includes(name) ? onSort : undefined}
              />
            ))}
            {actions && (
              <Table.Th className={classes.actions}>
                {actions.isQuiet ? <span className="cauce-sr">{actions.title}</span> : actions.title}
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {!items &&
            Array.from({ length: 8 }, (_, row) => (
              <Table.Tr key={row} aria-hidden>
                {selection && <Table.Td className={classes.mark} />}
                {columns.map((name) => (
                  <Table.Td key={name}>
                    <Skeleton height={14} width={`${50 + ((row * 17) % 40)}%`} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          {items?.map((record) => (
            <RecordRow
              key={record.id}
              entity={entity}
              record={record}
              columns={columns}
              {...(selection ? { selection } : {})}
              {...(actions ? { actions } : {})}
            />
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

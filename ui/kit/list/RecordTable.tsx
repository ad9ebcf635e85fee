import { Skeleton, Table } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { EntityView, RecordView } from '#engine/contract'
import type { FormSchema } from '#forms'
import { paths } from '../app/paths.ts'
import { annotationOf } from '../form/annotationOf.ts'
import { titleOf } from '../form/schemaAt.ts'
import { FieldValue } from '../values/FieldValue.tsx'
import { decimalOf } from '../values/formatValue.ts'
import { nextSort } from './listQuery.ts'
import { useRowKeys } from './useRowKeys.ts'
import classes from './list.module.css'

/** A last column that is not a field: what can be done with each record now. */
export interface RecordActions {
  title: string
  of: (record: RecordView) => ReactNode
}

interface RecordTableProps {
  entity: EntityView
  columns: string[]
  items: RecordView[] | undefined
  sort: string
  /** Absent: the columns are not sorted by hand (a short related list). */
  onSort?: (sort: string) => void
  actions?: RecordActions
}

/** Records as a table: sorted in the header; a row opens on click, on Enter, with j and k. */
export function RecordTable({ entity, columns, items, sort, onSort, actions }: RecordTableProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const onKeyDown = useRowKeys()
  const field = (name: string) => entity.schema.properties?.[name] ?? {}
  const isNumber = (name: string) => field(name).type === 'integer' || decimalOf(field(name)) !== null
  const isLong = (name: string) => name !== entity.stateField && name !== entity.codeField && isText(field(name))
  return (
    <div className={classes.scroller} onKeyDown={onKeyDown}>
      <Table className={classes.table} aria-label={entity.titlePlural} aria-busy={!items}>
        <Table.Thead>
          <Table.Tr>
            {columns.map((name) => {
              const title = titleOf(field(name), name)
              const sorted = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'
              const Icon = sorted === 'ascending' ? IconArrowUp : sorted === 'descending' ? IconArrowDown : IconSelector
              return (
                <Table.Th
                  key={name}
                  className={isNumber(name) ? classes.number : undefined}
                  aria-sort={onSort ? sorted : undefined}
                >
                  {onSort ? (
                    <button
                      type="button"
                      className={classes.sort}
                      data-sorted={sorted !== 'none' || undefined}
                      onClick={() => onSort(nextSort(sort, name))}
                    >
                      {title}
                      <Icon aria-hidden size={14} />
                    </button>
                  ) : (
                    title
                  )}
                </Table.Th>
              )
            })}
            {actions && <Table.Th className={classes.actions}>{actions.title}</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {!items &&
            Array.from({ length: 8 }, (_, row) => (
              <Table.Tr key={row} aria-hidden>
                {columns.map((name) => (
                  <Table.Td key={name}>
                    <Skeleton height={14} width={`${50 + ((row * 17) % 40)}%`} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          {items?.map((record) => {
            const to = paths.record(record.entity, record.id)
            return (
              <Table.Tr
                key={record.id}
                onClick={(event) => {
                  if ((event.target as HTMLElement).closest('a, button') || window.getSelection()?.toString()) return
                  void navigate(to)
                }}
              >
                {columns.map((name, index) => {
                  const value = (
                    <FieldValue
                      schema={field(name)}
                      value={record.data[name]}
                      data={record.data}
                      labels={record.labels[name]}
                      states={entity.states}
                      isState={name === entity.stateField}
                      isCode={name === entity.codeField}
                      compact
                    />
                  )
                  const empty =
                    record.data[name] === undefined || record.data[name] === null || record.data[name] === ''
                  return (
                    <Table.Td
                      key={name}
                      className={isNumber(name) ? classes.number : undefined}
                      data-long={isLong(name) || undefined}
                    >
                      {index === 0 ? (
                        <Link
                          to={to}
                          className={classes.rowLink}
                          data-row-link
                          aria-label={t('kit.list.open', { name: record.label })}
                        >
                          {empty ? record.label : value}
                        </Link>
                      ) : (
                        <span className={isLong(name) ? classes.clamp : undefined}>{value}</span>
                      )}
                    </Table.Td>
                  )
                })}
                {actions && <Table.Td className={classes.actions}>{actions.of(record)}</Table.Td>}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** Values that may take two lines: names of other records and free text. */
const isText = (schema: FormSchema) =>
  !!annotationOf(schema, 'x-ref') ||
  (schema.type === 'string' &&
    !schema.format &&
    !schema.enum &&
    !schema.oneOf &&
    !decimalOf(schema) &&
    Number(schema.maxLength ?? 0) > 40)

import { Table } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconSelector } from '@tabler/icons-react'
import classes from './list.module.css'

/** The head of a column; a click sorts by it where the list can be sorted. */
export function ColumnHeader({
  name,
  title,
  isNumber,
  sort,
  onSort,
}: {
  name: string
  title: string
  isNumber: boolean
  sort: string
  onSort: ((field: string) => void) | undefined
}) {
  const sorted = sort === name ? 'ascending' : sort === `-${name}` ? 'descending' : 'none'
  const Icon = sorted === 'ascending' ? IconArrowUp : sorted === 'descending' ? IconArrowDown : IconSelector
  return (
    <Table.Th className={isNumber ? classes.number : undefined} aria-sort={onSort ? sorted : undefined}>
      {onSort ? (
        <button
          type="button"
          className={classes.sort}
          data-sorted={sorted !== 'none' || undefined}
          onClick={() => onSort(name)}
        >
          {title}
          <Icon aria-hidden size={14} />
        </button>
      ) : (
        title
      )}
    </Table.Th>
  )
}

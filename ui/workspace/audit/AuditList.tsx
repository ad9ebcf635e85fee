import { Table } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { useTranslation } from 'react-i18next'
import type { AuditRowView } from '#engine/contract'
import { formatDateTime } from '../../kit/values/formatValue.ts'
import boxedList from '../../kit/app/boxedList.module.css'
import classes from './audit.module.css'

/** Rows as a table, on a phone as cards; the action opens the row. */
export function AuditList({ rows, onOpen }: { rows: AuditRowView[]; onOpen: (id: string) => void }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const opener = (row: AuditRowView) => (
    <button type="button" className={classes.open} onClick={() => onOpen(row.id)}>
      {row.actionTitle}
    </button>
  )
  if (narrow)
    return (
      <ul className={boxedList.boxed} aria-label={t('staff.audit.title')}>
        {rows.map((row) => (
          <li key={row.id} className={classes.card}>
            {opener(row)}
            <p>{whoOf(row)}</p>
            <p className={classes.quiet}>
              {[formatDateTime(row.at), row.moduleTitle, row.record?.label, row.ip].filter(Boolean).join(' · ')}
            </p>
          </li>
        ))}
      </ul>
    )
  return (
    <div className={classes.scroller}>
      <Table className={classes.table} aria-label={t('staff.audit.title')}>
        <Table.Thead>
          <Table.Tr>
            {(['at', 'who', 'action', 'module', 'record', 'ip'] as const).map((column) => (
              <Table.Th key={column}>{t(`staff.audit.columns.${column}`)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Table.Tr key={row.id}>
              <Table.Td className={classes.moment}>{formatDateTime(row.at)}</Table.Td>
              <Table.Td>
                {whoOf(row)}
                {row.onBehalf && (
                  <span className={classes.quiet}> {t('staff.audit.onBehalf', { name: row.onBehalf })}</span>
                )}
              </Table.Td>
              <Table.Td>{opener(row)}</Table.Td>
              <Table.Td>{row.moduleTitle}</Table.Td>
              <Table.Td>{row.record?.label}</Table.Td>
              <Table.Td className={classes.moment}>{row.ip}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** The person, or the address typed by somebody who could not sign in. */
const whoOf = (row: AuditRowView) => (row.front === null && row.email ? row.email : row.who)

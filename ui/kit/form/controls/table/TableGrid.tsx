import { Table, Text } from '@mantine/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useImperativeHandle, useRef, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { FormSchema } from '#forms'
import { controlName } from '../../schema/controlName.ts'
import { titleOf } from '../../schema/schemaAt.ts'
import { RowButtons } from './RowButtons.tsx'
import { TableCell } from './TableCell.tsx'
import { TableTotals } from './TableTotals.tsx'
import type { RowsView, RowsViewProps } from './RowsView.ts'
import { useGrowing } from './useGrowing.ts'
import classes from '../TableControl.module.css'

/** From here on only the rows in sight are drawn, in a frame of their own that scrolls. */
const many = 40
/** Pixels of a row without errors. */
const rowHeight = 43

/** The rows as a table. */
export function TableGrid({ ref, ...props }: RowsViewProps & { ref: Ref<RowsView> }) {
  const { id, path, label, count, rule, kept, onMove, onRemove } = props
  const { t } = useTranslation()
  const frame = useRef<HTMLDivElement>(null)
  const isLong = count > many
  const rows = useVirtualizer({
    count,
    enabled: isLong,
    getScrollElement: () => frame.current,
    estimateSize: () => rowHeight,
    overscan: 3,
    initialRect: { width: 900, height: 480 },
  })
  useImperativeHandle(ref, () => ({ show: (at) => isLong && rows.scrollToIndex(at, { align: 'center' }) }), [
    isLong,
    rows,
  ])
  const drawn = rows.getVirtualItems()
  const inSight = isLong ? drawn.map(({ index }) => index) : Array.from({ length: count }, (_, index) => index)
  const indexes = inSight.slice(0, useGrowing(inSight.length))
  const above = isLong ? (drawn[0]?.start ?? 0) : 0
  const below = isLong ? rows.getTotalSize() - (drawn.at(-1)?.end ?? 0) : 0
  return (
    <div
      ref={frame}
      className={classes.frame}
      data-long={isLong || undefined}
      {...(isLong ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}
    >
      <Table
        aria-label={label}
        aria-rowcount={count + 1}
        verticalSpacing={6}
        horizontalSpacing={6}
        className={classes.table}
        miw={Math.min(rule.columns.length * 150, 900)}
      >
        <Table.Thead>
          <Table.Tr aria-rowindex={1}>
            {rule.columns.map(([name, field]) => (
              <Table.Th key={name} fw={500} fz={13} miw={columnWidth(field)}>
                {titleOf(field, name)}
                {rule.required.has(name) && (
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
          {above > 0 && (
            <tr aria-hidden>
              <td style={{ height: above }} />
            </tr>
          )}
          {indexes.map((at) => (
            <Table.Tr
              key={at}
              aria-rowindex={at + 2}
              data-index={at}
              {...(isLong ? { ref: (row) => rows.measureElement(row) } : {})}
            >
              {rule.columns.map(([name, field]) => (
                <Table.Td key={name} data-row={at} data-column={name} style={{ verticalAlign: 'top' }}>
                  <TableCell
                    id={`${id}.${at}.${name}`}
                    path={`${path}.${at}.${name}`}
                    schema={field}
                    label={t('kit.form.cell', { column: titleOf(field, name), row: at + 1 })}
                    bare
                    main={name === rule.main ? name : undefined}
                  />
                </Table.Td>
              ))}
              <Table.Td style={{ verticalAlign: 'top' }}>
                <RowButtons
                  at={at}
                  count={count}
                  rule={rule}
                  isKept={kept.has(at)}
                  onMove={onMove}
                  onRemove={onRemove}
                />
              </Table.Td>
            </Table.Tr>
          ))}
          {below > 0 && (
            <tr aria-hidden>
              <td style={{ height: below }} />
            </tr>
          )}
        </Table.Tbody>
        <TableTotals path={path} rule={rule} />
      </Table>
    </div>
  )
}

/** Pixels a column does with: texts that run on need room, short ones less, a choice or a number least. */
function columnWidth(field: FormSchema): number {
  const control = controlName(field)
  if (['textarea', 'reference', 'files', 'file'].includes(control)) return 220
  return control === 'text' && field.pattern === undefined ? 160 : 128
}

import { Button, Group, Text } from '@mantine/core'
import { useImperativeHandle, useState, type Ref } from 'react'
import { flushSync } from 'react-dom'
import { useTranslation } from 'react-i18next'
import { titleOf } from '../../schema/schemaAt.ts'
import { RowButtons } from './RowButtons.tsx'
import { TableCell } from './TableCell.tsx'
import { TableTotals } from './TableTotals.tsx'
import type { RowsView, RowsViewProps } from './RowsView.ts'
import { useGrowing } from './useGrowing.ts'
import classes from '../TableControl.module.css'

/** Cards drawn at once: a phone is slow, and nobody reads more. */
const batch = 20

/** The rows as cards, for narrow screens. */
export function TableCards({ ref, ...props }: RowsViewProps & { ref: Ref<RowsView> }) {
  const { id, path, count, rule, kept, onMove, onRemove } = props
  const { t } = useTranslation()
  const [until, setUntil] = useState(batch)
  useImperativeHandle(
    ref,
    () => ({ show: (at) => at >= until && flushSync(() => setUntil((Math.floor(at / batch) + 1) * batch)) }),
    [until],
  )
  const drawn = useGrowing(Math.min(count, until))
  return (
    <>
      <ol className={classes.cards}>
        {Array.from({ length: drawn }, (_, at) => (
          <li key={at} className={classes.card}>
            <Group justify="space-between" mb={4} wrap="nowrap">
              <Text fw={600} size="sm" className={classes.cardTitle}>
                {rule.item ? `${rule.item.title} ${at + 1}` : t('kit.form.row', { row: at + 1 })}
              </Text>
              <RowButtons at={at} count={count} rule={rule} isKept={kept.has(at)} onMove={onMove} onRemove={onRemove} />
            </Group>
            {rule.columns.map(([name, field]) => (
              <div key={name} data-row={at} data-column={name} className={classes.cardField}>
                <TableCell
                  id={`${id}.${at}.${name}`}
                  path={`${path}.${at}.${name}`}
                  schema={field}
                  label={titleOf(field, name)}
                  bare={false}
                  main={name === rule.main ? name : undefined}
                />
              </div>
            ))}
          </li>
        ))}
      </ol>
      {count > until && (
        <Button variant="subtle" mt={8} onClick={() => setUntil(until + batch)}>
          {t('kit.form.moreRows', { count: count - until })}
        </Button>
      )}
      <TableTotals path={path} rule={rule} plain />
    </>
  )
}

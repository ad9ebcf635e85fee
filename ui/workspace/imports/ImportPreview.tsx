import { Paper, Stack, Table, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { Fragment, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ImportRowView, ImportView } from '#engine/contract'
import { FoldButton } from '../FoldButton.tsx'
import classes from './imports.module.css'

const SHOWN = 10
/** Values of a row on a phone, before it is unfolded. */
const SHOWN_VALUES = 3

interface Rows {
  rows: ImportRowView[]
  title: string
  isOpen: (row: ImportRowView) => boolean
  onToggle: (row: ImportRowView) => void
}

/** The first rows as the records will be, with what is computed and numbered: a line each, and whole when unfolded. */
export function ImportPreview({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const narrow = useMediaQuery('(max-width: 48em)')
  const [open, setOpen] = useState<number | null>(null)
  const rows = sheet.preview.filter(({ texts }) => Object.keys(texts).length > 0).slice(0, SHOWN)
  if (rows.length === 0) return null
  const Drawing = narrow ? PreviewCards : PreviewTable
  const title = t('staff.imports.preview')
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        <Drawing
          rows={rows}
          title={title}
          isOpen={({ number }) => number === open}
          onToggle={({ number }) => setOpen(number === open ? null : number)}
        />
      </Stack>
    </Paper>
  )
}

function PreviewTable({ rows, title, isOpen, onToggle }: Rows) {
  const { t } = useTranslation()
  const names = [...new Set(rows.flatMap(({ texts }) => Object.keys(texts)))]
  return (
    // Reached by keyboard, for it scrolls sideways.
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={title}>
      <Table className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            {[t('staff.imports.row'), t('staff.imports.result'), ...names].map((name) => (
              <Table.Th key={name} scope="col">
                {name}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <Fragment key={row.number}>
              <Table.Tr>
                <Table.Th scope="row">
                  <FoldButton title={String(row.number)} isOpen={isOpen(row)} onToggle={() => onToggle(row)} />
                </Table.Th>
                <Table.Td>{row.outcome && t(`staff.imports.outcome.${row.outcome}`)}</Table.Td>
                {names.map((name) => (
                  <Table.Td key={name}>{row.texts[name] ?? ''}</Table.Td>
                ))}
              </Table.Tr>
              {isOpen(row) && (
                <Table.Tr className={classes.whole}>
                  <Table.Td colSpan={names.length + 2}>
                    <Values values={Object.entries(row.texts)} />
                  </Table.Td>
                </Table.Tr>
              )}
            </Fragment>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function PreviewCards({ rows, title, isOpen, onToggle }: Rows) {
  const { t } = useTranslation()
  return (
    <ul className={classes.cards} aria-label={title}>
      {rows.map((row) => {
        const values = Object.entries(row.texts)
        const outcome = row.outcome && t(`staff.imports.outcome.${row.outcome}`)
        return (
          <li key={row.number}>
            <FoldButton
              title={[`${t('staff.imports.row')} ${row.number}`, outcome].filter(Boolean).join(' · ')}
              isOpen={isOpen(row)}
              onToggle={() => onToggle(row)}
            />
            <Values values={isOpen(row) ? values : values.slice(0, SHOWN_VALUES)} />
          </li>
        )
      })}
    </ul>
  )
}

function Values({ values }: { values: [string, string][] }) {
  return (
    <dl className={classes.values}>
      {values.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  )
}

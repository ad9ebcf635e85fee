import { Paper, Stack, Table, Title } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ImportView } from '#engine/contract'
import classes from './imports.module.css'

const SHOWN = 10

/** The first rows as the records will be, with what is computed and numbered. */
export function ImportPreview({ sheet }: { sheet: ImportView }) {
  const { t } = useTranslation()
  const rows = sheet.preview.filter(({ texts }) => Object.keys(texts).length > 0).slice(0, SHOWN)
  const titles = [...new Set(rows.flatMap(({ texts }) => Object.keys(texts)))]
  if (rows.length === 0) return null
  const title = t('staff.imports.preview')
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Stack gap="sm">
        <Title order={2} size="h4">
          {title}
        </Title>
        {/* Reached by keyboard, for it scrolls sideways. */}
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={title}>
          <Table className={classes.table}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('staff.imports.row')}</Table.Th>
                <Table.Th>{t('staff.imports.result')}</Table.Th>
                {titles.map((name) => (
                  <Table.Th key={name}>{name}</Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map(({ number, outcome, texts }) => (
                <Table.Tr key={number}>
                  <Table.Td>{number}</Table.Td>
                  <Table.Td>{outcome && t(`staff.imports.outcome.${outcome}`)}</Table.Td>
                  {titles.map((name) => (
                    <Table.Td key={name}>{texts[name] ?? ''}</Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      </Stack>
    </Paper>
  )
}

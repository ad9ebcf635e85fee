import { Table } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import type { FormSchema, Json, JsonObject } from '#forms'
import { titleOf } from '../form/schema/schemaAt.ts'
import { FieldValue } from './FieldValue.tsx'
import classes from './subList.module.css'

interface SubListProps {
  schema: FormSchema
  value: Json
  labels: Record<string, Record<string, string>>
  field: string
}

/** A sub-list as a small table, on a phone as cards. */
export function SubListValue({ schema, value, labels, field }: SubListProps) {
  const narrow = useMediaQuery('(max-width: 48em)')
  const columns = Object.entries(schema.items?.properties ?? {})
  const rows = (Array.isArray(value) ? value : []) as JsonObject[]
  const cell = (row: JsonObject, name: string, column: FormSchema) => (
    <FieldValue schema={column} value={row[name]} data={row} labels={labels[`${field}.${name}`]} compact />
  )
  if (narrow)
    return (
      <ul className={classes.rows} aria-label={schema.title}>
        {rows.map((row, index) => (
          <li key={index}>
            <dl>
              {columns
                .filter(([name]) => row[name] !== undefined && row[name] !== null && row[name] !== '')
                .map(([name, column]) => (
                  <div key={name}>
                    <dt>{titleOf(column, name)}</dt>
                    <dd>{cell(row, name, column)}</dd>
                  </div>
                ))}
            </dl>
          </li>
        ))}
      </ul>
    )
  return (
    <Table.ScrollContainer
      minWidth={Math.min(columns.length * 120, 720)}
      // What scrolls sideways must be reachable without a mouse.
      scrollAreaProps={{ viewportProps: { tabIndex: 0 } }}
    >
      {/* A telephone number stays in one piece: the table scrolls before it breaks a word. */}
      <Table
        withTableBorder
        verticalSpacing={6}
        fz={13}
        aria-label={schema.title}
        style={{ overflowWrap: 'break-word' }}
      >
        <Table.Thead>
          <Table.Tr>
            {columns.map(([name, column]) => (
              <Table.Th key={name}>{titleOf(column, name)}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            <Table.Tr key={index}>
              {columns.map(([name, column]) => (
                <Table.Td key={name}>{cell(row, name, column)}</Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

import { Table } from '@mantine/core'
import type { FormSchema, Json, JsonObject } from '#forms'
import { titleOf } from '../form/schemaAt.ts'
import { FieldValue } from './FieldValue.tsx'

/** A sub-list as a small table. */
export function SubListValue({
  schema,
  value,
  labels,
  field,
}: {
  schema: FormSchema
  value: Json
  labels: Record<string, Record<string, string>>
  field: string
}) {
  const columns = Object.entries(schema.items?.properties ?? {})
  const rows = (Array.isArray(value) ? value : []) as JsonObject[]
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
                <Table.Td key={name}>
                  <FieldValue
                    schema={column}
                    value={row[name]}
                    data={row}
                    labels={labels[`${field}.${name}`]}
                    compact
                  />
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

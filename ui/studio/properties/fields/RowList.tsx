import { ActionIcon, Button, Group, Paper, Stack, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props<R> {
  title: string
  rows: R[]
  onChange: (rows: R[]) => void
  /** A new row; without it nothing can be added. */
  create?: () => R
  addLabel: string
  /** What the buttons call this row: «Quitar Aprobar». */
  nameOf: (row: R, index: number) => string
  ordered?: boolean
  children: (row: R, change: (row: R) => void, index: number) => ReactNode
}

/** A list edited in place: each row a small card, with buttons that also work from the keyboard. */
export function RowList<R>({ title, rows, onChange, create, addLabel, nameOf, ordered, children }: Props<R>) {
  const { t } = useTranslation()
  const swap = (index: number, other: number) => {
    const moved = [...rows]
    const [row] = moved.splice(index, 1)
    if (row !== undefined) moved.splice(other, 0, row)
    onChange(moved)
  }
  return (
    <Stack gap={8} role="group" aria-label={title}>
      <Text component="h3" size="sm" fw={600}>
        {title}
      </Text>
      {rows.map((row, index) => {
        const name = nameOf(row, index)
        return (
          <Paper key={index} p={10} bg="var(--cauce-ground)">
            <Stack gap={8}>
              <Group justify="space-between" gap={4} wrap="nowrap">
                <Text size="sm" fw={500} truncate>
                  {name}
                </Text>
                <Group gap={2} wrap="nowrap">
                  {ordered && (
                    <>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={26}
                        disabled={index === 0}
                        aria-label={t('studio.row.up', { name })}
                        onClick={() => swap(index, index - 1)}
                      >
                        <IconArrowUp size={16} />
                      </ActionIcon>
                      <ActionIcon
                        variant="subtle"
                        color="gray"
                        size={26}
                        disabled={index === rows.length - 1}
                        aria-label={t('studio.row.down', { name })}
                        onClick={() => swap(index, index + 1)}
                      >
                        <IconArrowDown size={16} />
                      </ActionIcon>
                    </>
                  )}
                  <ActionIcon
                    variant="subtle"
                    color="red"
                    size={26}
                    aria-label={t('studio.row.remove', { name })}
                    onClick={() => onChange(rows.toSpliced(index, 1))}
                  >
                    <IconTrash size={16} />
                  </ActionIcon>
                </Group>
              </Group>
              {children(row, (changed) => onChange(rows.with(index, changed)), index)}
            </Stack>
          </Paper>
        )
      })}
      {create && (
        <Button
          variant="light"
          size="xs"
          leftSection={<IconPlus size={14} />}
          onClick={() => onChange([...rows, create()])}
        >
          {addLabel}
        </Button>
      )}
    </Stack>
  )
}

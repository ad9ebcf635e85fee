import { Button, Checkbox, Popover, ScrollArea, Stack, Text, TextInput } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { foldText } from '#forms'
import { ColumnItem } from './ColumnItem.tsx'
import { moved, offeredColumns } from './offeredColumns.ts'

/** Which columns a list shows, and in which order: searched, ticked, moved with the buttons or the pointer. */
export function ColumnsMenu({
  entity,
  columns: given,
  onChange,
}: {
  entity: EntityView
  columns: string[]
  /** null: those of the definition. */
  onChange: (columns: string[] | null) => void
}) {
  const { t } = useTranslation()
  const [typed, setTyped] = useState('')
  const [dragged, setDragged] = useState<string | null>(null)
  // The address follows a moment later: the next click must build on this one.
  const [columns, setColumns] = useState(given)
  // A line that moves to the other list takes the focus with it into nothing: the keyboard goes on in the search.
  const search = useRef<HTMLInputElement>(null)
  const all = offeredColumns(entity)
  const wanted = foldText(typed.trim())
  const matching = all.filter((one) => foldText(one.title).includes(wanted))
  const titleOf = (name: string) => all.find((one) => one.name === name)?.title ?? name
  const set = (next: string[]) => {
    setColumns(next)
    const isOwn = next.join(',') === entity.list.columns.join(',')
    onChange(isOwn ? null : next)
  }
  const move = (name: string, to: number) => set(moved(columns, columns.indexOf(name), to))
  return (
    <Popover position="bottom-end" shadow="sm" trapFocus returnFocus withinPortal onOpen={() => setColumns(given)}>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 aria-hidden size={16} />}>
          {t('kit.list.columns.label')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown w={320}>
        <Stack gap="xs" role="group" aria-label={t('kit.list.columns.label')}>
          <TextInput
            ref={search}
            type="search"
            aria-label={t('kit.list.columns.search')}
            placeholder={t('kit.list.columns.search')}
            data-autofocus
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ScrollArea.Autosize mah={360} type="auto" offsetScrollbars viewportProps={{ tabIndex: -1 }}>
            {!wanted && (
              <>
                <ul style={{ listStyle: 'none', margin: 0, padding: 0 }} aria-label={t('kit.list.columns.shown')}>
                  {columns.map((name, index) => (
                    <ColumnItem
                      key={name}
                      title={titleOf(name)}
                      isFirst={index === 0}
                      isLast={index === columns.length - 1}
                      isOnly={columns.length === 1}
                      isDragged={dragged === name}
                      onHide={() => {
                        set(columns.filter((other) => other !== name))
                        search.current?.focus()
                      }}
                      onMove={(by) => move(name, index + by)}
                      onDrag={() => setDragged(name)}
                      onDragOver={() => dragged && dragged !== name && move(dragged, index)}
                      onDrop={() => setDragged(null)}
                    />
                  ))}
                </ul>
                <Text size="xs" c="dimmed" mt={8} mb={4}>
                  {t('kit.list.columns.others')}
                </Text>
              </>
            )}
            <Stack gap={8} py={4} px={2}>
              {matching
                .filter((one) => wanted || !columns.includes(one.name))
                .map((one) => (
                  <Checkbox
                    key={one.name}
                    size="sm"
                    label={one.title}
                    checked={columns.includes(one.name)}
                    disabled={columns.length === 1 && columns[0] === one.name}
                    onChange={(event) => {
                      set(
                        event.currentTarget.checked
                          ? [...columns, one.name]
                          : columns.filter((other) => other !== one.name),
                      )
                      if (!wanted) search.current?.focus()
                    }}
                  />
                ))}
              {matching.length === 0 && (
                <Text size="sm" c="dimmed">
                  {t('kit.form.nothingFound')}
                </Text>
              )}
            </Stack>
          </ScrollArea.Autosize>
          <Button variant="subtle" size="compact-sm" onClick={() => set(entity.list.columns)}>
            {t('kit.list.columns.reset')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}

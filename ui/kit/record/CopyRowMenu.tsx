import { Button, Menu } from '@mantine/core'
import { IconCopy } from '@tabler/icons-react'
import { rowsToCopy, type JsonObject, type RelatedStart } from '#forms'

/** Chooses a row of one record that another one begins with; nothing where there is no row to choose. */
export function CopyRowMenu({
  relation,
  parent,
  onChoose,
}: {
  relation: RelatedStart
  parent: JsonObject
  onChoose: (data: JsonObject) => void
}) {
  const rows = rowsToCopy(relation, parent)
  if (!relation.rows || rows.length === 0) return null
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <Button variant="subtle" leftSection={<IconCopy aria-hidden size={16} />}>
          {relation.rows.title}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={360} maw={420} style={{ overflowY: 'auto' }}>
        {rows.map(({ label, data }, index) => (
          <Menu.Item key={index} onClick={() => onChoose(data)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

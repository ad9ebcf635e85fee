import { Button, Menu } from '@mantine/core'
import { IconCheck, IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { EntityView } from '#engine/contract'
import { recordStatuses, type ListQuery } from '../listQuery.ts'
import classes from '../list.module.css'
import type { ChangeListQuery } from '../useListQuery.ts'

/** Records in use, inactive ones, deleted ones (for those who may delete), or all. */
export function StatusFilter({
  entity,
  query,
  onChange,
}: {
  entity: EntityView
  query: ListQuery
  onChange: ChangeListQuery
}) {
  const { t } = useTranslation()
  const chosen = query.status || 'active'
  const offered = recordStatuses.filter((status) => status !== 'deleted' || entity.may.delete)
  return (
    <Menu position="bottom-start" withinPortal>
      <Menu.Target>
        <Button
          className={classes.chip}
          size="compact-sm"
          radius="xl"
          variant={query.status ? 'light' : 'default'}
          rightSection={<IconChevronDown aria-hidden size={14} />}
        >
          {t(`kit.list.status.${chosen}`)}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {offered.map((status) => (
          <Menu.Item
            key={status}
            aria-current={status === chosen || undefined}
            rightSection={status === chosen ? <IconCheck aria-hidden size={14} /> : undefined}
            onClick={() => onChange((now) => ({ ...now, status: status === 'active' ? '' : status, page: 1 }))}
          >
            {t(`kit.list.status.${status}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

import { ActionIcon, Badge, Menu } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconDots, IconEye, IconEyeOff, IconPencil, IconTrash } from '@tabler/icons-react'
import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import type { CatalogRowsView, CatalogRowView } from '#engine/contract'
import { FieldValue } from '../../kit/values/FieldValue.tsx'
import classes from './catalogs.module.css'

const MOST_COLUMNS = 4

interface CatalogRowProps {
  row: CatalogRowView
  view: CatalogRowsView
  onEdit: () => void
  onDelete: () => void
  onInactive: (inactive: boolean) => void
  /** null: it cannot go further, or its neighbours are not in sight. */
  onUp: (() => void) | null
  onDown: (() => void) | null
}

/** One row with its columns, and what can be done with it. */
export function CatalogRow({ row, view, onEdit, onDelete, onInactive, onUp, onDown }: CatalogRowProps) {
  const { t } = useTranslation()
  const columns = Object.entries(view.form.schema.properties ?? {}).slice(0, MOST_COLUMNS)
  return (
    <li className={`${classes.row} ${row.inactive ? classes.off : ''}`}>
      <dl className={classes.values} style={{ '--columns': columns.length } as CSSProperties}>
        {columns.map(([name, schema], index) => (
          <div key={name}>
            <dt>{schema.title ?? name}</dt>
            <dd>
              <FieldValue schema={schema} value={row.data[name]} labels={view.labels[name]} compact />{' '}
              {index === 0 && row.inactive && (
                <Badge variant="light" color="gray" c="#495057" tt="none">
                  {t('staff.catalogs.withdrawnOne')}
                </Badge>
              )}
            </dd>
          </div>
        ))}
      </dl>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={36}
            aria-label={t('staff.catalogs.more', { name: row.title })}
          >
            <IconDots aria-hidden size={18} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconPencil aria-hidden size={16} />} onClick={onEdit}>
            {t('kit.edit')}
          </Menu.Item>
          {onUp && (
            <Menu.Item leftSection={<IconArrowUp aria-hidden size={16} />} onClick={onUp}>
              {t('staff.catalogs.up')}
            </Menu.Item>
          )}
          {onDown && (
            <Menu.Item leftSection={<IconArrowDown aria-hidden size={16} />} onClick={onDown}>
              {t('staff.catalogs.down')}
            </Menu.Item>
          )}
          <Menu.Item
            leftSection={row.inactive ? <IconEye aria-hidden size={16} /> : <IconEyeOff aria-hidden size={16} />}
            onClick={() => onInactive(!row.inactive)}
          >
            {t(row.inactive ? 'staff.catalogs.activate' : 'staff.catalogs.withdraw')}
          </Menu.Item>
          <Menu.Item c="#b42318" leftSection={<IconTrash aria-hidden size={16} />} onClick={onDelete}>
            {t('staff.catalogs.delete')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </li>
  )
}

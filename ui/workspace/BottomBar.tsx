import { Drawer } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { NamedIcon } from '../kit/values/NamedIcon.tsx'
import type { MenuGroup } from './menuLinks.ts'
import classes from './shell.module.css'

const direct = 4

/** On a phone: the first four of the menu under the thumb, everything else behind "Más". */
export function BottomBar({ groups }: { groups: MenuGroup[] }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const links = groups.flatMap((group) => group.links)
  return (
    <nav className={classes.bottom} aria-label={t('staff.menu.label')}>
      {links.slice(0, links.length > direct + 1 ? direct : direct + 1).map((link) => (
        <NavLink key={link.to} to={link.to} className={classes.bottomLink}>
          <NamedIcon name={link.icon} fallback="file-text" size={22} />
          <span>{link.title}</span>
        </NavLink>
      ))}
      {links.length > direct + 1 && (
        <button type="button" className={classes.bottomLink} aria-expanded={open} onClick={() => setOpen(true)}>
          <IconMenu2 aria-hidden size={22} stroke={1.75} />
          <span>{t('staff.menu.more')}</span>
        </button>
      )}
      <Drawer
        opened={open}
        onClose={() => setOpen(false)}
        position="bottom"
        size="auto"
        title={t('staff.menu.label')}
        closeButtonProps={{ 'aria-label': t('kit.close') }}
      >
        {groups.map((group, index) => (
          <div key={index}>
            {group.title && <p className={classes.groupTitle}>{group.title}</p>}
            <ul className={classes.group}>
              {group.links.map((link) => (
                <li key={link.to}>
                  <NavLink to={link.to} className={classes.link} onClick={() => setOpen(false)}>
                    <NamedIcon name={link.icon} fallback="file-text" size={20} />
                    <span>{link.title}</span>
                    {!!link.count && <span className={classes.count}>{link.count}</span>}
                  </NavLink>
                </li>
              ))}
            </ul>
          </div>
        ))}
      </Drawer>
    </nav>
  )
}

import { Tooltip } from '@mantine/core'
import { NavLink } from 'react-router'
import { useTasks } from '../client/useTasks.ts'
import { paths } from '../kit/app/paths.ts'
import { NamedIcon } from '../kit/values/NamedIcon.tsx'
import type { MenuGroup } from './menuLinks.ts'
import classes from './shell.module.css'

/** The left menu; `small` shows icons with their words on hover. */
export function SideMenu({ groups, small }: { groups: MenuGroup[]; small: boolean }) {
  const { data: mine } = useTasks({ tab: 'mine', size: 1 })
  return (
    <>
      {groups.map((group, index) => (
        <div key={index}>
          {group.title && !small && (
            <p className={classes.groupTitle} id={`menu-${index}`}>
              {group.title}
            </p>
          )}
          <ul className={classes.group} aria-labelledby={group.title && !small ? `menu-${index}` : undefined}>
            {group.links.map((link) => (
              <li key={link.to}>
                <Tooltip label={link.title} position="right" disabled={!small}>
                  <NavLink to={link.to} className={classes.link} aria-label={small ? link.title : undefined}>
                    <NamedIcon name={link.icon} fallback="file-text" size={20} />
                    {!small && <span>{link.title}</span>}
                    {!small && link.to === paths.inbox && !!mine?.total && (
                      <span className={classes.count}>{mine.total}</span>
                    )}
                  </NavLink>
                </Tooltip>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  )
}

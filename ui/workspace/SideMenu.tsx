import { Tooltip } from '@mantine/core'
import { NavLink } from 'react-router'
import { useTasks } from '../client/cases/useTasks.ts'
import { paths } from '../kit/app/paths.ts'
import { NamedIcon } from '../kit/values/NamedIcon.tsx'
import type { MenuGroup, MenuLink } from './menuLinks.ts'
import classes from './shell.module.css'

/** The left menu; `small` shows icons with their words on hover. */
export function SideMenu({ groups, small }: { groups: MenuGroup[]; small: boolean }) {
  const { data: mine } = useTasks({ tab: 'mine', size: 1 })
  const countOf = (link: MenuLink) => (link.to === paths.inbox ? mine?.total : link.count)
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
                  <NavLink
                    end={isAbove(link, groups)}
                    to={link.to}
                    className={classes.link}
                    aria-label={small ? link.title : undefined}
                  >
                    <NamedIcon name={link.icon} fallback="file-text" size={20} />
                    {!small && <span>{link.title}</span>}
                    {!small && !!countOf(link) && <span className={classes.count}>{countOf(link)}</span>}
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

/** Does another link lead further down the same way? Then being there is not being here. */
const isAbove = ({ to }: MenuLink, groups: MenuGroup[]): boolean =>
  groups.some(({ links }) => links.some((other) => other.to.startsWith(`${to}/`)))

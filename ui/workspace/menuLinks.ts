import type { SessionView } from '#engine/contract'
import { paths } from '../kit/app/paths.ts'

export interface MenuLink {
  to: string
  title: string
  icon: string
  /** What waits there. */
  count?: number
}
export interface MenuGroup {
  /** null: entries that stand alone. */
  title: string | null
  links: MenuLink[]
}

/**
 * The menu by work: the inbox first, then what the definition lists. A menu of one entry stands alone; one of several
 * is a group with its title. Pages that no menu holds come last.
 */
export function menuLinks(
  session: SessionView,
  words: {
    inbox: string
    operations: string
    reports: string
    audit: string
    roles: string
    catalogs: string
    calendar: string
    settings: string
    studio: string
  },
): MenuGroup[] {
  const alone: MenuLink[] = [{ to: paths.inbox, title: words.inbox, icon: 'inbox' }]
  const groups: MenuGroup[] = []
  const pages: Record<string, MenuLink> = {
    catalogs: { to: paths.catalogs, title: words.catalogs, icon: 'database' },
    calendar: { to: paths.calendar, title: words.calendar, icon: 'calendar' },
    settings: { to: paths.settings, title: words.settings, icon: 'settings' },
  }
  const placed = new Set<string>()
  const rest = (...keys: string[]) => keys.flatMap((key) => (placed.has(key) ? [] : [pages[key]!]))
  for (const menu of session.menus) {
    const links = menu.items.flatMap<MenuLink>((item) => {
      if (item.kind === 'entity')
        return [
          {
            to: paths.records(item.key),
            title: item.title,
            icon: menu.icon ?? 'file-text',
            ...(item.count ? { count: item.count } : {}),
          },
        ]
      if (item.kind === 'process') return [{ to: paths.start(item.key), title: item.title, icon: 'plus' }]
      if (item.kind === 'page' && pages[item.key]) {
        placed.add(item.key)
        return [pages[item.key]!]
      }
      return []
    })
    if (links.length === 1) alone.push({ ...links[0]!, title: menu.title, icon: menu.icon ?? links[0]!.icon })
    else if (links.length) groups.push({ title: menu.title, links })
  }
  const last: MenuLink[] = [
    ...(session.may.includes('reports') ? [{ to: paths.reports, title: words.reports, icon: 'chart-bar' }] : []),
    ...(session.may.includes('operations')
      ? [{ to: paths.operations, title: words.operations, icon: 'alert-triangle' }]
      : []),
    ...(session.may.includes('audit') ? [{ to: paths.audit, title: words.audit, icon: 'clipboard-list' }] : []),
    ...(session.may.includes('roles') ? [{ to: paths.roles, title: words.roles, icon: 'lock' }] : []),
    ...(session.may.includes('catalogs') ? rest('catalogs') : []),
    ...(session.may.includes('settings') ? rest('calendar', 'settings') : []),
    ...(session.may.includes('studio') ? [{ to: paths.studio, title: words.studio, icon: 'schema' }] : []),
  ]
  return [{ title: null, links: alone }, ...groups, ...(last.length ? [{ title: null, links: last }] : [])]
}

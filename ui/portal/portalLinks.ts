import type { MenuView } from '#engine/contract'
import { paths } from '../kit/app/paths.ts'

export interface PortalLink {
  to: string
  title: string
}

/** The menu of the portal as links; the first kind of record is the home page. */
export function portalLinks(menus: MenuView[]): PortalLink[] {
  const home = homeItem(menus)
  return menus.flatMap((menu) =>
    menu.items.flatMap((item) => {
      // A section with one thing in it names that thing better ("Mis pedidos").
      const title = menu.items.length === 1 ? menu.title : item.title
      if (item.kind === 'entity') return [{ to: item.key === home?.key ? paths.home : paths.records(item.key), title }]
      return item.kind === 'process' ? [{ to: paths.start(item.key), title }] : []
    }),
  )
}

/** What the portal opens with: the first kind of record of its menu. */
export function homeItem(menus: MenuView[]): { key: string; title: string } | null {
  for (const menu of menus) {
    const item = menu.items.find((one) => one.kind === 'entity')
    if (item) return { key: item.key, title: menu.items.length === 1 ? menu.title : item.title }
  }
  return null
}

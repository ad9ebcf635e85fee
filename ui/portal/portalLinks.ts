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
      if (item.kind === 'entity') return [{ to: item === home ? paths.home : paths.records(item.key), title: item.title }]
      return item.kind === 'process' ? [{ to: paths.start(item.key), title: item.title }] : []
    }),
  )
}

/** What the portal opens with: the first kind of record of its menu. */
export function homeItem(menus: MenuView[]): MenuView['items'][number] | null {
  return menus.flatMap((menu) => menu.items).find((item) => item.kind === 'entity') ?? null
}

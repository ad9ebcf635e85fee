import type { MenuView } from '#engine/contract'
import { homeItem, portalLinks } from './portalLinks.ts'

const menus: MenuView[] = [
  { title: 'A', icon: null, items: [{ kind: 'process', key: 'ask', title: 'Ask' }] },
  {
    title: 'B',
    icon: null,
    items: [
      { kind: 'entity', key: 'request', title: 'Requests' },
      { kind: 'entity', key: 'bill', title: 'Bills' },
      { kind: 'view', key: 'board', title: 'Board' },
    ],
  },
]

describe('the menu of the portal', () => {
  it('opens with the first kind of record and leads to what can be opened here', () => {
    expect(homeItem(menus)).toEqual({ key: 'request', title: 'Requests' })
    expect(homeItem([{ title: 'My requests', icon: null, items: [menus[1]!.items[0]!] }])?.title).toBe('My requests')
    expect(portalLinks(menus)).toEqual([
      { to: '/iniciar/ask', title: 'A' },
      { to: '/', title: 'Requests' },
      { to: '/registros/bill', title: 'Bills' },
    ])
  })

  it('is empty for somebody who may see nothing', () => {
    expect(homeItem([])).toBeNull()
    expect(portalLinks([])).toEqual([])
  })
})

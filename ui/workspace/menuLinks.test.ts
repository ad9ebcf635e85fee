import type { SessionView } from '#engine/contract'
import { menuLinks } from './menuLinks.ts'

const session = (may: string[], menus: SessionView['menus']): SessionView => ({
  user: { id: 'u', name: 'Rosa', email: 'r@x.pe', roles: [] },
  front: 'staff',
  title: 'X',
  menus,
  may,
  demo: false,
  enrolling: false,
})
const words = {
  inbox: 'Bandeja',
  operations: 'Problemas',
  reports: 'Reportes',
  audit: 'Auditoría',
  roles: 'Roles y permisos',
  catalogs: 'Catálogos',
  calendar: 'Calendario',
  settings: 'Configuración',
  studio: 'Estudio',
}

describe('the menu by work', () => {
  const menus: SessionView['menus'] = [
    { title: 'Pedidos', icon: 'truck', items: [{ kind: 'entity', key: 'p', title: 'Pedido' }] },
    {
      title: 'Maestros',
      icon: null,
      items: [
        { kind: 'entity', key: 'a', title: 'A' },
        { kind: 'process', key: 'b', title: 'B' },
      ],
    },
  ]
  it('puts the inbox first and lets a menu of one entry stand alone', () => {
    const [alone, group] = menuLinks(session([], menus), words)
    expect(alone!.links.map((link) => [link.title, link.to])).toEqual([
      ['Bandeja', '/bandeja'],
      ['Pedidos', '/registros/p'],
    ])
    expect(group).toMatchObject({ title: 'Maestros', links: [{ to: '/registros/a' }, { to: '/iniciar/b' }] })
  })
  it('puts a page of its own where a menu holds it, and there alone', () => {
    const held: SessionView['menus'] = [
      { title: 'Maestros', icon: null, items: [menus[1]!.items[0]!, { kind: 'page', key: 'catalogs', title: '' }] },
    ]
    const [, group, last] = menuLinks(session(['catalogs', 'settings'], held), words)
    expect(group!.links.map(({ title }) => title)).toEqual(['A', 'Catálogos'])
    expect(last!.links.map(({ title }) => title)).toEqual(['Calendario', 'Configuración'])
  })
  it('shows the studio only to who may use it', () => {
    expect(menuLinks(session([], []), words)).toHaveLength(1)
    expect(menuLinks(session(['studio'], []), words).at(-1)!.links[0]!.to).toBe('/estudio')
  })
  it('shows problems only to who works on them, before the studio', () => {
    const last = menuLinks(session(['operations', 'studio'], []), words).at(-1)!
    expect(last.links.map((link) => link.to)).toEqual(['/operacion', '/estudio'])
    expect(menuLinks(session(['operations'], []), words).at(-1)!.links).toHaveLength(1)
  })
})

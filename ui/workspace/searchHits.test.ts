import { searchHits, type SearchInput } from './searchHits.ts'

const input = (typed: string, more: Partial<SearchInput> = {}): SearchInput => ({
  typed,
  groups: [
    { entity: 'note', title: 'Nota', items: [{ id: '1', label: 'Grúa roja' }] },
    { entity: 'case', title: 'Caso', items: [{ id: '2', label: 'Grúa 7' }] },
  ],
  links: [{ to: '/registros/case', title: 'Casos', icon: 'list' }],
  entities: [
    { key: 'case', title: 'Caso', titlePlural: 'Casos', creates: { process: 'open-case', title: 'Nuevo caso' } },
    { key: 'crane', title: 'Grúa', titlePlural: 'Grúas', creates: { process: null, title: null } },
    { key: 'note', title: 'Nota', titlePlural: 'Notas', creates: null },
  ],
  inMenu: ['case'],
  say: { place: 'Ir a', action: 'Acción', create: (what) => `Crear ${what.toLowerCase()}` },
  ...more,
})
const titles = (typed: string) => searchHits(input(typed)).map((hit) => hit.title)

describe('what the search over everything offers', () => {
  it('puts records of the kinds in the menu first', () => {
    expect(titles('zzz')).toEqual(['Grúa 7', 'Grúa roja'])
  })
  it('finds places and actions by words in any order, accents apart', () => {
    expect(searchHits(input('caso nuevo', { groups: [] }))).toEqual([
      { to: '/iniciar/open-case', title: 'Nuevo caso', kind: 'Acción' },
    ])
    expect(searchHits(input('grua', { groups: [] }))).toEqual([
      { to: '/registros/crane/nuevo', title: 'Crear grúa', kind: 'Acción' },
    ])
  })
  it('offers no action before anything is typed, and none that the person does not have', () => {
    expect(searchHits(input('', { groups: [] })).map((hit) => hit.kind)).toEqual(['Ir a'])
    expect(searchHits(input('crear nota', { groups: [] }))).toEqual([])
  })
})

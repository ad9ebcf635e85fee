import {
  activeFilters,
  filterValue,
  nextSort,
  parseListQuery,
  toAddress,
  toListSearch,
  toViewSearch,
  withFilter,
} from './listQuery.ts'

const read = (text: string) => parseListQuery(new URLSearchParams(text))
const write = (text: string) => toAddress(read(text)).toString()

describe('a list in the address', () => {
  it('says the same after being read and written', () => {
    const text =
      'q=gr%C3%BAa&filter.estado=En+Firma&filter.estado=Firmado&filter.fecha.from=2026-01-01&filter.fecha.to=2026-02-01&status=all&sort=-fecha&page=3&size=50&columnas=codigo%2Cfecha&vista=v1'
    expect(write(text)).toBe(text)
    expect(read(text)).toMatchObject({
      q: 'grúa',
      filters: { estado: ['En Firma', 'Firmado'] },
      columns: ['codigo', 'fecha'],
      view: 'v1',
      ranges: { fecha: { from: '2026-01-01', to: '2026-02-01' } },
      page: 3,
    })
  })
  it('leaves defaults out of the address, and says them to the server', () => {
    expect(write('page=1&size=25&q=')).toBe('')
    expect(toListSearch(read(''), { full: true }).toString()).toBe('page=1&size=25')
  })
  it('opens a list from an address that makes no sense', () => {
    expect(read('page=-2&size=9999&sort=&filter.=x')).toMatchObject({ page: 1, size: 25, sort: '', filters: {} })
  })
  it('asks the server and keeps in a view only what both know', () => {
    const query = read('q=x&filter.a=1&page=3&columnas=a&vista=v1&size=50')
    expect(toListSearch(query, { full: true }).toString()).toBe('q=x&filter.a=1&page=3&size=50')
    expect(toViewSearch(query)).toBe('q=x&filter.a=1')
  })
  it('starts again at the first page when a filter changes', () => {
    const query = read('filter.estado=A&page=4')
    expect(withFilter(query, 'estado', ['B', 'C'])).toMatchObject({ filters: { estado: ['B', 'C'] }, page: 1 })
    expect(withFilter(query, 'estado', null).filters).toEqual({})
    expect(activeFilters(withFilter(query, 'fecha', { from: '2026-01-01' }))).toEqual(['estado', 'fecha'])
  })
  it('holds what a filter asks beside values: none at all, parameters of a rule', () => {
    const query = read('filter.a.empty=true&filter.zona.departamento=15&filter.zona.provincia=1501&filter.b=1')
    expect(activeFilters(query)).toEqual(['a', 'zona', 'b'])
    expect(filterValue(query, 'a')).toEqual({ empty: true })
    expect(filterValue(query, 'zona')).toEqual({ params: { departamento: '15', provincia: '1501' } })
    expect(filterValue(query, 'zon')).toBeNull()
    const next = withFilter(withFilter(query, 'zona', { params: { departamento: '08' } }), 'a', ['x'])
    expect(toListSearch(next).toString()).toBe('filter.a=x&filter.b=1&filter.zona.departamento=08')
    expect(activeFilters(withFilter(next, 'zona', null))).toEqual(['b', 'a'])
  })
  it('goes round ascending, descending, own order', () => {
    expect(nextSort('', 'a')).toBe('a')
    expect(nextSort('a', 'a')).toBe('-a')
    expect(nextSort('-a', 'a')).toBe('')
  })
})

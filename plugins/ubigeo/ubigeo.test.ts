import { readFileSync } from 'node:fs'
import { parsePack } from '#definitions/pack'
import { department, level, place, province } from './codes.ts'

describe('UBIGEO codes', () => {
  it('say their level and what they lie in', () => {
    expect([level('15'), level('1501'), level('150122')]).toEqual(['department', 'province', 'district'])
    expect([department('150122'), province('150122')]).toEqual(['15', '1501'])
    expect([department('07'), province('07')]).toEqual(['07', null])
  })
  it.each(['', '1', '151', '15012', '26', '00', '1500', '150100', '1501222', 'xx'])('«%s» is no code', (code) => {
    expect([level(code), department(code), province(code)]).toEqual([null, null, null])
  })
  it('a place names what repeats once', () => {
    expect(place('Miraflores', 'Lima', 'Lima')).toBe('Miraflores, Lima')
    expect(place('Pimentel', 'Chiclayo', 'Lambayeque')).toBe('Pimentel, Chiclayo, Lambayeque')
  })

  it('[FM-D-114] the catalogues hold 25, 196 and 1,891, each code below an existing one', () => {
    const names = ['departamentos', 'provincias', 'distritos']
    const read = (path: string): string => readFileSync(`definitions/fm/${path}`, 'utf8')
    const paths = ['pack.json', 'roles.json', ...names.flatMap((n) => [`catalogs/${n}.json`, `catalogs/${n}.csv`])]
    const { pack } = parsePack(Object.fromEntries(paths.map((path) => [path, read(path)])))
    const [departments = [], provinces = [], districts = []] = names.map((name) => pack?.catalogs[name]?.rows)
    expect([departments.length, provinces.length, districts.length]).toEqual([25, 196, 1891])
    const codes = [...departments, ...provinces, ...districts].map((row) => row.ubigeo as string)
    expect(new Set(codes).size).toBe(25 + 196 + 1891)
    for (const code of codes) expect({ code, level: level(code) }).not.toEqual({ code, level: null })
    for (const row of provinces) expect(row.departamento).toBe(department(row.ubigeo as string))
    for (const row of districts) expect(row.provincia).toBe(province(row.ubigeo as string))
    expect(districts.find((row) => row.ubigeo === '150122')?.nombre).toBe('Miraflores')
  })
})

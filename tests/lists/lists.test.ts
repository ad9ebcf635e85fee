import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { EntityView, ListView, RecordView } from '#engine/contract'
import type { Running } from '../../engine/main.ts'
import { entityOf, renewListKeys } from '../../engine/packs/index.ts'
import { signIn, startProduct, type Visitor } from '../http/harness.ts'

type Data = Record<string, unknown>

/** What lists find, and for whom, over HTTP. */
describe('a list', () => {
  let product: Running
  let owner: Visitor
  let keeper: Visitor
  let visitor: Visitor
  let plant: string

  const create = async (entity: string, data: Data): Promise<string> => {
    const answer = await owner.post(`/api/records/${entity}`, { data })
    expect({ status: answer.status, body: answer.status === 201 ? null : answer.body }).toEqual({
      status: 201,
      body: null,
    })
    return (answer.body as RecordView).id
  }
  const list = async (query: string, who = owner, entity = 'gear'): Promise<ListView<RecordView>> => {
    const answer = await who.get(`/api/records/${entity}?${query}`)
    expect({ query, status: answer.status }).toEqual({ query, status: 200 })
    return answer.body as ListView<RecordView>
  }
  const named = async (query: string, who = owner): Promise<unknown[]> =>
    (await list(query, who)).items.map(({ data }) => data.description)
  const status = async (query: string, who = owner, entity = 'gear'): Promise<number> =>
    (await who.get(`/api/records/${entity}?${query}`)).status

  beforeAll(async () => {
    product = await startProduct({ packs: ['depot'], packsDir: resolve(import.meta.dirname, 'packs') })
    ;[owner, keeper, visitor] = (await Promise.all(
      ['owner', 'keeper', 'visitor'].map((name) => signIn(product.staffUrl, `${name}@depot.example`)),
    )) as [Visitor, Visitor, Visitor]
    plant = await create('site', {
      name: 'Planta Ñaña',
      address: 'Av. Los Álamos 120',
      department: 'LIM',
      zones: [{ department: 'LIM' }, { department: 'ICA', province: 'ICA2' }],
    })
    await create('site', {
      name: 'Almacén Sur',
      address: 'Calle 8',
      department: 'ARE',
      zones: [{ department: 'ICA', province: 'ICA3' }],
    })
    await create('gear', {
      description: 'Bomba centrífuga',
      category: 'BO',
      department: 'LIM',
      site: plant,
      serial: 'SX-9981',
      price: '99.50',
      bought: '2024-02-29',
      seen: '2024-03-01T03:00:00Z',
      uses: 3,
      spare: true,
      centre: 'Taller Norte',
      parts: [{ name: 'rotor', maker: 'Grundfos' }],
    })
    await create('gear', {
      description: 'Ascensor',
      category: 'AS',
      department: 'CUS',
      serial: 'ZZ-1',
      price: '1000.00',
      bought: '2024-03-01',
      seen: '2024-03-01T06:00:00Z',
      uses: 9,
      spare: true,
      marks: ['loud', 'hot'],
    })
    await create('gear', { description: 'Extintor', category: 'EX', department: 'LIM', price: '250.00' })
  }, 120_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('is found by texts inside of words, accents and case apart', async () => {
    expect(await named('q=ENTRIF')).toEqual(['Bomba centrífuga'])
    expect(await named('q=centrífuga BOMBA')).toEqual(['Bomba centrífuga'])
    expect(await named('q=9981')).toEqual(['Bomba centrífuga'])
    expect(await named('q=ombax')).toEqual([])
    expect(await named('filter.description=a CENT')).toEqual(['Bomba centrífuga'])
    expect(await named('filter.description=tint&filter.description=asc')).toEqual(['Ascensor', 'Extintor'])
  })

  it('compares amounts as numbers and not as texts', async () => {
    expect(await named('filter.price.from=100')).toEqual(['Ascensor', 'Extintor'])
    expect(await named('filter.price.to=250.0&sort=-price')).toEqual(['Extintor', 'Bomba centrífuga'])
    expect(await named('sort=price')).toEqual(['Bomba centrífuga', 'Extintor', 'Ascensor'])
    expect(await named('filter.price=1000')).toEqual(['Ascensor'])
    expect(await status('filter.price.from=mucho')).toBe(400)
  })

  it('takes months and years for days, in the time zone of the company', async () => {
    expect(await named('filter.bought=2024-02')).toEqual(['Bomba centrífuga'])
    expect(await named('filter.bought.from=2024-03&filter.bought.to=2024')).toEqual(['Ascensor'])
    // Three in the morning in Greenwich is the evening before in Lima.
    expect(await named('filter.seen=2024-02')).toEqual(['Bomba centrífuga'])
    expect(await named('filter.seen=2024-03-01')).toEqual(['Ascensor'])
    for (const day of ['2024-13', '2024-02-30', 'ayer']) expect(await status(`filter.bought=${day}`)).toBe(400)
  })

  it('finds what has no value, and what has one', async () => {
    expect(await named('filter.bought.empty=true')).toEqual(['Extintor'])
    expect(await named('filter.marks.empty=false')).toEqual(['Ascensor'])
    expect(await status('filter.bought.empty=quizá')).toBe(400)
  })

  it('looks into several fields with one box, and says where each record matched', async () => {
    const found = async (text: string) =>
      (await list(`filter.place=${text}`, owner, 'site')).items.map(({ data, matched }) => [data.name, matched])
    const where = (title: string, text: string) => [{ filter: 'place', title, text }]
    expect(await found('alamos')).toEqual([['Planta Ñaña', where('Address', 'Av. Los Álamos 120')]])
    expect(await found('areq')).toEqual([['Almacén Sur', where('Department', 'Arequipa')]])
    expect(await found('taller n')).toEqual([['Planta Ñaña', where('Cost centre', 'Taller Norte')]])
    expect(await found('nada')).toEqual([])
    expect((await list('filter.anywhere=grundf')).items.map(({ matched }) => matched)).toEqual([
      [{ filter: 'anywhere', title: 'Maker', text: 'Grundfos' }],
    ])
    expect(await named('filter.anywhere=extint')).toEqual(['Extintor'])
  })

  it('asks a rule with what was given: an empty province covers all of them', async () => {
    const sites = async (query: string) => (await list(query, owner, 'site')).items.map(({ data }) => data.name)
    expect(await sites('filter.covers.department=LIM&filter.covers.province=LIM4')).toEqual(['Planta Ñaña'])
    expect(await sites('filter.covers.department=ICA&filter.covers.province=ICA3')).toEqual(['Almacén Sur'])
    expect(await sites('filter.covers.department=ICA&filter.covers.province=ICA4')).toEqual([])
    expect(await status('filter.covers.country=PE', owner, 'site')).toBe(400)
    expect(await named('filter.idle=true')).toEqual(['Bomba centrífuga'])
  })

  it('describes its filters for the page', async () => {
    const view = (await owner.get('/api/entities/site')).body as EntityView
    expect(view.list.filters.find(({ name }) => name === 'covers')).toEqual({
      ...{ name: 'covers', title: 'Covers', kind: 'rule' },
      params: [
        { name: 'department', title: 'Department', kind: 'catalog', of: 'departments' },
        { name: 'province', title: 'Province', kind: 'catalog', of: 'provinces', parent: 'department' },
      ],
    })
    const gear = (await visitor.get('/api/entities/gear')).body as EntityView
    expect(gear.list.filters.map(({ name }) => name)).not.toContain('serial')
    expect(gear.list.sortable).toContain('brand')
    for (const name of ['price', 'site', 'marks']) expect(gear.list.sortable).not.toContain(name)
  })

  it('gives nobody away by a field that he may not read', async () => {
    expect(await named('q=9981', visitor)).toEqual([])
    expect(await named('q=centrif', visitor)).toEqual(['Bomba centrífuga'])
    for (const query of [
      'filter.serial=SX',
      'filter.price.from=1',
      'filter.serial.empty=true',
      'sort=price',
      'sort=-serial',
    ])
      expect({ query, status: await status(query, visitor) }).toEqual({ query, status: 400 })
    for (const query of ['filter.serial=SX', 'sort=price'])
      expect((await visitor.get(`/api/records/gear/export?format=csv&${query}`)).status).toBe(400)
    // Of related records as well: the keeper reads sites and gear, but no serial numbers, and gear of Lima only.
    const places = async (text: string) => (await list(`filter.place=${text}`, keeper, 'site')).total
    expect([await places('9981'), await places('cusco'), await places('taller')]).toEqual([0, 0, 1])
    expect(await status('', visitor, 'site')).toBe(403)
  })

  it('keeps row rules in what it finds and counts', async () => {
    expect(await list('filter.spare=true', keeper)).toMatchObject({ total: 1, items: [{ data: { category: 'BO' } }] })
    expect((await list('q=ascensor', keeper)).total).toBe(0)
  })

  it('refuses what it does not know, and pages that nobody reaches', async () => {
    for (const query of [
      'filter.nada=1',
      'filter.parts=1',
      'filter.brand.nada=1',
      'sort=site',
      'sort=nada',
      'filter.spare=quizá',
      'filter.__proto__=1',
    ])
      expect({ query, status: await status(query) }).toEqual({ query, status: 400 })
    const answer = await owner.get('/api/records/gear?page=500&size=200')
    expect([answer.status, answer.body.code]).toEqual([422, 'list.narrow'])
  })

  it('finds records of before the list asked for these words, once they were renewed', async () => {
    const { definition } = await entityOf(product.ctx, 'gear')
    const stored = product.ctx.store.connection.collection('records_gear')
    await stored.updateMany({}, { $unset: { tails: 1, keys: 1, listed: 1 } })
    expect(await named('q=centrif')).toEqual([])
    await renewListKeys(product.ctx, 'gear', definition)
    expect(await named('q=centrif')).toEqual(['Bomba centrífuga'])
    expect(await named('sort=-price')).toEqual(['Ascensor', 'Extintor', 'Bomba centrífuga'])
  })

  it('follows a record that changes', async () => {
    const [gear] = (await list('q=extintor')).items
    await owner.patch(
      `/api/records/gear/${gear!.id}`,
      { data: { description: 'Manguera' } },
      { headers: { 'if-match': String(gear!.revision) } },
    )
    expect([await named('q=extintor'), await named('q=anguer')]).toEqual([[], ['Manguera']])
  })
})

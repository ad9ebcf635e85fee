import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { depotPerson, startDepot } from './depot.ts'
import type { Visitor } from './harness.ts'

/** Lists of values that people keep themselves: added, changed, withdrawn, and what holds them. */
describe('editable catalogues', () => {
  let product: Running
  let owner: Visitor
  let worker: Visitor

  beforeAll(async () => {
    product = await startDepot()
    ;[owner, worker] = (await Promise.all(['owner', 'worker'].map((name) => depotPerson(product.staffUrl, name)))) as [
      Visitor,
      Visitor,
    ]
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const rows = '/api/catalogs/kinds/rows'
  const add = (data: object, path = rows) => owner.post(path, { data })
  const patch = (key: string, body: object, revision: number | null, path = rows) =>
    owner.patch(`${path}/${key}`, body, revision === null ? {} : { headers: { 'if-match': `${revision}` } })
  const create = (data: object) => owner.post('/api/records/machine', { data: { name: 'New', ...data } })
  const titles = async (catalog: string): Promise<string[]> =>
    (await owner.get(`/api/catalogs/${catalog}`)).body.rows.map(({ title }: { title: string }) => title)

  it('take a new row that forms, codes and lists use at once', async () => {
    const made = await add({ name: 'Bomba Ñandú', short: ' bn ' })
    expect(made.body).toMatchObject({ key: 'bomba-nandu', own: true, revision: 1, data: { short: 'BN' } })
    expect(await titles('kinds')).toEqual(['Pump', 'Fan', 'Bomba Ñandú'])
    const machine = await create({ kind: 'bomba-nandu' })
    expect(machine.body.data.code).toBe('BN-001')
    expect((await owner.get('/api/records/machine?filter.kind=bomba-nandu')).body.total).toBe(1)
  })

  it('refuse what their columns refuse, beside the column', async () => {
    const issuesOf = async (data: object, path?: string) =>
      (await add(data, path)).body.issues?.map(({ path: at, rule }: { path: string; rule: string }) => `${at} ${rule}`)
    expect(await issuesOf({ name: 'PUMP', short: 'XX' })).toEqual(['name unique'])
    expect(await issuesOf({ name: 'Saw', short: 'PU' })).toEqual(['short unique'])
    expect(await issuesOf({ name: 'Saw', short: 'LONG' })).toEqual(['short pattern'])
    expect(await issuesOf({ short: 'SA' })).toEqual(['name required'])
    expect(await issuesOf({ name: 'Boreal', kind: 'none' }, '/api/catalogs/makes/rows')).toEqual(['kind catalog'])
    const units = '/api/catalogs/units/rows'
    expect(await issuesOf({ code: 'kg', name: 'Again' }, units)).toEqual(['code unique'])
    expect(await issuesOf({ code: 'BOX', name: 'Box' }, units)).toEqual(['code pattern'])
    expect((await add({ name: 'Saw', short: 'SA', secret: 1 })).status).toBe(400)
    // Two at once with the same short name: one wins, the other is told.
    const both = await Promise.all([add({ name: 'One', short: 'ZZ' }), add({ name: 'Two', short: 'ZZ' })])
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422])
  })

  it('change a row but never its key, and tell who saved in between', async () => {
    expect((await patch('fan', { data: { name: 'Ventilator' } }, null)).status).toBe(428)
    const changed = await patch('fan', { data: { name: 'Ventilator' } }, 0)
    expect(changed.body).toMatchObject({
      key: 'fan',
      title: 'Ventilator',
      own: false,
      revision: 1,
      data: { short: 'FA' },
    })
    expect((await patch('fan', { data: { name: 'Mine' } }, 0)).body.code).toBe('catalog.stale')
    const units = '/api/catalogs/units/rows'
    expect((await patch('kg', { data: { code: 'kilo' } }, 0, units)).body.issues).toMatchObject([{ path: 'code' }])
    expect(await titles('kinds')).toContain('Ventilator')
  })

  it('withdraw a row: records keep it, nothing new takes it, also when the form was already open', async () => {
    const kept = (await create({ kind: 'fan' })).body
    expect((await patch('fan', { inactive: true }, 1)).body.inactive).toBe(true)
    const refused = await create({ kind: 'fan' })
    expect(refused.body.issues).toMatchObject([
      { path: 'kind', message: 'Este valor ya no se usa. Elija otro de la lista.' },
    ])
    const path = `/api/records/machine/${kept.id}`
    const saved = await owner.patch(path, { data: { name: 'Kept' } }, { headers: { 'if-match': `${kept.revision}` } })
    expect(saved.body.data).toMatchObject({ name: 'Kept', kind: 'fan' })
    expect((await patch('fan', { inactive: false }, 2)).body.inactive).toBe(false)
    expect((await create({ kind: 'fan' })).status).toBe(201)
  })

  it('say what holds a row, sub-lists and other catalogues included, and delete only what nothing holds', async () => {
    await create({ kind: 'pump', parts: [{ name: 'Seal', unit: 'kg' }] })
    const usage = async (catalog: string, key: string) =>
      (await owner.get(`/api/catalogs/${catalog}/rows/${key}/usage`)).body.uses
    expect(await usage('units', 'kg')).toEqual([{ kind: 'Machines', field: 'Unit', count: 1 }])
    expect(await usage('kinds', 'pump')).toEqual([
      { kind: 'Machines', field: 'Kind', count: 2 },
      { kind: 'Makes', field: 'Kind', count: 1 },
    ])
    const remove = (catalog: string, key: string, revision: number) =>
      owner.delete(`/api/catalogs/${catalog}/rows/${key}`, undefined, { headers: { 'if-match': `${revision}` } })
    expect((await remove('units', 'kg', 0)).body).toMatchObject({
      code: 'record.referenced',
      message: 'No se puede eliminar: lo usan otros registros (Machines: 1).',
    })
    expect((await remove('units', 'und', 0)).status).toBe(204)
    expect(await titles('units')).toEqual(['Kilogram'])
    expect((await remove('units', 'und', 1)).status).toBe(404)
  })

  it('leave the codes that were given alone when a column of theirs changes', async () => {
    const given = (await create({ kind: 'bomba-nandu' })).body
    expect((await patch('bomba-nandu', { data: { short: 'ND' } }, 1)).status).toBe(200)
    const path = `/api/records/machine/${given.id}`
    const saved = await owner.patch(path, { data: { name: 'Same' } }, { headers: { 'if-match': `${given.revision}` } })
    expect(saved.body.data).toMatchObject({ name: 'Same', code: given.data.code })
    expect((await create({ kind: 'bomba-nandu' })).body.data.code).toBe('ND-001')
  })

  it('are put in order', async () => {
    expect((await owner.post(`${rows}/fan/place`, { before: 'pump' })).status).toBe(204)
    expect((await titles('kinds')).slice(0, 2)).toEqual(['Ventilator', 'Pump'])
    expect((await owner.post(`${rows}/fan/place`, { before: 'none' })).status).toBe(404)
  })

  it('are searched and paged, and note who changed what from what to what', async () => {
    const page = (await owner.get(`${rows}?q=nandu&size=1`)).body
    expect([page.total, page.items[0].key, page.title]).toEqual([1, 'bomba-nandu', 'Kinds'])
    const noted = (await owner.get('/api/audit?filter.action=catalog.changed&size=100')).body.items
    const details = await Promise.all(
      noted.map(async ({ id }: { id: string }) => (await owner.get(`/api/audit/${id}`)).body),
    )
    expect(details.flatMap(({ changes }) => changes)).toContainEqual(
      expect.objectContaining({ before: 'Fan', after: 'Ventilator' }),
    )
    expect(noted[0]).toMatchObject({ who: 'Olga Owner', moduleTitle: 'Catálogos' })
  })

  it('are for the roles they name, and for nobody else', async () => {
    expect((await worker.get('/api/catalogs')).body).toEqual([])
    expect((await worker.get('/api/session')).body.may).not.toContain('catalogs')
    expect((await owner.get('/api/session')).body.may).toContain('catalogs')
    for (const answer of [
      await worker.get(rows),
      await worker.get(`${rows}/pump/usage`),
      await worker.post(rows, { data: { name: 'X', short: 'XX' } }),
      await worker.patch(`${rows}/pump`, { inactive: true }, { headers: { 'if-match': '0' } }),
      await worker.post(`${rows}/pump/place`, { before: null }),
      await worker.delete(`${rows}/pump`, undefined, { headers: { 'if-match': '0' } }),
    ])
      expect([answer.status, answer.body.code]).toEqual([403, 'access.denied'])
    // Not editable for anybody, and not there at all.
    expect((await owner.get('/api/catalogs/colours/rows')).status).toBe(403)
    expect((await owner.get('/api/catalogs/nothing/rows')).status).toBe(404)
    expect((await owner.get('/api/catalogs/__proto__/rows')).status).toBe(404)
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ReportGroupView, ReportSummary, ReportView } from '../../engine/contract/index.ts'
import { Jobs } from '../../engine/jobs/index.ts'
import type { Running } from '../../engine/main.ts'
import { exportFile } from '../http/exportFile.ts'
import { signIn, startProduct, type Answer, type Visitor } from '../http/harness.ts'
import { rowsOfWorkbook } from '../http/sheets.ts'

/** Reports of a pack over HTTP, on the pack beside this file. */
describe('a report of a pack', () => {
  let product: Running
  let chief: Visitor
  let clerk: Visitor
  let keeper: Visitor
  let porter: Visitor

  beforeAll(async () => {
    product = await startProduct({ packs: ['stock'], packsDir: import.meta.dirname })
    const person = (name: string) => signIn(product.staffUrl, `${name}@stock.example`)
    ;[chief, clerk, keeper, porter] = (await Promise.all(['chief', 'clerk', 'keeper', 'porter'].map(person))) as [
      Visitor,
      Visitor,
      Visitor,
      Visitor,
    ]
  }, 240_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const run = async (report: string, query = '', who = chief): Promise<ReportView> => {
    const { status, body } = await who.get(`/api/reports/${report}?${query}`)
    expect({ status, code: body.code }).toEqual({ status: 200 })
    return body
  }
  const amounts = (group: Pick<ReportGroupView, 'values'>): string[] =>
    group.values.map((all) => all.map(({ currency, value }) => [currency, value].filter(Boolean).join(' ')).join(' + '))
  const line = (group: ReportGroupView): string =>
    [`${'·'.repeat(group.path.length - 1)}${group.title}`, ...amounts(group)].join(' | ')
  const file = (path: string, who = chief): Promise<Answer> => exportFile(product, who, `/api/reports/${path}`)
  const placeOf = async (name: string): Promise<string> =>
    ((await chief.get(`/api/records/place?q=${name}`)).body.items as { id: string }[])[0]!.id

  it('puts records together, level within level, and adds up each currency by itself, exactly', async () => {
    const report = await run('stock-by-place')
    expect(report.groups.map(line)).toEqual([
      'North | 4 | PEN 12345740638.89 + USD 199.98 | PEN 4115226.40 + USD 99.99',
      '·Tool | 3 | PEN 0.50 + USD 199.98 | PEN 0.15 + USD 99.99',
      '·Part | 1 | PEN 12345740638.39 | PEN 12345678.91',
      'South | 1 | USD 10.01 | USD 10.01',
      '·Part | 1 | USD 10.01 | USD 10.01',
      'Sin place | 1 | PEN 7.00 | PEN 7.00',
      '·Tool | 1 | PEN 7.00 | PEN 7.00',
    ])
    // The average of all is that of the records, not of the groups.
    expect(amounts(report.total)).toEqual(['6', 'PEN 12345740645.89 + USD 209.99', 'PEN 3086421.55 + USD 55.00'])
    expect(report.measures.map(({ title }) => title)).toEqual(['Items', 'Value', 'Average price'])
    expect(report.levels.map(({ title }) => title)).toEqual(['Place', 'Kind'])
  })

  it('puts days of a month together, the last first, finds the least and the greatest, and names what has no day', async () => {
    const report = await run('purchases-by-month')
    expect(report.groups.map(line)).toEqual([
      'Julio de 2026 | PEN 12345678.91 + USD 10.01 | PEN 500.00 + USD 10.01 | 2026-07-01 | 1002.005',
      'Junio de 2026 | PEN 0.20 + USD 99.99 | PEN 0.20 + USD 99.99 | 2026-06-01 | 3.000',
      'Mayo de 2026 | PEN 0.10 | PEN 0.10 | 2026-05-31 | 3.000',
      'Sin PO date | PEN 7.00 | PEN 7.00 |  | 1.000',
    ])
    // What a page needs to say the months in its own language.
    expect(report.levels).toEqual([{ field: 'bought', title: 'PO date', by: 'month' }])
    expect(report.groups.map(({ path }) => path)).toEqual([['2026-07'], ['2026-06'], ['2026-05'], [null]])
  })

  it('is narrowed by the filters of the list, and offers those it names in its order', async () => {
    const { filters } = await run('stock-by-place')
    expect(filters.map(({ name }) => name)).toEqual(['bought', 'kind', 'place', 'supplier'])
    const june = await run('stock-by-place', 'filter.bought.from=2026-06&filter.bought.to=2026-06')
    expect(june.groups.map(line)).toEqual([
      'North | 2 | PEN 0.20 + USD 199.98 | PEN 0.20 + USD 99.99',
      '·Tool | 2 | PEN 0.20 + USD 199.98 | PEN 0.20 + USD 99.99',
    ])
    const both = await run('stock-by-place', `filter.kind=P&filter.place=${await placeOf('South')}`)
    expect(both.groups.map(({ title }) => title)).toEqual(['South', 'Part'])
    expect((await run('stock-by-place', 'filter.kind=P&filter.bought=2020')).groups).toEqual([])
    expect((await chief.get('/api/reports/stock-by-place?filter.nothing=1')).status).toBe(400)
  })

  it('shows the records of a group, and those of no other', async () => {
    const rows = async (path: unknown[], query = ''): Promise<string[]> => {
      const answer = await chief.get(
        `/api/reports/stock-by-place/rows?path=${encodeURIComponent(JSON.stringify(path))}${query}`,
      )
      expect(answer.status).toBe(200)
      return (answer.body.items as { data: { name: string } }[]).map(({ data }) => data.name)
    }
    const north = await placeOf('North')
    expect(await rows([north, 'T'])).toEqual(['Saw', 'Axe', 'Drill'])
    expect(await rows([north])).toEqual(['Saw', 'Axe', 'Drill', 'Nut'])
    expect(await rows([null, 'T'])).toEqual(['Lamp'])
    expect(await rows([north, 'T'], '&filter.bought=2026-06')).toEqual(['Axe', 'Drill'])
    expect(await rows([])).not.toContain('Wreck')
    for (const path of ['[{"$gt":""}]', '[1,2,3]', '{}', 'x'])
      expect((await chief.get(`/api/reports/stock-by-place/rows?path=${encodeURIComponent(path)}`)).status).toBe(400)
    // This one shows groups alone.
    expect((await chief.get('/api/reports/purchases-by-month/rows')).status).toBe(400)
  })

  it('leaves out what its reader may not read: records, fields, the levels and amounts made of them', async () => {
    const own = await run('stock-by-place', '', keeper)
    expect(own.groups.map(line)).toEqual([
      'North | 2 | PEN 0.30 + USD 199.98 | PEN 0.10 + USD 99.99',
      '·Tool | 2 | PEN 0.30 + USD 199.98 | PEN 0.10 + USD 99.99',
    ])
    const north = await placeOf('North')
    const rows = await keeper.get(
      `/api/reports/stock-by-place/rows?path=${encodeURIComponent(JSON.stringify([north]))}`,
    )
    expect((rows.body.items as { label: string }[]).map(({ label }) => label)).toEqual(['I-001 · Saw', 'I-003 · Drill'])

    const plain = await run('stock-by-place', '', clerk)
    expect(plain.measures.map(({ title }) => title)).toEqual(['Items'])
    expect(plain.columns).toEqual(['code', 'name', 'quantity'])
    expect(plain.filters.map(({ name }) => name)).toEqual(['bought', 'kind', 'place'])
    expect((await clerk.get('/api/reports/stock-by-place?filter.supplier=Acme')).status).toBe(400)
    // It is ordered by the price and grouped by the supplier, of which the clerk learns nothing.
    const bySupplier = await run('stock-by-supplier', '', clerk)
    expect(bySupplier.groups.map(line)).toEqual(['Tool | 5', 'Part | 2'])
    expect(JSON.stringify((await clerk.get('/api/reports/stock-by-supplier/rows')).body)).not.toMatch(/Acme|500\.00/)
  })

  it('is offered to those of its roles who read the records, and refused to all others', async () => {
    const keys = async (who: Visitor) =>
      ((await who.get('/api/reports')).body as unknown as ReportSummary[]).map(({ key }) => key)
    const may = async (who: Visitor) => (await who.get('/api/session')).body.may as string[]
    expect(await keys(chief)).toEqual(['purchases-by-month', 'stock-by-place', 'stock-by-supplier'])
    expect(await keys(clerk)).toEqual(['stock-by-place', 'stock-by-supplier'])
    expect(await keys(porter)).toEqual([])
    expect(await may(chief)).toContain('reports')
    expect(await may(porter)).not.toContain('reports')
    for (const path of ['purchases-by-month', 'purchases-by-month/rows'])
      expect((await clerk.get(`/api/reports/${path}`)).status).toBe(403)
    expect((await clerk.post('/api/reports/purchases-by-month/export')).status).toBe(403)
    expect((await porter.get('/api/reports/stock-by-place')).status).toBe(403)
    expect((await chief.get('/api/reports/nothing')).status).toBe(404)
    expect((await chief.get('/api/reports/constructor')).status).toBe(404)
    expect((await new (chief.constructor as typeof Visitor)(product.staffUrl).get('/api/reports')).status).toBe(401)
    expect((await fetch(`${product.portalUrl}/api/reports`)).status).toBe(404)
  })

  it('becomes a file with totals and a column for each currency, and the export is audited', async () => {
    const csv = await file('stock-by-place/export?format=csv&filter.bought=2026')
    expect((csv.body as unknown as Buffer).toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual([
      'Place,Kind,Code,Name,Quantity,Price,Supplier,Items,Value (PEN),Value (USD),Average price (PEN),Average price (USD)',
      'North,Tool,I-001,Saw,3,0.1,Acme,,,,,',
      'North,Tool,I-002,Axe,1,0.2,Acme,,,,,',
      'North,Tool,I-003,Drill,2,99.99,Bolt,,,,,',
      ',Total Tool,,,,,,3,0.5,199.98,0.15,99.99',
      'North,Part,I-004,Nut,1000.005,12345678.91,Bolt,,,,,',
      ',Total Part,,,,,,1,12345740638.39,,12345678.91,',
      'Total North,,,,,,,4,12345740638.89,199.98,4115226.4,99.99',
      'South,Part,I-005,Belt,1,10.01,Acme,,,,,',
      ',Total Part,,,,,,1,,10.01,,10.01',
      'Total South,,,,,,,1,,10.01,,10.01',
      'Total general,,,,,,,5,12345740638.89,209.99,4115226.4,55',
    ])
    const [row] = await product.ctx.db.audit.find({ action: 'report.exported' }, { sort: { sequence: -1 }, limit: 1 })
    expect(row).toMatchObject({
      entity: 'item',
      details: { report: 'Stock by place', format: 'csv', rows: 5, filters: ['Bought: 2026'] },
    })

    const xlsx = await file('stock-by-place/export?format=xlsx')
    const rows = await rowsOfWorkbook(new Uint8Array(xlsx.body))
    expect(rows[0]![0]).toBe('Stock by place')
    expect(rows.at(-1)!.slice(0, 1)).toEqual(['Total general'])
    expect(rows.at(-1)).toContainEqual({ n: '12345740645.89' })
    const pdf = await file('stock-by-place/export?format=pdf')
    expect((pdf.body as unknown as Buffer).subarray(0, 4).toString()).toBe('%PDF')
    expect(pdf.headers.get('content-disposition')).toMatch(/^attachment; filename="stock-by-place-.*\.pdf"$/)
  })

  it('keeps of a file what its reader may not read, and gives none to who may not export', async () => {
    expect((await keeper.post('/api/reports/stock-by-place/export')).status).toBe(403)
    expect((await run('stock-by-place', '', keeper)).may.export).toBe(false)
    const csv = await file('stock-by-supplier/export?format=csv', clerk)
    expect((csv.body as unknown as Buffer).toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n')).toEqual([
      'Kind,Name,Items',
      ...['Saw', 'Axe', 'Drill', 'Lamp', 'Wreck'].map((name) => `Tool,${name},`),
      'Total Tool,,5',
      ...['Nut', 'Belt'].map((name) => `Part,${name},`),
      'Total Part,,2',
      'Total general,,7',
    ])
    const groups = await file('purchases-by-month/export?format=csv')
    expect((groups.body as unknown as Buffer).toString('utf8')).toContain(
      'Mayo de 2026,0.1,,0.1,,31/05/2026,3\r\nSin PO date,7,,7,,,1\r\nTotal general,12345678.91,99.99,0.1,10.01,31/05/2026,1009.005\r\n',
    )
  })

  it("is exported in the background: counted, its owner's alone, with the rights of the moment of writing", async () => {
    const begin = async (path: string, who = chief): Promise<string> => {
      const { status, body } = await who.post(`/api/reports/${path}`)
      expect({ status, message: body.message }).toEqual({ status: 201 })
      return body.id as string
    }
    const view = async (id: string, who = chief) => (await who.get(`/api/exports/${id}`)).body
    // The processes that write stand still: what is asked for waits.
    await product.jobs.stop()
    const records = await begin('stock-by-place/export?format=csv')
    const groups = await begin('purchases-by-month/export?format=xlsx')
    const cancelled = await begin('stock-by-place/export?format=pdf')
    expect(await view(records)).toMatchObject({
      ...{ status: 'writing', title: 'Stock by place', entity: 'item', rows: 6, done: 0 },
    })
    expect((await clerk.get(`/api/exports/${records}`)).status).toBe(404)
    expect((await chief.delete(`/api/exports/${cancelled}`)).body.status).toBe('cancelled')
    const lost = await begin('stock-by-supplier/export?format=csv', clerk)
    const { _id, roles } = (await product.ctx.db.users.findOne({ email: 'clerk@stock.example' }))!
    await product.ctx.db.users.updateOne({ _id }, { $set: { roles: [] } })

    const jobs = new Jobs(product.ctx)
    await jobs.workOffExports()
    expect(await view(records)).toMatchObject({ status: 'ready', rows: 6, done: 6 })
    expect(await view(groups)).toMatchObject({ status: 'ready', rows: 4, done: 4 })
    expect((await chief.get(`/api/exports/${cancelled}/file`)).body.code).toBe('export.gone')
    const [ended] = await product.ctx.db.exports.find({ _id: lost })
    expect(ended).toMatchObject({ status: 'failed', blob: null, problem: 'Usted no tiene permiso para hacer esto.' })

    // Who lost the right to export may not fetch what was written for him.
    const [chiefs] = await product.ctx.db.users.find({ email: 'chief@stock.example' })
    await product.ctx.db.users.updateOne({ _id: chiefs!._id }, { $set: { roles } })
    expect((await chief.get(`/api/exports/${groups}/file`)).status).toBe(403)
    await product.ctx.db.users.updateOne({ _id: chiefs!._id }, { $set: { roles: chiefs!.roles } })
    expect((await chief.get(`/api/exports/${groups}/file`)).status).toBe(200)

    // He fetched one of the two while he waited; of the other he is told.
    product.clock!.advance(11_000)
    await jobs.workOffExports()
    await jobs.stop()
    const notices = (await chief.get('/api/notifications?size=5')).body.items as { text: string; link: string }[]
    expect(notices.map(({ link }) => link)).toEqual([`/exportaciones?id=${records}`])
    expect(notices[0]!.text).toMatch(/^Stock by place: stock-by-place-.*\.csv, 6 registros/)
  })

  it('is refused as a file before anything is written when the format cannot hold it', async () => {
    const items = product.ctx.db.records('item')
    const [model] = await items.find({ 'data.kind': 'T' }, { limit: 1 })
    await items.insertMany(
      Array.from({ length: 5_000 }, (_, index) => ({
        ...model!,
        _id: `more${String(index).padStart(20, '0')}`,
        data: { ...model!.data, code: `M-${index}` },
      })),
    )
    const before = await product.ctx.db.exports.count({})
    const refused = await chief.post('/api/reports/stock-by-place/export?format=pdf')
    expect(refused.status).toBe(422)
    expect(refused.body.message).toBe(
      'Hay más de 5,000 filas. Use los filtros para exportar menos o elija Excel (hasta 100,000) o CSV (hasta 1,000,000).',
    )
    expect(await product.ctx.db.exports.count({})).toBe(before)
    // Its groups are few: it is they that would be written.
    expect((await chief.post('/api/reports/purchases-by-month/export?format=pdf')).status).toBe(201)
  })
})

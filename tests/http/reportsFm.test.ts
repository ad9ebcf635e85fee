import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { ReportSummary, ReportView } from '../../engine/contract/index.ts'
import type { Running } from '../../engine/main.ts'
import type { RecordDoc } from '../../engine/persistence/index.ts'
import { exportFile } from './exportFile.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** The reports of the pack fm (that of contracts is in quotes.test.ts) against what the records say. */
describe('the reports of fm', () => {
  let product: Running
  let manager: Visitor

  beforeAll(async () => {
    product = await startProduct()
    manager = await signIn(product.staffUrl, 'gerente.general')
  }, 240_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const run = async (report: string, query = '', who = manager): Promise<ReportView> => {
    const { status, body } = await who.get(`/api/reports/${report}?${query}`)
    expect({ status, code: body.code }).toEqual({ status: 200 })
    return body
  }
  const listed = (entity: string): Promise<RecordDoc[]> =>
    product.ctx.db.records(entity).find({ deletedAt: null, inactiveAt: null })
  const text = (record: RecordDoc, field: string): string => (record.data[field] as string | null | undefined) ?? ''
  /** Hundredths of an amount. */
  const cents = (amount: string): bigint => {
    const [whole = '0', fraction = ''] = amount.split('.')
    return BigInt(whole + fraction.padEnd(2, '0'))
  }
  const inEach = (records: RecordDoc[], amountOf: (record: RecordDoc) => bigint): string[] => {
    const sums = new Map<string, bigint>()
    for (const record of records.filter(({ data }) => data.precio)) {
      const currency = text(record, 'moneda')
      sums.set(currency, (sums.get(currency) ?? 0n) + amountOf(record))
    }
    return [...sums].map(([currency, sum]) => `${currency} ${sum}`).sort()
  }
  const inCents = (amounts: { currency: string | null; value: string }[] = []): string[] =>
    amounts.map(({ currency, value }) => `${currency} ${cents(value)}`)

  it('[FM-1-5] there are reports of contracts, equipment, tools and exchange rates, with filters, Excel and PDF', async () => {
    const reports = (await manager.get('/api/reports')).body as unknown as ReportSummary[]
    expect(reports.map(({ title }) => title).sort()).toEqual([
      'Herramientas por persona',
      'Inventario de equipos por cliente y sede',
      'Reporte financiero de contratos',
      'Tipo de cambio por período',
    ])
    for (const { key } of reports) {
      expect((await run(key)).filters.length).toBeGreaterThan(2)
      for (const [format, magic] of [
        ['xlsx', 'PK'],
        ['pdf', '%PDF'],
      ] as const) {
        const file = await exportFile(product, manager, `/api/reports/${key}/export?format=${format}`)
        expect({ key, format, status: file.status }).toEqual({ key, format, status: 200 })
        expect((file.body as unknown as Buffer).subarray(0, magic.length).toString()).toBe(magic)
      }
    }
  })

  it('[FM-D-123] equipment by client and site: how many and what they cost, per currency', async () => {
    const report = await run('equipos-por-sede')
    const equipment = await listed('equipo')
    expect(equipment.length).toBeGreaterThan(2)
    const sites = report.groups.filter(({ path }) => path.length === 2)
    expect(sites.length).toBeGreaterThan(1)
    for (const { path, values } of sites) {
      const [client = null, site = null] = path
      const there = equipment.filter(({ data }) => (data.cliente ?? null) === client && (data.sede ?? null) === site)
      expect(values[0]).toEqual([{ currency: null, value: String(there.length) }])
      expect(inCents(values[1])).toEqual(inEach(there, (record) => cents(text(record, 'precio'))))
      expect(inCents(values[2])).toEqual(inEach(there, (record) => cents(text(record, 'precioTotal'))))
    }
    expect(report.total.count).toBe(equipment.length)
    const { title } = report.groups.find(({ path }) => path.length === 1 && path[0] !== null)!
    const names = (await listed('cliente')).map(({ label }) => label)
    expect(names).toContain(title)
    const one = await run('equipos-por-sede', `filter.cliente=${String(sites.find(({ path }) => path[0])!.path[0])}`)
    expect(one.groups.filter(({ path }) => path.length === 1)).toHaveLength(1)
  })

  it('[FM-D-123] tools by person: who holds what, and what it is worth, per currency', async () => {
    const report = await run('herramientas-por-persona')
    const held = (await listed('herramienta')).filter(({ data }) => data.asignadoA === 'Técnico')
    expect(held.length).toBeGreaterThan(1)
    const people = new Map((await listed('usuario')).map(({ _id, label }) => [_id, label]))
    expect(report.groups.map(({ title }) => title).sort()).toEqual(
      [...new Set(held.map((record) => people.get(text(record, 'tecnico')) ?? 'Sin técnico'))].sort(),
    )
    for (const { path, values } of report.groups) {
      const own = held.filter(({ data }) => (data.tecnico ?? null) === path[0])
      expect(values[0]).toEqual([{ currency: null, value: String(own.length) }])
      expect(inCents(values[1])).toEqual(
        inEach(own, (record) => (cents(text(record, 'precio')) * cents(text(record, 'cantidad'))) / 100n),
      )
      const rows = await manager.get(
        `/api/reports/herramientas-por-persona/rows?path=${encodeURIComponent(JSON.stringify(path))}`,
      )
      expect((rows.body.items as { id: string }[]).map(({ id }) => id).sort()).toEqual(own.map(({ _id }) => _id).sort())
    }
  })

  it('[FM-D-123] exchange rates by period: the least, the average and the greatest of each month', async () => {
    const report = await run('tipo-cambio-por-periodo')
    const rates = (await listed('tipo-cambio')).filter(({ data }) => data.estado === 'Activo')
    expect(report.groups.length).toBeGreaterThan(1)
    for (const { path, values } of report.groups) {
      const days = rates.filter((record) => text(record, 'fecha').startsWith(String(path[0])))
      for (const [at, field] of [
        [0, 'compra'],
        [3, 'venta'],
      ] as const) {
        const thousandths = days.map((record) => Math.round(Number(text(record, field)) * 1000))
        const shown = [at, at + 1, at + 2].map((index) => Math.round(Number(values[index]![0]!.value) * 1000))
        const average = thousandths.reduce((a, b) => a + b, 0) / thousandths.length
        expect(shown).toEqual([Math.min(...thousandths), Math.round(average), Math.max(...thousandths)])
      }
    }
    const [latest] = report.groups
    const narrowed = await run('tipo-cambio-por-periodo', `filter.fecha=${String(latest!.path[0])}`)
    expect(narrowed.groups).toEqual([latest])
  })

  it('[FM-D-123] shows a technician his own sites and tools alone, and gives files to those who may export', async () => {
    const technician = await signIn(product.staffUrl, 'tecnico')
    const keys = ((await technician.get('/api/reports')).body as unknown as ReportSummary[]).map(({ key }) => key)
    expect(keys).toEqual(['equipos-por-sede', 'herramientas-por-persona'])
    const own = await run('herramientas-por-persona', '', technician)
    const { id } = (await technician.get('/api/session')).body.user as { id: string }
    expect(own.groups.every(({ path }) => path[0] === id)).toBe(true)
    const visible = (await technician.get('/api/records/equipo')).body.total as number
    expect((await run('equipos-por-sede', '', technician)).total.count).toBe(visible)
    expect(visible).toBeLessThan((await run('equipos-por-sede')).total.count)
    expect((await technician.get('/api/reports/tipo-cambio-por-periodo')).status).toBe(403)
    const desk = await signIn(product.staffUrl, 'service.desk')
    expect((await run('equipos-por-sede', '', desk)).may.export).toBe(false)
    expect((await desk.post('/api/reports/equipos-por-sede/export')).status).toBe(403)
  })
})

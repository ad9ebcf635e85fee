import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { entityOf, listKeysOf } from '../../engine/packs/index.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** Lists as files, over HTTP: what is filtered, by whom, and nothing else. */
describe('exporting a list', () => {
  let product: Running
  let admin: Visitor

  /** Rows of the CSV without its head. */
  const csv = async (query = '', who = admin): Promise<string[][]> => {
    const answer = await who.get(`/api/records/cliente/export?format=csv&${query}`)
    expect(answer.status).toBe(200)
    const [head = '', ...lines] = (answer.body as Buffer).toString('utf8').replace('\uFEFF', '').trimEnd().split('\r\n')
    heads = cells(head)
    return lines.map(cells)
  }
  let heads: string[] = []
  const cells = (line: string): string[] =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
    )

  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
    // More than one batch, some without the field that the list is ordered by.
    const [model] = await product.ctx.db.records('cliente').find({}, { limit: 1 })
    const { definition } = await entityOf(product.ctx, 'cliente')
    await product.ctx.db.records('cliente').insertMany(
      Array.from({ length: 1200 }, (_, index) => {
        const data = {
          ...model!.data,
          codigo: `M-${index}`,
          ruc: null,
          razonSocial: index === 0 ? '=HYPERLINK("http://x.example")' : `Masivo ${index % 7}`,
          ceco: index % 3 === 0 ? null : `C${index % 50}`,
        }
        const _id = `feed${String(index).padStart(20, '0')}`
        return { ...model!, _id, label: `Masivo ${index}`, data, ...listKeysOf(definition, data, ['masivo']) }
      }),
    )
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('holds each record of the selection once, in the order of the list, across batches and empty values', async () => {
    for (const sort of ['ceco', '-ceco', 'razonSocial', '-updatedAt']) {
      const rows = await csv(`q=masivo&sort=${sort}`)
      const codes = rows.map((row) => row[heads.indexOf('Código de Cliente')] ?? '')
      expect(new Set(codes).size).toBe(1200)
      expect(codes).toHaveLength(1200)
      if (!sort.includes('ceco')) continue
      const values = rows.map((row) => row[heads.indexOf('CECO (Centro de Costos)')] ?? '')
      const empty = values.filter((value) => value === '').length
      expect(empty).toBe(400)
      // Nothing sorts before every value, as in the list.
      const filled = sort === 'ceco' ? values.slice(empty) : values.slice(0, -empty)
      expect(filled.every((value) => value !== '')).toBe(true)
      expect(filled).toEqual([...filled].sort((a, b) => (sort === 'ceco' ? 1 : -1) * (a < b ? -1 : a > b ? 1 : 0)))
    }
  })

  it('shows what people read: titles, names and DD/MM/AAAA instead of keys and ids', async () => {
    const [row] = await csv('q=altamar')
    expect(heads[1]).toBe('Nombre Completo / Razón Social')
    expect(row![heads.indexOf('País')]).toBe('Perú')
    expect((await csv('filter.ceco=C7')).length).toBeGreaterThan(0)
  })

  it('takes only the marked records and the columns one looks at, of what one may read', async () => {
    const [first, second] = (await admin.get('/api/records/cliente?size=2')).body.items as { id: string }[]
    const rows = await csv(`ids=${first!.id},${second!.id}&columns=ceco,codigo`)
    expect(rows).toHaveLength(2)
    expect(heads).toEqual(['CECO (Centro de Costos)', 'Código de Cliente'])
    expect(await csv('ids=')).toEqual([])
    expect((await admin.get('/api/records/cliente/export?format=csv&columns=nothing')).status).toBe(400)
    const many = Array.from({ length: 1001 }, (_, index) => String(index)).join(',')
    expect((await admin.get(`/api/records/cliente/export?format=csv&ids=${many}`)).status).toBe(400)
  })

  it('keeps what looks like a formula a text', async () => {
    const rows = await csv('q=masivo')
    expect(rows.flat().some((cell) => cell.startsWith("'=HYPERLINK"))).toBe(true)
    expect(rows.flat().some((cell) => cell.startsWith('='))).toBe(false)
  })

  it.each([
    ['xlsx', 'PK'],
    ['pdf', '%PDF'],
  ])('is written as %s too', async (format, magic) => {
    const answer = await admin.get(`/api/records/cliente/export?format=${format}&q=altamar`)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toMatch(
      new RegExp(`^attachment; filename="cliente-.*\\.${format}"$`),
    )
    expect((answer.body as Buffer).subarray(0, magic.length).toString()).toBe(magic)
  })

  it('is refused without the right, with an unknown format and with an unknown filter; and is audited', async () => {
    const planner = await signIn(product.staffUrl, 'planner')
    expect((await planner.get('/api/records/cliente/export')).status).toBe(403)
    expect((await planner.get('/api/entities/cliente')).body.may.export).toBe(false)
    expect((await admin.get('/api/entities/cliente')).body.may.export).toBe(true)
    expect((await admin.get('/api/records/cliente/export?format=exe')).status).toBe(400)
    expect((await admin.get('/api/records/cliente/export?filter.nothing=1')).status).toBe(400)
    await csv('q=altamar&filter.pais=PE')
    const rows = await product.ctx.db.audit.find({ action: 'record.exported' }, { sort: { sequence: -1 }, limit: 1 })
    expect(rows[0]).toMatchObject({ entity: 'cliente', details: { format: 'csv', rows: 1 } })
    expect(JSON.stringify(rows[0]?.details)).toContain('Búsqueda: altamar')
  })

  it('refuses a PDF that nobody would read', async () => {
    const [model] = await product.ctx.db.records('cliente').find({ label: 'Masivo 1' })
    for (let part = 0; part < 5; part++)
      await product.ctx.db.records('cliente').insertMany(
        Array.from({ length: 1000 }, (_, index) => ({
          ...model!,
          _id: `beef${String(part * 1000 + index).padStart(20, '0')}`,
          data: { ...model!.data, codigo: `N-${part}-${index}` },
        })),
      )
    const answer = await admin.get('/api/records/cliente/export?format=pdf&q=masivo')
    expect(answer.status).toBe(422)
    expect(answer.body.message).toContain('5')
  }, 120_000)
})

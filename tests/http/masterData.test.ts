import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { changeSettings } from './changeSettings.ts'
import { signIn, startProduct, type Answer, type Visitor } from './harness.ts'
import { supplierData } from './sampleRecords.ts'

/** Section 10.2, the places of Peru and the check of a RUC, through the API. */
describe('master data', () => {
  let product: Running
  let manager: Visitor
  let admin: Visitor

  beforeAll(async () => {
    product = await startProduct()
    product.clock?.freeze(new Date('2026-03-02T15:00:00Z'))
    manager = await signIn(product.staffUrl, 'gerente.fm')
    admin = await signIn(product.staffUrl, 'superadmin')
  }, 90_000)
  afterAll(() => product.stop())

  const rates = async (): Promise<Record<string, string>[]> =>
    ((await manager.get('/api/records/tasa-igv')).body.items as { data: Record<string, string> }[]).map(
      ({ data }) => data,
    )
  const change = (visitor: Visitor, data: Record<string, unknown>): Promise<Answer> =>
    visitor.post('/api/processes/modificar-igv/instances', { data })
  const paths = ({ body }: Answer): string[] => ((body.issues ?? []) as { path: string }[]).map(({ path }) => path)

  describe('the IGV', () => {
    it('[FM-10.2.1-2] a new installation begins with 18 %, kept as 0.18', async () => {
      expect(await rates()).toMatchObject([{ porcentaje: '0.1800', vigencia: '2011-03-01' }])
    })

    it('[FM-10.2.2-2] [FM-10.2.2-4] [FM-10.2.2-5] [FM-10.2.2-6] "Modificar IGV" asks for percentage, date and reason', async () => {
      const { startProcess } = (await manager.get('/api/entities/tasa-igv')).body
      expect(startProcess).toEqual({ key: 'modificar-igv', title: 'Modificar IGV' })
      const { form } = (await manager.get('/api/processes/modificar-igv')).body
      const titles = Object.values(form.schema.properties as Record<string, { title: string; readOnly?: boolean }>)
        .filter(({ readOnly }) => !readOnly)
        .map(({ title }) => title)
      expect(titles.slice(-3)).toEqual(['Nuevo porcentaje de IGV', 'Fecha de vigencia del cambio', 'Observaciones'])
    })

    it('[FM-10.2.1-6] [FM-10.2.1-7] [FM-10.2.1-8] [FM-9.14-9] [FM-D-008] only the Gerente de FM changes it; the Superadministrador sees it', async () => {
      const data = { porcentaje: '0.19', vigencia: '2026-07-01', observaciones: 'No' }
      for (const name of [
        'superadmin',
        'gerente.general',
        'facility.manager',
        'supervisor.fm',
        'planner',
        'service.desk',
        'tecnico',
        'legal',
      ]) {
        const visitor = await signIn(product.staffUrl, name)
        expect({ name, status: (await change(visitor, data)).status }).toEqual({ name, status: 403 })
        expect([403, 409]).toContain((await visitor.post('/api/records/tasa-igv', { data })).status)
      }
      const view = (await admin.get('/api/entities/tasa-igv')).body
      expect(view.startProcess).toBeNull()
      expect((await admin.get('/api/records/tasa-igv')).body.items).toHaveLength(1)
    })

    it.each([
      ['[FM-10.2.2-7]', 'observaciones', { observaciones: undefined }],
      ['[FM-10.2.2-7]', 'observaciones', { observaciones: '   ' }],
      ['[FM-D-112]', 'porcentaje', { porcentaje: '1.01' }],
      ['[FM-D-112]', 'porcentaje', { porcentaje: '-0.01' }],
      ['[FM-10.2.1-1]', 'porcentaje', { porcentaje: 'dieciocho' }],
      ['[FM-D-112] a date before today', 'vigencia', { vigencia: '2026-03-01' }],
      ['[FM-D-112] a date that has a row', 'vigencia', { vigencia: '2011-03-01' }],
      ['what is no date', 'vigencia', { vigencia: '31/12/2026' }],
    ])('%s «%s» is refused: %j', async (_id, path, wrong) => {
      const answer = await change(manager, {
        porcentaje: '0.19',
        vigencia: '2026-07-01',
        observaciones: 'Ley',
        ...wrong,
      })
      expect({ status: answer.status, paths: paths(answer) }).toEqual({
        status: 422,
        paths: expect.arrayContaining([path]),
      })
      expect(await rates()).toHaveLength(1)
    })

    it('[FM-10.2.2-10] [FM-D-112] a change is a new row: nothing is overwritten, and it is told', async () => {
      const answer = await change(manager, {
        porcentaje: '0.19',
        vigencia: '2026-07-01',
        observaciones: 'Ley de prueba',
      })
      expect(answer.status).toBe(201)
      expect((await rates()).map(({ vigencia, porcentaje }) => [vigencia, porcentaje])).toEqual([
        ['2026-07-01', '0.1900'],
        ['2011-03-01', '0.1800'],
      ])
      expect(
        paths(await change(manager, { porcentaje: '0.17', vigencia: '2026-07-01', observaciones: 'Otra' })),
      ).toEqual(['vigencia'])
      const mails = await product.ctx.db.outbox.find({ kind: 'mail', 'payload.template': 'igv-modificado' })
      expect(mails.map(({ payload }) => payload.to).sort()).toEqual(['gerente.general@demo.pe', 'superadmin@demo.pe'])
      expect(mails[0]?.payload.subject).toBe('IGV de 19% desde el 01/07/2026')
    })

    it('[FM-D-112] nobody changes or deletes a row', async () => {
      const [row] = (await manager.get('/api/records/tasa-igv')).body.items as { id: string; revision: number }[]
      for (const visitor of [manager, admin]) {
        const headers = { 'if-match': `"${row?.revision}"` }
        const path = `/api/records/tasa-igv/${row?.id}`
        expect((await visitor.send('PATCH', path, { body: { data: { porcentaje: '0.5' } }, headers })).status).toBe(403)
        expect((await visitor.send('DELETE', path, { body: {}, headers })).status).toBe(403)
      }
    })

    it('[FM-9.13-19] [FM-9.13-21] [FM-9.13-22] the audit has who, when and the new value', async () => {
      const [row] = await product.ctx.db.audit.find({
        action: 'record.created',
        entity: 'tasa-igv',
        actor: { $ne: null },
      })
      expect(row).toMatchObject({ actorName: expect.stringMatching(/\w/), at: new Date('2026-03-02T15:00:00Z') })
      expect(row?.changes).toEqual(expect.arrayContaining([{ field: 'porcentaje', before: null, after: '0.1900' }]))
    })

    it('[FM-10.2.1-1] the percentage may have decimals', async () => {
      const data = { porcentaje: '0.175', vigencia: '2031-01-01', observaciones: 'Media unidad menos' }
      expect((await change(manager, data)).status).toBe(201)
      const [row] = (await manager.get('/api/records/tasa-igv?filter.vigencia=2031-01-01')).body.items
      expect(row.data.porcentaje).toBe('0.1750')
      const cancelled = await manager.post(`/api/records/tasa-igv/${row.id}/actions/cancel`, { reason: 'Prueba' })
      expect(cancelled.status).toBe(200)
    })
  })

  describe('places', () => {
    interface Row {
      key: string
      title: string
      parent: string | null
    }
    const catalog = async (name: string): Promise<Row[]> =>
      (await manager.get(`/api/catalogs/${name}`)).body.rows as Row[]

    it('[FM-10-3] [FM-D-114] 25 departments, 196 provinces and 1,891 districts, each in what it lies in', async () => {
      const [departments, provinces, districts] = await Promise.all(
        ['departamentos', 'provincias', 'distritos'].map(catalog),
      )
      expect([departments, provinces, districts].map((rows) => rows?.length)).toEqual([25, 196, 1891])
      expect(districts?.find(({ key }) => key === '150122')).toMatchObject({ title: 'Miraflores', parent: '1501' })
      expect(provinces?.find(({ key }) => key === '1501')).toMatchObject({ title: 'Lima', parent: '15' })
    })
  })

  describe('the check digit of a RUC', () => {
    const supplier = (ruc: string, warned = false): Promise<Answer> =>
      admin.post('/api/records/proveedor', { data: supplierData({ ruc }), warned })

    it('[FM-D-027] warns by default, and blocks when Configuración says so, for suppliers as for clients', async () => {
      const asked = await supplier('20512333798')
      expect(asked.body).toMatchObject({ code: 'form.warned', issues: [{ path: 'ruc', level: 'warn' }] })
      expect((await supplier('20512333798', true)).status).toBe(201)
      await changeSettings(admin, 'clientes', { digitoRuc: 'error' })
      const refused = await supplier('20512333799')
      expect({ status: refused.status, paths: paths(refused) }).toEqual({ status: 422, paths: ['ruc'] })
      expect((await supplier('20512333797')).status).toBe(201)
    })
  })
})

import { beforeAll, describe, expect, it } from '@jest/globals'
import { toolFields } from '../../modules/toolFields.ts'
import { clientData, equipmentData, propertyData, toolData } from '../sampleRecords.ts'
import { walkFields } from '../walkFields.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 8 of the specification through the API, as the Superadministrador. */
describe('tools', () => {
  let client: string
  let site: string
  let technician: string
  const module = new ModuleInHand('herramienta', toolData)
  const { save, stored } = module
  beforeAll(async () => {
    client = await module.other('cliente', clientData())
    site = await module.other('inmueble', propertyData(client))
    technician = (await module.admin.get('/api/records/usuario?for=herramienta.tecnico')).body.items[0].id
  })

  describe('fields', () => {
    walkFields(module, toolFields)

    it('[FM-8-4] [FM-8-6] technical data and place are stored', async () => {
      const data = { marca: 'Fluke', serie: 'FL87', pais: 'PE', departamento: '15', distrito: '150122' }
      expect(await stored(data)).toMatchObject(data)
    })
  })

  describe('type and code', () => {
    it('[FM-8-3] [FM-8.1-2] [FM-8.1-3] [FM-8.1-4] [FM-8.2-14] [FM-D-062] each type has its letter and counts for itself', async () => {
      const { form } = (await module.admin.get('/api/entities/herramienta')).body
      for (const [tipo, title, descripcion] of [
        ['H', 'Herramienta', 'Martillo'],
        ['I', 'Instrumento', 'Pirómetro'],
        ['S', 'Suministros', 'Cintillos'],
      ] as const) {
        expect(form.schema.properties.tipo.oneOf).toContainEqual({ const: tipo, title })
        const codes = [await stored({ tipo, descripcion }), await stored({ tipo, descripcion })].map(({ codigo }) =>
          String(codigo),
        )
        for (const code of codes) expect(code).toMatch(new RegExp(`^${tipo}\\d{2,}$`))
        expect(Number(codes[1]?.slice(1))).toBe(Number(codes[0]?.slice(1)) + 1)
      }
    })

    it('[FM-D-062] the type is fixed once it is saved', async () => {
      const { id, codigo } = await stored()
      const path = `/api/records/herramienta/${id}`
      const { revision } = (await module.admin.get(path)).body
      const headers = { 'if-match': String(revision) }
      await module.admin.patch(path, { data: { tipo: 'S', marca: 'Truper' }, warned: true }, { headers })
      const { data } = (await module.admin.get(path)).body
      expect(data).toMatchObject({ tipo: 'H', codigo, marca: 'Truper' })
    })

    it('[FM-8.2-6] [FM-8.10-1] is another for each, also for those saved at the same moment', async () => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => save()))
      expect(new Set(answers.map(({ body }) => body.data.codigo as string)).size).toBe(5)
    })

    it('[FM-8.2-4] [FM-D-062] after two digits come three', async () => {
      let last = ''
      for (let count = 0; last !== 'I99' && count < 100; count += 1)
        last = String((await save({ tipo: 'I' })).body.data.codigo)
      expect(last).toBe('I99')
      expect((await save({ tipo: 'I' })).body.data.codigo).toBe('I100')
    }, 60_000)
  })

  describe('assignment', () => {
    it('[FM-8-1] [FM-8.3-3] to a technician by name, and to nobody who is none', async () => {
      const offered = (await module.admin.get('/api/records/usuario?for=herramienta.tecnico')).body.items
      const { nombres, apellidos } = (await module.admin.get(`/api/records/usuario/${technician}`)).body.data
      expect(offered).toContainEqual(expect.objectContaining({ id: technician, label: `${nombres} ${apellidos}` }))
      const held = await stored({ asignadoA: 'Técnico', tecnico: technician, almacen: undefined })
      expect(held).toMatchObject({ asignadoA: 'Técnico', tecnico: technician })
      const { labels } = (await module.admin.get(`/api/records/herramienta/${held.id}`)).body
      expect(labels.tecnico).toEqual({ [technician]: `${nombres} ${apellidos}` })
      expect((await save({ asignadoA: 'Técnico', almacen: undefined })).body.issues?.[0].path).toBe('tecnico')
      const planner = (await module.admin.get('/api/records/usuario?q=planner')).body.items[0].id
      expect((await save({ asignadoA: 'Técnico', tecnico: planner, almacen: undefined })).status).toBe(422)
    })

    it('[FM-8-2] [FM-8.3-4] to a warehouse, which is offered with its location', async () => {
      expect(await stored()).toMatchObject({ asignadoA: 'Almacén', almacen: 'central' })
      const { rows } = (await module.admin.get('/api/catalogs/almacenes')).body
      expect(rows).toMatchObject([{ title: 'Almacén central', detail: 'Sótano 1, oficina principal, Lima' }])
      expect(await module.refusal({ almacen: undefined })).toEqual({ status: 422, paths: ['almacen'] })
    })

    it('[FM-8-5] to a technician or to a warehouse, never to both nor to anybody else', async () => {
      const both = { tecnico: technician, almacen: 'central' }
      expect(await stored({ asignadoA: 'Técnico', ...both })).not.toHaveProperty('almacen')
      expect(await stored({ asignadoA: 'Almacén', ...both })).not.toHaveProperty('tecnico')
      expect(await module.refusal({ asignadoA: 'Proveedor' })).toMatchObject({ status: 422 })
    })

    it('[FM-8.3-6] [FM-8.3-7] client and site are kept, and the site brings its client and place', async () => {
      const place = { departamento: '15', provincia: '1501', distrito: '150131' }
      expect(await stored({ sede: site, pais: undefined })).toMatchObject({ sede: site, cliente: client, ...place })
    })

    it('[FM-D-068] whole numbers for units, decimals for what is measured', async () => {
      expect((await save({ unidad: 'Und', cantidad: '1.50' })).body.issues?.[0].path).toBe('cantidad')
      expect(await stored({ unidad: 'm', cantidad: '1.50' })).toMatchObject({ cantidad: '1.50' })
    })
  })

  describe('price and plates', () => {
    it('[FM-8-8] [FM-8.6-4] [FM-8.6-6] [FM-8.6-7] [FM-8.6-10] [FM-8.6-11] 50.00 has 9.00 of IGV and costs 59.00', async () => {
      expect(await stored()).toMatchObject({ precio: '50.00', igv: '9.00', precioTotal: '59.00' })
    })

    it('[FM-8.2-21] [FM-D-056] the same brand and serial number again is warned of, and may be saved', async () => {
      expect((await save({ serie: 'IGUAL-1' })).status).toBe(201)
      const { body } = await module.admin.post('/api/records/herramienta', { data: toolData({ serie: 'IGUAL-1' }) })
      expect(body.issues).toMatchObject([{ level: 'warn' }])
      expect((await save({ serie: 'IGUAL-1' })).status).toBe(201)
    })

    it('[FM-8-7] [FM-8.4-11] [FM-8.4-12] [FM-8.10-15] reading its QR code finds it, and no other has the same, equipment included', async () => {
      const { id } = await stored({ codigoQr: 'HEQR0001' })
      expect((await module.admin.get('/api/qr/HEQR0001')).body).toMatchObject({ entity: 'herramienta', id })
      const again = await save({ codigoQr: 'HEQR0001' })
      expect({ status: again.status, path: again.body.issues?.[0].path }).toEqual({ status: 422, path: 'codigoQr' })
      await module.other('equipo', equipmentData({ codigoQr: 'HEQR0002' }))
      expect(await module.refusal({ codigoQr: 'HEQR0002' })).toEqual({ status: 422, paths: ['codigoQr'] })
    })
  })
})

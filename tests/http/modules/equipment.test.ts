import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Changes } from '../../modules/FieldRow.ts'
import { equipmentFields } from '../../modules/equipmentFields.ts'
import { signIn } from '../harness.ts'
import { clientData, equipmentData, propertyData, toolData } from '../sampleRecords.ts'
import { saveRecord, walkFields } from '../walkFields.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 7 of the specification through the API, as the Superadministrador. */
describe('equipment', () => {
  let client: string
  let site: string
  let technician: string
  const module = new ModuleInHand('equipo', equipmentData)
  const { save, stored } = module
  beforeAll(async () => {
    client = await module.other('cliente', clientData({ ceco: 'EQ77' }))
    site = await module.other('inmueble', propertyData(client))
    technician = (await module.admin.get('/api/records/usuario?for=mantenimiento.tecnico')).body.items[0].id
  })

  const rowsOf = async (catalog: string): Promise<Changes[]> =>
    (await module.admin.get(`/api/catalogs/${catalog}/rows`)).body.items

  describe('fields', () => {
    walkFields(module, equipmentFields)

    it('[FM-7.1-1] [FM-7.2-1] [FM-7.3-1] [FM-7.4-1] [FM-7.5-1] [FM-7.6-1] [FM-D-059] stand in their sections', async () => {
      const { form } = (await module.admin.get('/api/entities/equipo')).body
      const sections: [string, string[]][] = [
        ['Datos Generales del Equipo', ['codigo', 'descripcion', 'tipo', 'marca', 'modelo', 'serie']],
        ['Categorización del Equipo', ['categoria', 'subcategoria', 'equipoAsociado']],
        ['Ubicación del Equipo', ['ubicacion', 'sede', 'departamento', 'provincia', 'pais']],
        ['Información Administrativa', ['ceco', 'codigoQr']],
        ['Información Financiera', ['moneda', 'precio', 'igv', 'precioTotal']],
        ['Fotografías del Equipo', ['fotos']],
      ]
      const expected = sections.map(([title, fields]) => ({ title, fields: expect.arrayContaining(fields) }))
      expect((form.sections as object[]).slice(0, expected.length)).toMatchObject(expected)
    })

    it('[FM-7-3] [FM-7-4] technical data and place are stored', async () => {
      const place = { ubicacion: 'Provincias', departamento: '20', provincia: '2001', pais: 'PE' }
      const data = { marca: 'ABB', modelo: 'ATS022', serie: 'AB-5520', ...place }
      expect(await stored(data)).toMatchObject(data)
    })
  })

  describe('categories', () => {
    it('[FM-7.2.1-2] [FM-7.2.1-3] [FM-7.2.1-4] [FM-7.2.1-5] [FM-7.2.1-6] [FM-7.2.1-7] the five printed ones are there with their abbreviations', async () => {
      expect(await rowsOf('categorias-equipo')).toMatchObject([
        { title: 'HVAC', data: { abreviatura: 'HV' } },
        { title: 'Sistema Eléctrico', data: { abreviatura: 'SE' } },
        { title: 'SACI', data: { abreviatura: 'SA' } },
        { title: 'Equipos de Sastrería', data: { abreviatura: 'ES' } },
        { title: 'Audio y Video', data: { abreviatura: 'AV' } },
      ])
    })

    it('[FM-7.2.2-2] [FM-7.2.2-3] [FM-7.2.2-4] [FM-7.2.2-5] [FM-7.2.2-6] [FM-7.2.2-7] [FM-7.2.2-8] [FM-7.2.2-9] the seven printed subcategories have codes of three digits', async () => {
      expect(await rowsOf('subcategorias-equipo')).toMatchObject([
        { title: 'Ventiladores', data: { codigo: '001' } },
        { title: 'Tablero', data: { codigo: '002' } },
        { title: 'Panel de alarmas', data: { codigo: '003' } },
        { title: 'Vaporizador', data: { codigo: '004' } },
        { title: 'Proyector', data: { codigo: '005' } },
        { title: 'Detectores', data: { codigo: '006' } },
        { title: 'Máquina de coser', data: { codigo: '007' } },
      ])
    })

    it('[FM-7.2.3-3] [FM-D-054] an associated one is linked on both pages, and never with itself', async () => {
      const main = await stored()
      const part = await stored({ equipoAsociado: main.id })
      expect(part.equipoAsociado).toBe(main.id)
      const { related } = (await module.admin.get('/api/entities/equipo')).body
      expect(related).toContainEqual(expect.objectContaining({ entity: 'equipo', by: 'equipoAsociado' }))
      const { items } = (await module.admin.get(`/api/records/equipo?filter.equipoAsociado=${main.id}`)).body
      expect(items.map(({ id }: { id: string }) => id)).toEqual([part.id])
      const { revision } = (await module.admin.get(`/api/records/equipo/${main.id}`)).body
      const itself = await module.admin.patch(
        `/api/records/equipo/${main.id}`,
        { data: { equipoAsociado: main.id }, warned: true },
        { headers: { 'if-match': String(revision) } },
      )
      expect({ status: itself.status, issues: itself.body.issues }).toMatchObject({
        status: 422,
        issues: [{ path: 'equipoAsociado' }],
      })
    })
  })

  describe('the code', () => {
    it('[FM-7.1.1-4] [FM-7.7-1] [FM-7.7-2] [FM-7.7-3] [FM-D-052] HVAC and Ventiladores give HV001001, HV001002 and so on', async () => {
      const { items } = (await module.admin.get('/api/records/equipo?filter.codigo=HV001&sort=codigo&size=2')).body
      expect(items.map(({ data }: { data: Changes }) => data.codigo)).toEqual(['HV001001', 'HV001002'])
      const data = equipmentData()
      const next = (await module.admin.post('/api/entities/equipo/code', { data })).body.code
      const first = (await saveRecord(module, data)).body.data.codigo as string
      const second = (await save()).body.data.codigo as string
      expect(first).toBe(next)
      expect(Number(second.slice(5))).toBe(Number(first.slice(5)) + 1)
    })

    it('[FM-7.7-7] each category and subcategory counts for itself', async () => {
      const codeOf = async (categoria: string, subcategoria: string): Promise<string> =>
        (await save({ categoria, subcategoria })).body.data.codigo
      // Pairs that no other record here has.
      expect(await codeOf('audio-video', 'vaporizador')).toBe('AV004001')
      expect(await codeOf('audio-video', 'vaporizador')).toBe('AV004002')
      expect(await codeOf('sastreria', 'proyector')).toBe('ES005001')
      expect(await codeOf('audio-video', 'tablero')).toBe('AV002001')
    })

    it('[FM-7.1.1-6] [FM-7.7-6] [FM-7.9-1] is another for each, also for those saved at the same moment', async () => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => save()))
      expect(new Set(answers.map(({ body }) => body.data.codigo as string)).size).toBe(5)
    })
  })

  describe('the place', () => {
    it('[FM-7.3.2-3] [FM-7.3.2-4] [FM-D-055] a property created there is offered here, and brings client, place and cost centre', async () => {
      const { codigo, nombre } = (await module.admin.get(`/api/records/inmueble/${site}`)).body.data
      const { body } = await module.admin.get(`/api/records/inmueble?for=equipo.sede&q=${encodeURIComponent(nombre)}`)
      expect(JSON.stringify(body)).toContain(codigo)
      const saved = await stored({ sede: site, ubicacion: undefined, ceco: undefined, pais: undefined })
      expect(saved).toMatchObject({
        sede: site,
        cliente: client,
        ubicacion: 'Lima',
        departamento: '15',
        provincia: '1501',
        distrito: '150131',
        pais: 'PE',
        ceco: 'EQ77',
      })
    })

    it('[FM-7.3.5-4] [FM-D-045] the country is changed for one that stands abroad, and then nothing Peruvian is asked', async () => {
      const abroad = { pais: 'CL', region: 'Biobío', ciudad: 'Concepción' }
      const isAbroad = (data: Changes): void => {
        expect(data).toMatchObject(abroad)
        for (const field of ['ubicacion', 'departamento', 'provincia']) expect(data).not.toHaveProperty(field)
      }
      isAbroad(await stored({ ...abroad, ubicacion: undefined }))
      const { id } = await stored({ departamento: '15', provincia: '1501' })
      const path = `/api/records/equipo/${id}`
      const { revision } = (await module.admin.get(path)).body
      const headers = { 'if-match': String(revision) }
      expect((await module.admin.patch(path, { data: abroad, warned: true }, { headers })).status).toBe(200)
      isAbroad((await module.admin.get(path)).body.data)
    })

    it('[FM-7.4.1-4] [FM-D-057] the cost centres of clients and areas are offered; another one is asked about and kept', async () => {
      for (const ceco of ['EQ77', 'MTTO', 'FM01']) {
        const { items } = (await module.admin.get(`/api/suggestions/equipo/ceco?q=${ceco.toLowerCase()}`)).body
        expect(items.map(({ value }: { value: string }) => value)).toContain(ceco)
        const answer = await module.admin.post('/api/records/equipo', { data: equipmentData({ ceco }) })
        expect({ status: answer.status, ceco: answer.body.data.ceco }).toEqual({ status: 201, ceco })
      }
      const asked = await module.admin.post('/api/records/equipo', { data: equipmentData({ ceco: 'NADIE9' }) })
      expect(asked.body).toMatchObject({ code: 'form.warned', issues: [{ path: 'ceco', level: 'warn' }] })
      expect(await stored({ ceco: 'NADIE9' })).toMatchObject({ ceco: 'NADIE9' })
    })
  })

  it('[FM-7-1] [FM-D-069] what is installed at a site has its technical parameters, and its maintenance is written there by the technician', async () => {
    const parametros = [{ nombre: 'Caudal', valor: '5200', unidad: 'm³/h' }]
    const sede = (await module.admin.get(`/api/records/usuario/${technician}`)).body.data.sedes[0] as string
    const fan = await stored({ sede, parametros })
    expect(fan).toMatchObject({ sede, parametros })
    const kinds = (await rowsOf('tipos-mantenimiento')) as { key: string; title: string }[]
    expect(kinds.map(({ title }) => title)).toEqual(expect.arrayContaining(['Preventivo', 'Correctivo']))
    const worker = await signIn(module.product.staffUrl, 'tecnico')
    for (const { key } of kinds.filter(({ title }) => /^(Preventivo|Correctivo)$/.test(title))) {
      const data = { equipo: fan.id, tipo: key, tecnico: technician, trabajos: 'Cambio de fajas' }
      const { status, body } = await worker.post('/api/records/mantenimiento', { data, warned: true })
      expect({ status, issues: body.issues }).toEqual({ status: 201, issues: undefined })
      expect(body.data).toMatchObject({ tipo: key, sede })
    }
    const { items } = (await module.admin.get(`/api/records/mantenimiento?filter.equipo=${fan.id}`)).body
    expect(items).toHaveLength(2)
  })

  it('[FM-D-136] the technician who begins a maintenance is named in it at once, and the equipment he picks brings the name of its site', async () => {
    const worker = await signIn(module.product.staffUrl, 'tecnico')
    const { labels, environment } = (await worker.get('/api/entities/mantenimiento')).body as {
      labels: Record<string, Record<string, string>>
      environment: { actor: { id: string } }
    }
    const { id } = environment.actor
    const { label, data } = (await module.admin.get(`/api/records/usuario/${id}`)).body
    expect(labels).toEqual({ tecnico: { [id]: label } })
    const [sede = ''] = data.sedes as string[]
    const fan = await stored({ sede })
    const place = (await worker.get(`/api/records/inmueble/${sede}`)).body.label as string
    expect((await worker.get(`/api/records/equipo/${fan.id}`)).body.labels.sede).toEqual({ [sede]: place })
    // Nobody is named for who would not be in it.
    expect((await module.admin.get('/api/entities/mantenimiento')).body.labels).toEqual({})
  })

  describe('price and plates', () => {
    it('[FM-7-6] [FM-7.5.1-4] [FM-7.5.2-2] [FM-7.5.2-3] [FM-7.5.3-2] [FM-7.5.3-3] 1,000.00 has 180.00 of IGV and costs 1,180.00', async () => {
      expect(await stored()).toMatchObject({ precio: '1000.00', igv: '180.00', precioTotal: '1180.00' })
    })

    it('[FM-7.1.6-3] [FM-D-056] the same brand, model and serial number again is warned of, and may be saved', async () => {
      const data = { serie: 'IGUAL-1' }
      expect((await save(data)).status).toBe(201)
      const { status, body } = await module.admin.post('/api/records/equipo', { data: equipmentData(data) })
      expect(status).toBe(422)
      expect(body.issues).toMatchObject([{ level: 'warn' }])
      expect((await save(data)).status).toBe(201)
    })

    it('[FM-7-5] [FM-7.4.2-3] [FM-7.9-15] reading its QR code finds it, and no other has the same, tools included', async () => {
      const { id } = await stored({ codigoQr: 'EQQR0001' })
      expect((await module.admin.get('/api/qr/EQQR0001')).body).toMatchObject({ entity: 'equipo', id })
      const again = await save({ codigoQr: 'EQQR0001' })
      expect({ status: again.status, path: again.body.issues?.[0].path }).toEqual({ status: 422, path: 'codigoQr' })
      await module.other('herramienta', toolData({ codigoQr: 'EQQR0002' }))
      expect(await module.refusal({ codigoQr: 'EQQR0002' })).toEqual({ status: 422, paths: ['codigoQr'] })
    })
  })
})

import { describe, expect, it } from '@jest/globals'
import { clientFields } from '../../modules/clientFields.ts'
import { FormInHand } from '../FormInHand.ts'
import { signIn } from '../harness.ts'
import { clientData, propertyData, representative, validRuc } from '../sampleRecords.ts'
import { storedRecord, walkFields, walkMandatory } from '../walkFields.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 4 of the specification through the API, as the Superadministrador. */
describe('clients', () => {
  const module = new ModuleInHand('cliente', (changes) =>
    clientData({ sucursales: [{ direccion: 'Av. Salaverry 2580, Lima' }], ...changes }),
  )
  const { save, stored, refusal, correct } = module

  const list = async (query: string): Promise<string[]> => {
    const answer = await module.admin.get(`/api/records/cliente?${query}&size=100`)
    expect(answer.status).toBe(200)
    return (answer.body.items as { data: { razonSocial: string } }[]).map((item) => item.data.razonSocial)
  }

  describe('fields', () => {
    walkFields(module, clientFields)

    it('[FM-4.1-1] [FM-4.2-1] stand in their two sections', async () => {
      const { form } = (await module.admin.get('/api/entities/cliente')).body
      const [general, contact] = form.sections as { title: string; fields: string[] }[]
      expect(general).toMatchObject({
        title: 'Datos Generales del Cliente',
        fields: expect.arrayContaining([
          'codigo',
          'razonSocial',
          'ruc',
          'domicilioFiscal',
          'tipoCliente',
          'ceco',
          'clasificacion',
          'procedencia',
          'pais',
        ]),
      })
      expect(contact).toEqual({ title: 'Información de Contacto', fields: ['email', 'telefono', 'whatsapp'] })
    })

    it('[FM-4-4] the basic data are stored', async () => {
      const data = clientData()
      expect(await storedRecord(module, data)).toMatchObject({
        ruc: data.ruc,
        razonSocial: data.razonSocial,
        domicilioFiscal: data.domicilioFiscal,
        ceco: data.ceco,
      })
    })

    walkMandatory(module, 'FM-4.7-4', clientFields)
  })

  describe('the RUC', () => {
    it('[FM-4.1.3-4] [FM-4.7-1] [FM-4-12] [FM-D-025] a second client with the same RUC is refused', async () => {
      const ruc = validRuc('2066000001')
      expect((await save({ ruc })).status).toBe(201)
      expect(await refusal({ ruc })).toMatchObject({ status: 422, paths: ['ruc'] })
    })

    it('[FM-D-027] a wrong check digit can be saved: the example of the text must be enterable', async () => {
      expect((await save({ ruc: '20123456789', ceco: '001' })).status).toBe(201)
    })

    it('[FM-D-028] a foreign client has a tax number instead, unique in its country, and the code is made of it', async () => {
      const foreign = { procedencia: 'Extranjero', pais: 'CL', ruc: undefined }
      const saved = await stored({ ...foreign, identificador: '76432109k', ceco: 'STG' })
      expect(saved).toMatchObject({ codigo: '76432109K-STG', identificador: '76432109K' })
      expect(await refusal({ ...foreign, identificador: '76432109K' })).toMatchObject({ paths: ['identificador'] })
      expect((await refusal(foreign)).paths).toContain('identificador')
    })

    it('[FM-D-029] a national client is of Perú, which the form sets and locks; a foreign one is not', async () => {
      const form = await FormInHand.open(module.admin, 'cliente')
      const national = form.settle({ procedencia: 'Nacional' })
      expect([national.value.pais, national.editable.pais]).toEqual(['PE', false])
      expect(form.settle({ procedencia: 'Extranjero' }).editable.pais).toBe(true)
      expect(await stored({ pais: undefined })).toMatchObject({ pais: 'PE' })
      expect((await refusal({ pais: 'CL' })).paths).toContain('pais')
      expect((await refusal({ procedencia: 'Extranjero', ruc: undefined, identificador: 'X1' })).paths).toContain(
        'pais',
      )
    })
  })

  describe('the code', () => {
    it('[FM-4.1.1-4] [FM-4.6-1] [FM-4.6-2] [FM-4.6-3] [FM-4.6-4] 20123456789 and 001 give 20123456789-001 when saved', async () => {
      const [saved] = (await module.admin.get('/api/records/cliente?filter.codigo=20123456789-001')).body.items
      expect(saved.data).toMatchObject({ ruc: '20123456789', ceco: '001', codigo: '20123456789-001' })
    })

    it('[FM-4.1.6-4] the CECO is its second half', async () => {
      const saved = await stored({ ceco: '007a' })
      expect(saved.codigo).toBe(`${String(saved.ruc)}-007A`)
    })

    it('[FM-4.6-6] [FM-4.6-7] of several at the same moment with one code exactly one is saved', async () => {
      const ruc = validRuc('2077000002')
      const answers = await Promise.all([1, 2, 3, 4].map(() => save({ ruc, ceco: 'UNO' })))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422, 422])
      expect(await list(`filter.codigo=${ruc}-UNO`)).toHaveLength(1)
    })
  })

  describe('representatives and branches', () => {
    it('[FM-4-8] [FM-4.3-1] [FM-4-10] [FM-4.5-1] there may be several of each', async () => {
      const people = ['Ana', 'Bruno', 'Carla'].map((nombre) => representative({ nombre }))
      const places = ['Jr. Uno 1', 'Jr. Dos 2', 'Jr. Tres 3'].map((direccion) => ({ direccion }))
      const saved = await stored({ representantes: people, sucursales: places })
      expect(saved).toMatchObject({ representantes: people, sucursales: places })
    })

    it('[FM-4.5-8] [FM-D-036] one branch is the main one: the first by itself, and never two', async () => {
      const places = [{ direccion: 'Jr. Uno 1' }, { direccion: 'Jr. Dos 2' }]
      expect((await stored({ sucursales: places })).sucursales).toMatchObject([{ principal: true }, {}])
      const two = places.map((place) => ({ ...place, principal: true }))
      const { status, paths } = await refusal({ sucursales: two })
      expect({ status, at: paths.every((path) => path.startsWith('sucursales')) }).toEqual({ status: 422, at: true })
    })
  })

  describe('the list', () => {
    const filters: FilterRow[] = [
      { ids: 'FM-4.8-1', filter: 'ruc', title: 'RUC (Registro Único de Contribuyentes)', value: (found) => String(found.ruc).slice(2), found: {}, other: {} }, // prettier-ignore
      { ids: 'FM-4.8-3 FM-D-126', filter: 'razonSocial', title: 'Nombre Completo / Razón Social', value: 'INGENIERIA nandu', found: { razonSocial: 'Ingeniería Ñandú S.A.C.' }, other: { razonSocial: 'Ingenieros S.A.C.' } }, // prettier-ignore
      { ids: 'FM-4.8-4', filter: 'codigo', title: 'Código de Cliente', value: (found) => String(found.codigo).slice(3), found: {}, other: {} }, // prettier-ignore
      { ids: 'FM-4.8-5', filter: 'tipoCliente', title: 'Tipo de Cliente', value: 'Público', found: { tipoCliente: 'Público' }, other: { tipoCliente: 'Privado' } }, // prettier-ignore
      { ids: 'FM-4.8-6', filter: 'ubicacion', title: 'Ubicación', value: 'moyobamba', found: { domicilioFiscal: 'Jr. Alonso de Alvarado 200, Moyobamba' }, other: { domicilioFiscal: 'Jr. Alonso de Alvarado 200, Tarapoto' } }, // prettier-ignore
    ]
    walkFilters(module, filters)
    walkCombinedFilters(
      module,
      'FM-4.8-7',
      filters.filter(({ filter }) => ['razonSocial', 'tipoCliente', 'ubicacion'].includes(filter)),
    )
  })

  it('[FM-4.8-6] [FM-D-032] "ubicación" is the fiscal address, a branch or a place of its properties, and the list says which', async () => {
    const fiscal = await stored({ domicilioFiscal: 'Jr. Alonso de Alvarado 200, Juanjuí' })
    const branch = await stored({ sucursales: [{ direccion: 'Jr. Uno 1, Lima' }, { direccion: 'Plaza 2, Juanjuí' }] })
    const [address, province] = [await stored(), await stored()]
    const own = { entity: 'inmueble', visitor: module.visitor, data: () => propertyData(address.id) }
    await storedRecord(own, propertyData(address.id, { direccion: 'Muelle de Juanjui s/n' }))
    const place = { departamento: '22', provincia: '2206', distrito: undefined, ubicacion: 'Provincias' }
    await storedRecord(own, propertyData(province.id, { ...place, nombre: 'Sede Mariscal' }))
    const found = async (words: string): Promise<[string, string | undefined][]> =>
      (await module.admin.get(`/api/records/cliente?filter.ubicacion=${words}`)).body.items
        .map((item: { id: string; matched?: { text: string }[] }) => [item.id, item.matched?.[0]?.text])
        .sort()
    expect(await found('JUANJUI')).toEqual(
      [
        [fiscal.id, expect.stringContaining('Alonso de Alvarado')],
        [branch.id, expect.stringContaining('Plaza 2')],
        [address.id, expect.stringContaining('Muelle')],
      ].sort(),
    )
    expect(await found('mariscal%20caceres')).toEqual([[province.id, expect.stringContaining('Mariscal Cáceres')]])
  })

  describe('properties of a client', () => {
    it('[FM-5.4.1-1] [FM-5.4.1-4] [FM-5-2] a client has several, and the list of properties finds them by client', async () => {
      const { id } = await stored()
      const own = { entity: 'inmueble', visitor: module.visitor, data: () => propertyData(id) }
      const saved = [await storedRecord(own, own.data()), await storedRecord(own, own.data())]
      const { body } = await module.admin.get(`/api/records/inmueble?filter.cliente=${id}`)
      expect(body.items.map((item: { id: string }) => item.id).sort()).toEqual(saved.map((one) => one.id).sort())
    })
  })

  describe('who may', () => {
    it('[FM-9-28] a client at the portal sees its own company and no other', async () => {
      const visitor = await signIn(module.product.portalUrl, 'cliente')
      const { body } = await visitor.get('/api/records/cliente')
      expect((body.items as { label: string }[]).map((item) => item.label)).toEqual([
        expect.stringContaining('Altamar'),
      ])
    })

    it('[FM-D-034] RUC and CECO are corrected with a reason while there is no contract, and afterwards once only', async () => {
      const path = (id: string): string => `/api/records/cliente/${id}`
      const free = await stored({ ceco: 'LIBRE1' })
      expect((await correct(free.id, { ceco: 'LIBRE2' })).body.data).toMatchObject({ ceco: 'LIBRE2' })
      expect((await correct(free.id, { ceco: 'LIBRE3' })).body.data).toMatchObject({ ceco: 'LIBRE3' })

      const { id } = await stored({ ceco: 'ATADO1' })
      const held = (await module.product.ctx.db.records('cliente').get(id))!
      const contract = { ...held, _id: '0123456789abcdef01234567', aliases: [], data: { cliente: id } }
      await module.product.ctx.db.records('contrato').insert(contract)
      const { closed } = (await module.admin.get(`${path(id)}/correction`)).body
      expect(closed).toContainEqual(expect.objectContaining({ field: 'ceco', unlock: true }))
      const refused = await correct(id, { ceco: 'NUEVO1' })
      expect({ status: refused.status, issues: refused.body.issues }).toMatchObject({
        status: 422,
        issues: [{ path: 'ceco', message: 'El cliente ya tiene contratos: este dato figura en ellos' }],
      })
      const before = (await module.admin.get(path(id))).body.data.codigo as string
      expect((await correct(id, { ceco: 'NUEVO1' }, { unlock: true })).body.data).toMatchObject({
        ceco: 'NUEVO1',
      })
      expect(await list(`q=${encodeURIComponent(before)}`)).toHaveLength(1)
      expect((await module.admin.get(`${path(id)}/correction`)).body.closed).toContainEqual(
        expect.objectContaining({ field: 'ceco', unlock: false }),
      )
      expect((await correct(id, { ceco: 'NUEVO2' }, { unlock: true })).status).toBe(422)
      // The other field has its own once.
      const ruc = validRuc('2055000009')
      const other = await correct(id, { ruc }, { unlock: true })
      expect(other.body).toMatchObject({ data: { ruc, ceco: 'NUEVO1' } })
      const trail = await module.product.ctx.db.audit.find({ action: 'record.corrected', record: id })
      expect(trail.map(({ details }) => details)).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ reason: 'Estaba mal escrito', unlocked: ['ceco'] }),
          expect.objectContaining({ reason: 'Estaba mal escrito', unlocked: ['ruc'] }),
        ]),
      )
    })
  })
})

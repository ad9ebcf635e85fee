import { afterEach, describe, expect, it } from '@jest/globals'
import { changeSettings } from '../changeSettings.ts'
import { clientData, supplierData, validRuc } from '../sampleRecords.ts'
import { storedRecord } from '../walkFields.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** What the decisions and Configuración change in the rules of clients and suppliers, through the API. */
describe('rules of companies', () => {
  const module = new ModuleInHand('cliente', clientData)
  const { save, stored, refusal } = module
  const supplier = {
    entity: 'proveedor',
    visitor: module.visitor,
    data: () => supplierData(),
  }
  const asked = (entity: string, data: object) => module.admin.post(`/api/records/${entity}`, { data })
  const settings = (tab: string, changes: object) => changeSettings(module.admin, tab, { ...changes })
  const lookUp = async (asked: object): Promise<{ entity: string; data: object } | null> =>
    (await module.admin.post('/api/entities/cliente/lookup', { field: 'ruc', ...asked })).body.found
  const foreign = { procedencia: 'Extranjero', pais: 'CL', ruc: undefined }

  describe('one RUC with several CECO, where Configuración allows it', () => {
    const ruc = validRuc('2044000001')
    afterEach(() => settings('clientes', { rucRepetido: 'error' }))

    it('[FM-D-025] [FM-4.6-6] [FM-4.6-7] another CECO is saved after a notice, the same code is not, also at the same moment', async () => {
      await settings('clientes', { rucRepetido: 'warn' })
      expect((await save({ ruc, ceco: 'UNO' })).status).toBe(201)
      const second = await asked('cliente', clientData({ ruc, ceco: 'DOS' }))
      expect(second.body).toMatchObject({ code: 'form.warned', issues: [{ path: 'ruc', level: 'warn' }] })
      const answers = await Promise.all([1, 2, 3].map(() => save({ ruc, ceco: 'DOS' })))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
      expect(await refusal({ ruc, ceco: 'UNO' })).toEqual({ status: 422, paths: ['ceco'] })
      const found = await lookUp({ value: ruc })
      expect(found).toMatchObject({ entity: 'cliente', title: 'Ya existe un cliente con este RUC' })
      expect(found?.data).toMatchObject({ procedencia: 'Nacional', domicilioFiscal: expect.any(String), pais: 'PE' })
      const { items } = (await module.admin.get(`/api/records/cliente?filter.ruc=${ruc}`)).body
      expect(items.map((item: { data: { codigo: string } }) => item.data.codigo).sort()).toEqual([
        `${ruc}-DOS`,
        `${ruc}-UNO`,
      ])
    })
  })

  it('[FM-4.6-6] [FM-D-028] the same tax number of two countries is two companies, whose codes differ', async () => {
    const first = await stored({ ...foreign, identificador: 'AB77', ceco: '001' })
    expect(await refusal({ ...foreign, pais: 'BO', identificador: 'AB77', ceco: '001' })).toEqual({
      status: 422,
      paths: ['ceco'],
    })
    const other = await stored({ ...foreign, pais: 'BO', identificador: 'AB77', ceco: '002' })
    expect([first.codigo, other.codigo]).toEqual(['AB77-001', 'AB77-002'])
  })

  it('[FM-D-025] where a RUC may not repeat, the form says who has it, and copies nothing', async () => {
    const { id, ruc } = await stored()
    expect(await lookUp({ value: ruc })).toMatchObject({ entity: 'cliente', id, data: {} })
    expect(await lookUp({ value: ruc, record: id })).toBeNull()
  })

  it('[FM-D-026] a company is client and supplier with one RUC, and the form offers what the other side knows', async () => {
    const ruc = validRuc('2044000002')
    const known = await storedRecord(supplier, supplierData({ ruc, razonSocial: 'De ambos lados S.A.C.' }))
    expect(await lookUp({ value: ruc })).toMatchObject({
      entity: 'proveedor',
      id: known.id,
      data: { razonSocial: known.razonSocial },
    })
    expect((await save({ ruc })).status).toBe(201)
  })

  it.each([
    ['cliente', 'clientes', clientData],
    ['proveedor', 'proveedores', supplierData],
  ] as const)(
    '[FM-D-028] [FM-D-030] of a %s Configuración asks foreigners for a RUC, and for lists or not',
    async (entity, tab, data) => {
      const record = { ...supplier, entity }
      await settings(tab, { rucExtranjeros: true, listasObligatorias: false })
      const lists = { procedencia: undefined, tipoCliente: undefined, tipoProveedor: undefined, departamento: undefined, ubicacion: undefined } // prettier-ignore
      const saved = await storedRecord(record, data(lists))
      expect(saved).not.toHaveProperty('procedencia')
      const refused = await asked(entity, data({ ...foreign, identificador: 'XY1' }))
      expect(refused.body.issues).toContainEqual(expect.objectContaining({ path: 'ruc', level: 'error' }))
      const ruc = validRuc(entity === 'cliente' ? '2044000003' : '2044000004')
      expect((await storedRecord(record, data({ ...foreign, ruc }))).codigo).toContain(ruc)
      if (entity === 'cliente')
        expect(await refusal({ clasificacion: undefined })).toMatchObject({ paths: ['clasificacion'] })
      await settings(tab, { rucExtranjeros: false, listasObligatorias: true })
    },
  )

  it.each([
    ['cliente', clientData],
    ['proveedor', supplierData],
  ] as const)('[FM-D-037] a %s without representatives is saved after a warning', async (entity, data) => {
    for (const representantes of [undefined, []]) {
      const company = data({ representantes })
      const warned = await asked(entity, company)
      expect(warned.body).toMatchObject({ code: 'form.warned', issues: [{ path: 'representantes', level: 'warn' }] })
      await storedRecord({ ...supplier, entity }, company)
    }
  })

  it('[FM-D-049] [FM-6.1.2-6] a supplier called as another is saved after a warning that names him', async () => {
    const first = await storedRecord(supplier, supplierData({ razonSocial: 'Técnica Ñusta S.A.C.' }))
    const { items } = (await module.admin.get('/api/suggestions/proveedor/razonSocial?q=tecnica%20nu')).body
    expect(items).toContainEqual(expect.objectContaining({ value: first.razonSocial }))
    const again = await asked('proveedor', supplierData({ razonSocial: 'Técnica Ñusta S.A.C.' }))
    expect(again.body).toMatchObject({
      code: 'form.warned',
      issues: [{ path: 'razonSocial', level: 'warn', message: expect.stringContaining('Ya existe') }],
    })
  })
})

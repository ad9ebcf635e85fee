import { describe, expect, it } from '@jest/globals'
import { supplierFields } from '../../modules/supplierFields.ts'
import { representative, supplierData, validRuc } from '../sampleRecords.ts'
import { storedRecord, walkFields, walkMandatory } from '../walkFields.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Sections 6.1 to 6.5 and 6.7 of the specification through the API, as the Superadministrador. */
describe('suppliers', () => {
  const module = new ModuleInHand('proveedor', (changes) =>
    supplierData({ cobertura: [{ departamento: '15', provincias: ['1501'] }], ...changes }),
  )
  const { save, stored, refusal } = module

  const coverage = [{ departamento: '15', provincias: ['1501'], distritos: ['150122'] }]

  describe('fields', () => {
    walkFields(module, supplierFields)

    it('[FM-6.1-1] [FM-6.2-1] [FM-6.5-1] stand in their sections', async () => {
      const { form } = (await module.admin.get('/api/entities/proveedor')).body
      const sections = form.sections as { title: string; fields: string[] }[]
      const fieldsOf = (title: string): string[] => sections.find((section) => section.title === title)?.fields ?? []
      const general = ['codigo', 'razonSocial', 'ruc', 'domicilioFiscal', 'tipoProveedor', 'procedencia', 'pais']
      expect(fieldsOf('Datos Generales del Proveedor')).toEqual(expect.arrayContaining(general))
      const contact = ['direccion', 'ubicacion', 'departamento', 'email', 'telefono', 'whatsapp']
      expect(fieldsOf('Información de Ubicación y Contacto').sort()).toEqual(contact.sort())
      expect(fieldsOf('Servicios de Emergencia')).toEqual(['emergencia24x7'])
    })

    it('[FM-6-4] [FM-6-7] [FM-6-8] [FM-6-9] basic data, contact, coverage and availability are stored', async () => {
      const data = supplierData({ cobertura: coverage, emergencia24x7: true, whatsapp: '987654321' })
      expect(await storedRecord(module, data)).toMatchObject(data)
    })

    walkMandatory(module, 'FM-6.7-4', supplierFields)

    it('[FM-6.5.1-3] whether it attends 24 x 7 is read as Sí or No', async () => {
      for (const emergencia24x7 of [true, false]) {
        const { ruc } = await stored({ emergencia24x7 })
        const { body } = await module.admin.get(`/api/records/proveedor/export?format=csv&filter.ruc=${String(ruc)}`)
        const [, line] = (body as Buffer).toString('utf8').split('\r\n')
        expect(line?.split(',')).toContain(emergencia24x7 ? 'Sí' : 'No')
      }
    })

    it('[FM-D-030] location and department are not asked of a foreign supplier', async () => {
      const foreign = { procedencia: 'Extranjero', pais: 'CL', ruc: undefined, identificador: '96543210K' }
      expect(await stored({ ...foreign, departamento: undefined, ubicacion: undefined })).toMatchObject({
        codigo: '96543210K',
      })
    })
  })

  describe('RUC and code', () => {
    it('[FM-6.1.3-4] [FM-6.7-1] [FM-6-12] a second supplier with the same RUC is refused', async () => {
      const ruc = validRuc('2066000001')
      expect((await save({ ruc })).status).toBe(201)
      expect(await refusal({ ruc })).toMatchObject({ status: 422, paths: ['ruc'] })
    })

    it('[FM-6.1.1-6] [FM-6.7-5] of several at the same moment exactly one is saved, with its RUC as code', async () => {
      const ruc = validRuc('2066000002')
      const answers = await Promise.all([1, 2, 3].map(() => save({ ruc })))
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 422, 422])
      const { items } = (await module.admin.get(`/api/records/proveedor?filter.codigo=${ruc}`)).body
      expect(items).toMatchObject([{ data: { codigo: ruc } }])
    })

    it('[FM-6.1.1-4] RUC 20123456789 gives the code 20123456789', async () => {
      expect((await save({ ruc: '20123456789' })).body.data.codigo).toBe('20123456789')
    })
  })

  describe('representatives and coverage', () => {
    it('[FM-6-10] [FM-6.3-1] there may be several representatives', async () => {
      const people = ['Ana', 'Bruno', 'Carla'].map((nombre) => representative({ nombre }))
      expect((await stored({ representantes: people })).representantes).toEqual(people)
    })

    it('[FM-6.4-1] [FM-6.4.1-4] [FM-D-050] several zones are kept, and no department twice', async () => {
      const zones = [...coverage, { departamento: '07' }, { departamento: '04', provincias: ['0401', '0402'] }]
      expect((await stored({ cobertura: zones })).cobertura).toMatchObject(zones)
      const twice = [{ departamento: '15' }, { departamento: '15', provincias: ['1501'] }]
      const { status, paths } = await refusal({ cobertura: twice })
      expect({ status, at: paths[0]?.split('.')[0] }).toEqual({ status: 422, at: 'cobertura' })
    })

    it('[FM-D-050] a department without provinces is covered whole, a province without districts likewise', async () => {
      const zones = [
        { departamento: '07' },
        { departamento: '15', provincias: ['1501', '1505'], distritos: ['150122', '150131'] },
      ]
      const { body } = await save({ cobertura: zones })
      // What rules read and nobody is shown: keys of places.
      const kept = await module.product.ctx.db.records('proveedor').get(String(body.id))
      expect((kept?.data.alcance as string[]).sort()).toEqual(['07', '150122', '150131', '1505'])
    })
  })
})

import { beforeAll, describe, expect, it } from '@jest/globals'
import { propertyFields } from '../../modules/propertyFields.ts'
import { changeSettings } from '../changeSettings.ts'
import { FormInHand } from '../FormInHand.ts'
import { signIn } from '../harness.ts'
import { clientData, equipmentData, propertyData } from '../sampleRecords.ts'
import { walkFields } from '../walkFields.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'
import { walkPhotos } from '../walkPhotos.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 5 of the specification through the API, as the Superadministrador. */
describe('properties', () => {
  let client: string
  let otherClient: string
  const module = new ModuleInHand('inmueble', (changes) => propertyData(client, changes))
  const { save, stored, correct } = module
  beforeAll(async () => {
    client = await module.other('cliente', clientData())
    otherClient = await module.other('cliente', clientData())
  })

  describe('fields', () => {
    walkFields(module, propertyFields)

    it('[FM-5.1.1-1] [FM-5.1.2-1] stand in their sections', async () => {
      const { form } = (await module.admin.get('/api/entities/inmueble')).body
      expect(form.sections).toMatchObject([
        { title: 'Información General', fields: expect.arrayContaining(['codigo', 'nombre']) },
        { title: 'Ubicación del Inmueble', fields: expect.arrayContaining(['direccion', 'ubicacion', 'zona', 'pais']) },
        { title: 'Fotos del Inmueble', fields: ['fotos'] },
      ])
    })

    it('[FM-5-1] a property is registered with its client and changed later', async () => {
      const saved = await stored()
      expect(saved.cliente).toBe(client)
      const { body } = await module.admin.get(`/api/records/inmueble/${saved.id}`)
      const changes = { data: { direccion: 'Calle Nueva 1' } }
      const changed = await module.admin.patch(`/api/records/inmueble/${saved.id}`, changes, {
        headers: { 'if-match': String(body.revision) },
      })
      expect(changed.body.data.direccion).toBe('Calle Nueva 1')
    })
  })

  describe('the code', () => {
    it('[FM-5.1.1-6] [FM-5.3-1] is another for each, also for those saved at the same moment', async () => {
      const answers = await Promise.all([1, 2, 3, 4, 5].map(() => save()))
      const codes = answers.map(({ body }) => body.data.codigo as string)
      expect(new Set(codes).size).toBe(5)
      for (const code of codes) expect(code).toMatch(/^INM-\d{4}$/)
    })

    it('[FM-5.1.1-4] [FM-D-042] counts on, gives no number twice, and goes to five digits after INM-9999', async () => {
      const numberOf = async (): Promise<number> => Number(String((await stored()).codigo).slice(4))
      const first = await numberOf()
      expect(await numberOf()).toBe(first + 1)
      const last = await stored()
      const gone = await module.admin.delete(`/api/records/inmueble/${last.id}`, { reason: 'Prueba' }, { headers: { 'if-match': '1' } }) // prettier-ignore
      expect(gone.status).toBe(204)
      expect(await numberOf()).toBe(first + 3)

      await changeSettings(module.admin, 'codigos', { inmueble: 'SEDE-{seq:2}' })
      const kept = (await module.product.ctx.db.records('inmueble').get(last.id))!
      const full = { ...kept, _id: '0123456789abcdef01234567', deletedAt: null, aliases: [] }
      await module.product.ctx.db.records('inmueble').insert({ ...full, data: { ...kept.data, codigo: 'SEDE-99' } })
      expect((await stored()).codigo).toBe('SEDE-100')
      await changeSettings(module.admin, 'codigos', { inmueble: 'INM-{seq:4}' })
    })
  })

  describe('places', () => {
    it('[FM-D-044] the department proposes location and zone; both may be changed, after a warning', async () => {
      const proposed = { ubicacion: undefined, zona: undefined, distrito: undefined }
      expect(await stored(proposed)).toMatchObject({ ubicacion: 'Lima', zona: 'centro' })
      expect(await stored({ ...proposed, departamento: '14', provincia: '1401' })).toMatchObject({
        ubicacion: 'Provincias',
        zona: 'norte',
      })
      expect(await stored({ ...proposed, departamento: '07', provincia: '0701' })).toMatchObject({ ubicacion: 'Lima' })

      const changed = module.data({ ubicacion: 'Provincias', zona: 'sur' })
      const asked = await module.admin.post('/api/records/inmueble', { data: changed })
      expect(asked.body.code).toBe('form.warned')
      expect(asked.body.issues).toEqual(
        ['ubicacion', 'zona'].map((path) => expect.objectContaining({ path, level: 'warn' })),
      )
      expect(await stored({ ubicacion: 'Provincias', zona: 'sur' })).toMatchObject({ ubicacion: 'Provincias', zona: 'sur' }) // prettier-ignore
    })

    it('[FM-5.1.2-24] [FM-D-045] in another country region and city are free text, and nothing Peruvian is asked', async () => {
      const form = await FormInHand.open(module.admin, 'inmueble')
      expect(form.settle({}).editable.pais).toBe(true)
      const { visible, required } = form.settle({ pais: 'CL' })
      for (const field of ['departamento', 'provincia', 'distrito', 'ubicacion', 'zona'])
        expect({ field, visible: visible[field], required: required[field] ?? false }).toEqual({ field, visible: false, required: false }) // prettier-ignore

      const saved = await stored()
      const path = `/api/records/inmueble/${saved.id}`
      const moved = { pais: 'CL', region: 'Región Metropolitana', ciudad: 'Santiago' }
      const changed = await module.admin.patch(path, { data: moved, warned: true }, { headers: { 'if-match': '1' } })
      expect({ status: changed.status, issues: changed.body.issues }).toEqual({ status: 200, issues: undefined })
      const { data } = (await module.admin.get(path)).body
      expect(data).toMatchObject(moved)
      for (const field of ['departamento', 'provincia', 'distrito', 'ubicacion', 'zona']) expect(data).not.toHaveProperty(field) // prettier-ignore
      expect(await stored({ ...moved, region: undefined, ciudad: undefined })).toMatchObject({ pais: 'CL' })
    })
  })

  describe('and their client', () => {
    it('[FM-D-043] two clients may have one of the same name; within one it is saved after a warning', async () => {
      const nombre = 'Torre Única'
      await stored({ nombre })
      await stored({ nombre, cliente: otherClient })
      const again = await module.admin.post('/api/records/inmueble', { data: module.data({ nombre }) })
      expect(again.body).toMatchObject({
        code: 'form.warned',
        issues: [{ path: 'nombre', level: 'warn', message: expect.stringContaining('Este cliente ya tiene') }],
      })
      await stored({ nombre })
    })

    it('[FM-5.4.1-2] [FM-D-041] it is one that exists, and another only by a correction with a reason, which its equipment follows', async () => {
      expect(await module.refusal({ cliente: '0123456789abcdef01234567' })).toEqual({ status: 422, paths: ['cliente'] })
      const { id } = await stored()
      const path = `/api/records/inmueble/${id}`
      const equipment = await module.other('equipo', equipmentData({ sede: id }))
      await module.admin.patch(path, { data: { cliente: otherClient }, warned: true }, { headers: { 'if-match': '1' } })
      expect((await module.admin.get(path)).body.data.cliente).toBe(client)
      expect((await correct(id, { cliente: otherClient }, { reason: '' })).status).toBe(422)

      const moved = await correct(id, { cliente: otherClient })
      expect({ status: moved.status, issues: moved.body.issues }).toEqual({ status: 200, issues: undefined })
      expect((await module.admin.get(path)).body.data.cliente).toBe(otherClient)
      expect((await module.admin.get(`/api/records/equipo/${equipment}`)).body.data.cliente).toBe(otherClient)
      const [trail] = await module.product.ctx.db.audit.find({ action: 'record.corrected', record: id })
      expect(trail?.details).toMatchObject({ reason: 'Estaba mal escrito' })
    })
  })

  describe('photos', () => {
    walkPhotos(module, {
      kept: 'FM-5.1.3-2 FM-5.3-2',
      kinds: ['FM-5.1.3-3 FM-5.3-3', ['png', 'jpg']],
      size: 'FM-5.1.3-4 FM-5.3-4 FM-D-047',
    })
  })

  describe('the list', () => {
    const lima = { departamento: '15', provincia: '1501', distrito: undefined, ubicacion: 'Lima', zona: 'centro' }
    const piura = { departamento: '20', provincia: '2001', distrito: undefined, ubicacion: 'Provincias', zona: 'norte' }
    const filters: FilterRow[] = [
      { ids: 'FM-5.2-2', filter: 'codigo', title: 'Código de Inmueble o Sede', value: (found) => String(found.codigo).slice(2), found: {}, other: {} }, // prettier-ignore
      { ids: 'FM-5.2-3', filter: 'nombre', title: 'Nombre del Inmueble o Sede', value: 'ALMACEN nandu', found: { nombre: 'Almacén Ñandú' }, other: { nombre: 'Almacén Cóndor' } }, // prettier-ignore
      { ids: 'FM-5.2-4', filter: 'ubicacion', title: 'Ubicación', value: 'Provincias', found: piura, other: lima },
      { ids: 'FM-5.2-5', filter: 'zona', title: 'Zona Geográfica', value: 'norte', found: piura, other: lima },
      { ids: 'FM-5.2-6', filter: 'departamento', title: 'Departamento', value: '20', found: piura, other: lima },
      { ids: 'FM-5.2-7', filter: 'provincia', title: 'Provincia', value: '2001', found: piura, other: { ...piura, provincia: '2005' } }, // prettier-ignore
      { ids: 'FM-5.2-8', filter: 'cliente', title: 'Cliente', value: (found) => String(found.cliente), found: {}, get other() { return { cliente: otherClient } } }, // prettier-ignore
    ]
    walkFilters(module, filters)
    walkCombinedFilters(module, 'FM-5.2-9', filters.filter(({ filter }) => ['nombre', 'provincia', 'cliente'].includes(filter))) // prettier-ignore
  })

  describe('who may', () => {
    it('[FM-D-005] a client sees its own at the portal, and those of no other', async () => {
      const visitor = await signIn(module.product.portalUrl, 'cliente')
      const { items } = (await visitor.get('/api/records/inmueble')).body as { items: { data: { nombre: string } }[] }
      expect(items.length).toBeGreaterThan(0)
      for (const { data } of items) expect(data.nombre).toContain('Altamar')
      const { id } = await stored()
      expect((await visitor.get(`/api/records/inmueble/${id}`)).status).toBe(404)
    })
  })
})

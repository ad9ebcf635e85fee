import { beforeAll, describe, expect, it } from '@jest/globals'
import { propertyFields } from '../../modules/propertyFields.ts'
import { signIn } from '../harness.ts'
import { clientData, propertyData } from '../sampleRecords.ts'
import { walkFields } from '../walkFields.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'
import { walkPhotos } from '../walkPhotos.ts'
import { ModuleInHand } from './ModuleInHand.ts'

/** Section 5 of the specification through the API, as the Superadministrador. */
describe('properties', () => {
  let client: string
  let otherClient: string
  const module = new ModuleInHand('inmueble', (changes) => propertyData(client, changes))
  const { save, stored } = module
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
  })

  describe('places', () => {
    it('[FM-D-044] the department proposes location and zone, and both may be changed', async () => {
      const proposed = { ubicacion: undefined, zona: undefined, distrito: undefined }
      expect(await stored(proposed)).toMatchObject({ ubicacion: 'Lima', zona: 'centro' })
      expect(await stored({ ...proposed, departamento: '14', provincia: '1401' })).toMatchObject({
        ubicacion: 'Provincias',
        zona: 'norte',
      })
      expect(await stored({ ...proposed, departamento: '07', provincia: '0701' })).toMatchObject({ ubicacion: 'Lima' })
    })

    it('[FM-5.1.2-24] [FM-D-045] in another country region and city are free text, and nothing Peruvian is asked', async () => {
      const abroad = await stored({
        pais: 'CL',
        departamento: undefined,
        provincia: undefined,
        distrito: undefined,
        ubicacion: undefined,
        region: 'Región Metropolitana',
        ciudad: 'Santiago',
      })
      expect(abroad).toMatchObject({ pais: 'CL', region: 'Región Metropolitana', ciudad: 'Santiago' })
      expect(abroad).not.toHaveProperty('ubicacion')
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
      { ids: 'FM-5.2-2', filter: 'codigo', title: 'Código de Inmueble o Sede', value: (found) => String(found.codigo), found: {}, other: {} }, // prettier-ignore
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

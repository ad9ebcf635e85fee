import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../../engine/main.ts'
import type { Changes } from '../../modules/FieldRow.ts'
import { propertyFields } from '../../modules/propertyFields.ts'
import { signIn, startProduct, type Answer, type Visitor } from '../harness.ts'
import { clientData, propertyData } from '../sampleRecords.ts'
import { pictureOf } from '../samplePictures.ts'
import { saveRecord, storedRecord, walkFields } from '../walkFields.ts'
import { walkCombinedFilters, walkFilters, type FilterRow } from '../walkFilters.ts'

/** Section 5 of the specification through the API, as the Superadministrador. */
describe('properties', () => {
  let product: Running
  let admin: Visitor
  let client: string
  let otherClient: string
  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
    const clients = await Promise.all([1, 2].map(() => admin.post('/api/records/cliente', { data: clientData() })))
    ;[client, otherClient] = clients.map(({ body }) => body.id as string) as [string, string]
  }, 90_000)
  afterAll(async () => {
    await product.stop()
  })

  const module = { entity: 'inmueble', visitor: () => admin, data: () => propertyData(client) }
  const save = (changes: Changes = {}): Promise<Answer> => saveRecord(module, propertyData(client, changes))
  const stored = (changes: Changes = {}): ReturnType<typeof storedRecord> =>
    storedRecord(module, propertyData(client, changes))
  const refusal = async (changes: Changes): Promise<{ status: number; paths: string[] }> => {
    const { status, body } = await save(changes)
    return { status, paths: ((body.issues ?? []) as { path: string }[]).map(({ path }) => path) }
  }

  describe('fields', () => {
    walkFields(module, propertyFields)

    it('[FM-5.1.1-1] [FM-5.1.2-1] stand in their sections', async () => {
      const { form } = (await admin.get('/api/entities/inmueble')).body
      expect(form.sections).toMatchObject([
        { title: 'Información General', fields: expect.arrayContaining(['codigo', 'nombre']) },
        { title: 'Ubicación del Inmueble', fields: expect.arrayContaining(['direccion', 'ubicacion', 'zona', 'pais']) },
        { title: 'Fotos del Inmueble', fields: ['fotos'] },
      ])
    })

    it('[FM-5-1] a property is registered with its client and changed later', async () => {
      const saved = await stored()
      expect(saved.cliente).toBe(client)
      const { body } = await admin.get(`/api/records/inmueble/${saved.id}`)
      const changes = { data: { direccion: 'Calle Nueva 1' } }
      const changed = await admin.patch(`/api/records/inmueble/${saved.id}`, changes, {
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
    const MB = 1024 * 1024
    const upload = async (name: string, content: Uint8Array): Promise<string> =>
      (await admin.upload(name, content)).body.id as string

    it('[FM-5.1.3-2] [FM-5.3-2] three are kept, a fourth is refused', async () => {
      const photos = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => upload(`${name}.png`, await pictureOf('png')))) // prettier-ignore
      expect((await stored({ fotos: photos.slice(0, 3) })).fotos).toHaveLength(3)
      const others = await Promise.all(['a', 'b', 'c', 'd'].map(async (name) => upload(`${name}.png`, await pictureOf('png')))) // prettier-ignore
      expect(await refusal({ fotos: others })).toMatchObject({ status: 422, paths: ['fotos'] })
    })

    it('[FM-5.1.3-3] [FM-5.3-3] PNG and JPG are taken; others are refused, also under such a name', async () => {
      for (const kind of ['png', 'jpg'] as const)
        expect((await save({ fotos: [await upload(`foto.${kind}`, await pictureOf(kind))] })).status).toBe(201)
      for (const [name, content] of [
        ['foto.gif', Buffer.from('474946383961010001000000002c00000000010001000002020100003b', 'hex')],
        ['foto.jpg', Buffer.from('%PDF-1.4 nothing to see')],
        ['foto.png', Buffer.from('MZ this is a program')],
      ] as const) {
        const file = await admin.upload(name, content)
        const refused = file.status === 201 ? await save({ fotos: [file.body.id] }) : file
        expect({ name, status: refused.status }).toEqual({ name, status: 422 })
      }
    })

    it('[FM-5.1.3-4] [FM-5.3-4] [FM-D-047] 5MB exactly are taken, one byte more is refused', async () => {
      const exact = await admin.upload('exacta.jpg', await pictureOf('jpg', 5 * MB))
      expect((await save({ fotos: [exact.body.id] })).status).toBe(201)
      const more = await admin.upload('grande.jpg', await pictureOf('jpg', 5 * MB + 1))
      const refused = more.status === 201 ? await save({ fotos: [more.body.id] }) : more
      expect(refused.status).toBe(422)
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
      const visitor = await signIn(product.portalUrl, 'cliente')
      const { items } = (await visitor.get('/api/records/inmueble')).body as { items: { data: { nombre: string } }[] }
      expect(items.length).toBeGreaterThan(0)
      for (const { data } of items) expect(data.nombre).toContain('Altamar')
      const { id } = await stored()
      expect((await visitor.get(`/api/records/inmueble/${id}`)).status).toBe(404)
    })
  })
})

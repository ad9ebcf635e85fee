import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Answer, type Visitor } from './harness.ts'

/** Sections 4.1, 4.2 and 4.6 to 4.8 of the specification, through the API, as the Superadministrador. */
describe('clients', () => {
  let product: Running
  let admin: Visitor

  beforeAll(async () => {
    product = await startProduct()
    admin = await signIn(product.staffUrl, 'superadmin')
  })
  afterAll(async () => {
    await product.stop()
  })

  let next = 0
  /** A client that may be saved, with a RUC and CECO of its own. */
  const client = (changes: Record<string, unknown> = {}): Record<string, unknown> => {
    next += 1
    const data: Record<string, unknown> = {
      razonSocial: `Prueba ${next} S.A.C.`,
      procedencia: 'Nacional',
      ruc: validRuc(`2099${String(next).padStart(6, '0')}`),
      domicilioFiscal: 'Av. Arequipa 100, Lima',
      tipoCliente: 'Privado',
      ceco: `T${next}`,
      clasificacion: 'Externo',
      pais: 'PE',
      email: 'prueba@example.pe',
      telefono: '014445566',
      ...changes,
    }
    return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined))
  }
  const save = (changes: Record<string, unknown> = {}): Promise<Answer> =>
    admin.post('/api/records/cliente', { data: client(changes) })
  const refusal = async (
    changes: Record<string, unknown>,
  ): Promise<{ status: number; paths: string[]; text: string }> => {
    const { status, body } = await save(changes)
    const issues = (body.issues ?? []) as { path: string; message: string }[]
    return { status, paths: issues.map((issue) => issue.path), text: issues.map((issue) => issue.message).join(' ') }
  }
  const list = async (query: string): Promise<string[]> => {
    const answer = await admin.get(`/api/records/cliente?${query}&size=100`)
    expect(answer.status).toBe(200)
    return (answer.body.items as { data: { razonSocial: string } }[]).map((item) => item.data.razonSocial)
  }
  const definition = async (): Promise<{
    schema: { properties: Record<string, Schema> }
    sections: { title: string; fields: string[] }[]
  }> => (await admin.get('/api/entities/cliente')).body.form
  interface Schema {
    title: string
    enum?: string[]
  }

  describe('the form', () => {
    const fields = [
      ['FM-4.1.1-1', 'codigo', 'Código de Cliente'],
      ['FM-4.1.2-1', 'razonSocial', 'Nombre Completo / Razón Social'],
      ['FM-4.1.3-1', 'ruc', 'RUC (Registro Único de Contribuyentes)'],
      ['FM-4.1.4-1', 'domicilioFiscal', 'Domicilio Fiscal'],
      ['FM-4.1.5-1', 'tipoCliente', 'Tipo de Cliente'],
      ['FM-4.1.6-1', 'ceco', 'CECO (Centro de Costos)'],
      ['FM-4.1.7-1', 'clasificacion', 'Clasificación: Interno o Externo'],
      ['FM-4.1.8-1', 'procedencia', 'Nacional / Extranjero'],
      ['FM-4.1.9-1', 'pais', 'País'],
      ['FM-4.2.1-1', 'email', 'Email'],
      ['FM-4.2.2-1', 'telefono', 'Teléfono'],
      ['FM-4.2.3-1', 'whatsapp', 'WhatsApp'],
    ] as const
    it.each(fields)('[%s] has the field %s, "%s"', async (_id, name, title) => {
      expect((await definition()).schema.properties[name]?.title).toBe(title)
    })

    it('[FM-4.1-1] [FM-4.2-1] has its two sections with their fields', async () => {
      const { sections } = await definition()
      expect(sections.slice(0, 2).map((section) => section.title)).toEqual([
        'Datos Generales del Cliente',
        'Información de Contacto',
      ])
      expect(sections[0]?.fields).toEqual(expect.arrayContaining(fields.slice(0, 9).map(([, name]) => name)))
      expect(sections[1]?.fields).toEqual(['email', 'telefono', 'whatsapp'])
    })

    it.each([
      ['FM-4.1.5-3', 'tipoCliente', ['Público', 'Privado']],
      ['FM-4.1.7-3', 'clasificacion', ['Interno', 'Externo']],
      ['FM-4.1.8-3', 'procedencia', ['Nacional', 'Extranjero']],
    ])('[%s] %s offers exactly %j', async (_id, name, options) => {
      expect((await definition()).schema.properties[name]?.enum).toEqual(options)
      expect((await refusal({ [name]: 'Otro' })).paths).toContain(name)
    })

    it('[FM-4.1.9-3] [FM-D-114] "País" offers every country of ISO 3166, Perú first', async () => {
      const { body } = await admin.get('/api/catalogs/paises')
      const rows = body.rows as { key: string; label: string }[]
      expect(rows).toHaveLength(249)
      expect(rows[0]).toMatchObject({ key: 'PE' })
      expect((await refusal({ pais: 'XX' })).paths).toContain('pais')
    })
  })

  describe('mandatory fields', () => {
    it.each([
      ['FM-4.1.2-2', 'razonSocial', 'razón social'],
      ['FM-4.1.3-2', 'ruc', 'RUC'],
      ['FM-4.1.4-2', 'domicilioFiscal', 'domicilio fiscal'],
      ['FM-4.1.6-2] [FM-4.7-5', 'ceco', 'CECO'],
      ['FM-4.1.9-4', 'pais', 'país'],
      ['FM-4.2.1-2', 'email', 'email'],
      ['FM-4.2.2-2', 'telefono', 'teléfono'],
      ['FM-D-030', 'clasificacion', 'clasificación'],
      ['FM-D-030', 'tipoCliente', 'tipo'],
      ['FM-D-030', 'procedencia', 'Nacional'],
    ])('[%s] without %s saving is refused and the message names it', async (_id, name, word) => {
      // "Nacional" proposes the country, so that one is tried without it.
      const { status, paths, text } = await refusal({
        [name]: undefined,
        ...(name === 'pais' && { procedencia: undefined }),
      })
      expect({ status, paths }).toEqual({ status: 422, paths: expect.arrayContaining([name]) })
      expect(text.toLowerCase()).toContain(word.toLowerCase())
    })

    it('[FM-4.7-4] nothing is saved while one is missing', async () => {
      const { status } = await refusal({ razonSocial: undefined, ceco: 'NADA1' })
      expect(status).toBe(422)
      expect(await list('filter.codigo=NADA1')).toEqual([])
      expect(await list('q=NADA1')).toEqual([])
    })

    it('[FM-4.2.3-2] without WhatsApp saving works', async () => {
      expect((await save({ whatsapp: undefined })).status).toBe(201)
    })
  })

  describe('the RUC', () => {
    it.each(['2012345678', '201234567890', '2012345678A', '20123 456789', '2012345678-', ' 20123456789'])(
      '[FM-4.1.3-3] [FM-4.7-2] «%s» is refused',
      async (ruc) => {
        expect(await refusal({ ruc })).toMatchObject({ status: 422, paths: expect.arrayContaining(['ruc']) })
      },
    )

    it('[FM-4.1.3-4] [FM-4.7-1] [FM-4-12] [FM-D-025] a second client with the same RUC is refused', async () => {
      const ruc = validRuc('2077000001')
      expect((await save({ ruc })).status).toBe(201)
      expect(await refusal({ ruc })).toMatchObject({ status: 422, paths: ['ruc'] })
    })

    it('[FM-D-025] two at the same moment leave exactly one', async () => {
      const ruc = validRuc('2077000002')
      const answers = await Promise.all([save({ ruc }), save({ ruc }), save({ ruc })])
      expect(answers.map((answer) => answer.status).sort()).toEqual([201, 422, 422])
    })

    it('[FM-D-027] a wrong check digit warns and can be saved: the example of the text must be enterable', async () => {
      expect((await save({ ruc: '20123456789', ceco: '001' })).status).toBe(201)
    })
  })

  describe('the code', () => {
    it('[FM-4.6-1] [FM-4.6-2] [FM-4.6-3] [FM-4.6-4] [FM-4.1.1-2] [FM-4.1.1-3] [FM-4.1.1-4] is RUC-CECO, made when saving', async () => {
      const [saved] = (await admin.get('/api/records/cliente?q=20123456789-001')).body.items as {
        data: { codigo: string }
      }[]
      expect(saved?.data.codigo).toBe('20123456789-001')
    })

    it('[FM-4.1.1-5] [FM-4.6-5] a code that is sent is not taken', async () => {
      const answer = await save({ codigo: 'MIO-1' })
      if (answer.status === 201) expect(answer.body.data.codigo).not.toBe('MIO-1')
      else expect(answer.status).toBe(422)
    })

    it('[FM-4.1.6-3] [FM-4.1.6-4] [FM-D-033] keeps the leading zeros of the CECO, in upper case', async () => {
      const ruc = validRuc('2077000003')
      const answer = await save({ ruc, ceco: '007a' })
      expect(answer.body.data).toMatchObject({ ceco: '007A', codigo: `${ruc}-007A` })
      expect((await refusal({ ceco: 'A-1' })).paths).toContain('ceco')
      expect((await refusal({ ceco: 'A'.repeat(21) })).paths).toContain('ceco')
    })
  })

  describe('other validations', () => {
    it('[FM-4.1.2-3] the name takes 200 characters and not 201', async () => {
      expect((await save({ razonSocial: 'x'.repeat(200) })).status).toBe(201)
      expect((await refusal({ razonSocial: 'x'.repeat(201) })).paths).toContain('razonSocial')
    })

    it.each(['ejemplo', 'ejemplo@', '@dominio.com', 'a b@dominio.com'])(
      '[FM-4.2.1-3] [FM-4.7-3] «%s» is no e-mail',
      async (email) => {
        const { status, text } = await refusal({ email })
        expect(status).toBe(422)
        expect(text).toContain('correo')
      },
    )

    it.each([
      ['FM-4.2.2-3', 'telefono'],
      ['FM-4.2.3-3', 'whatsapp'],
    ])('[%s] %s takes numbers only', async (_id, name) => {
      expect((await refusal({ [name]: '98765432a' })).paths).toContain(name)
      expect((await refusal({ [name]: 'abc' })).paths).toContain(name)
    })

    it('[FM-D-021] blanks and hyphens that people type in a number are removed', async () => {
      const answer = await save({ telefono: '(01) 444-5566', whatsapp: '987 654 321' })
      expect(answer.body.data).toMatchObject({ telefono: '014445566', whatsapp: '987654321' })
      expect((await refusal({ whatsapp: '887654321' })).paths).toContain('whatsapp')
    })

    it('[FM-D-028] a foreign client has a tax number instead of a RUC, and the code is made of it', async () => {
      const answer = await save({
        procedencia: 'Extranjero',
        pais: 'CL',
        ruc: undefined,
        identificador: '76432109k',
        ceco: 'STG',
      })
      expect(answer.body.data).toMatchObject({ codigo: '76432109K-STG', identificador: '76432109K' })
      expect((await refusal({ procedencia: 'Extranjero', pais: 'CL', ruc: undefined })).paths).toContain(
        'identificador',
      )
    })

    it('[FM-D-029] a national client is of Perú, a foreign one is not', async () => {
      const national = await save({ pais: undefined })
      expect(national.body.data.pais).toBe('PE')
      expect((await refusal({ pais: 'CL' })).paths).toContain('pais')
      expect(
        (await refusal({ procedencia: 'Extranjero', pais: 'PE', ruc: undefined, identificador: 'X1' })).paths,
      ).toContain('pais')
    })
  })

  describe('who may', () => {
    it.each(['gerente.general', 'gerente.fm', 'facility.manager', 'planner', 'service.desk'])(
      '[FM-D-005] %s reads clients and creates none',
      async (name) => {
        const visitor = await signIn(product.staffUrl, name)
        expect((await visitor.get('/api/records/cliente')).status).toBe(200)
        expect((await visitor.post('/api/records/cliente', { data: client() })).status).toBe(403)
      },
    )

    it('[FM-9-28] a client at the portal sees its own company and no other', async () => {
      const visitor = await signIn(product.portalUrl, 'cliente')
      const { body } = await visitor.get('/api/records/cliente')
      expect((body.items as { label: string }[]).map((item) => item.label)).toEqual([
        expect.stringContaining('Altamar'),
      ])
    })
  })

  describe('the list', () => {
    it('[FM-4.8-1] [FM-4.8-3] [FM-4.8-4] can be searched by RUC, name and code', async () => {
      const ruc = validRuc('2066000001')
      await save({ ruc, ceco: 'BUSCA', razonSocial: 'Ñandú Ingeniería S.A.C.' })
      expect(await list(`filter.ruc=${ruc}`)).toEqual(['Ñandú Ingeniería S.A.C.'])
      expect(await list('filter.razonSocial=ingenieria')).toEqual(['Ñandú Ingeniería S.A.C.'])
      expect(await list(`filter.codigo=${ruc}-BUSCA`)).toEqual(['Ñandú Ingeniería S.A.C.'])
    })

    it('[FM-4.8-5] [FM-4.8-7] by "Tipo de Cliente", combined with others', async () => {
      const publicClients = await list(`filter.tipoCliente=${encodeURIComponent('Público')}`)
      expect(publicClients).toEqual(['Municipalidad Distrital de Villa Aurora'])
      expect(await list(`filter.tipoCliente=${encodeURIComponent('Público')}&filter.razonSocial=altamar`)).toEqual([])
    })

    it('[FM-4.8-6] by "ubicación", which looks into the fiscal address', async () => {
      expect(await list('filter.ubicacion=chiclayo')).toEqual(['Universidad Privada Los Ceibos S.A.C.'])
    })
  })
})

function validRuc(ten: string): string {
  const sum = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2].reduce((total, weight, index) => total + weight * Number(ten[index]), 0)
  return `${ten}${(11 - (sum % 11)) % 10}`
}

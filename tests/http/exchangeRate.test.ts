import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { RateSources } from '../setup/RateSources.ts'
import { startProduct, type Answer } from './harness.ts'
import { ReturningVisitor } from './ReturningVisitor.ts'
import { rowsOfWorkbook } from './sheets.ts'

const allButTheAdministrator = ['gerente.general', 'gerente.fm', 'facility.manager', 'supervisor.fm', 'planner', 'service.desk', 'tecnico', 'legal'] // prettier-ignore

interface Row {
  id: string
  revision: number
  data: Record<string, string | boolean | null>
}

describe('the exchange rate', () => {
  const sources = new RateSources()
  let packsDir: string
  let product: Running

  /** The product at noon of that day in Lima, as if it had never asked before, and SUNAT's line of the day. */
  async function begin(day: string, line: string): Promise<void> {
    sources.says(null)
    sources.bcrp = { status: 503, body: '' }
    product = await startProduct({ packsDir, environment: { OUTGOING_HTTP: '1' } })
    // It asks at once when it starts, today; the days of this test are others.
    await product.jobs.runDueActions()
    // Nor are the rates of the demo of those days.
    await product.ctx.db.records('tipo-cambio').deleteMany({})
    at(`${day}T12:00`)
    sources.says(line)
    // Last of all: from here on its own jobs may ask as well.
    await product.ctx.db.schedules.deleteMany({})
  }
  const at = (local: string): void => product.clock?.freeze(new Date(`${local}:00-05:00`))
  /** The clock moves on and does what became due. */
  async function until(local: string): Promise<void> {
    at(local)
    await product.jobs.runDueActions()
    await product.jobs.wake()
  }
  /** Hour by hour, as the jobs of a running product do. */
  async function hours(from: string, count: number): Promise<void> {
    const start = new Date(`${from}:00-05:00`).getTime()
    for (let hour = 0; hour <= count; hour++) {
      product.clock?.freeze(new Date(start + hour * 3600_000))
      await product.jobs.runDueActions()
    }
    await product.jobs.wake()
  }
  /** Not a session kept: the store clears away what has expired by its own clock, which is years ahead. */
  const again = (name: string, site = product.staffUrl): ReturningVisitor =>
    new ReturningVisitor(site, `${name}@demo.pe`)
  async function trySetting(changes: Record<string, unknown>): Promise<Answer> {
    const visitor = again('superadmin')
    const tabs = (await visitor.get('/api/settings')).body as { pack: string; tabs?: never }[]
    const tab = (tabs as unknown as { pack: string; tab: string; revision: number; data: object }[]).find(
      ({ tab: key }) => key === 'tipoCambio',
    )
    return visitor.send('PUT', '/api/settings/fm/tipoCambio', {
      body: { data: { ...tab?.data, ...changes } },
      headers: { 'if-match': `"${tab?.revision ?? 0}"` },
    })
  }
  async function set(changes: Record<string, unknown>): Promise<Answer> {
    const answer = await trySetting(changes)
    expect({ status: answer.status, body: answer.status === 200 ? null : answer.body }).toEqual({
      status: 200,
      body: null,
    })
    return answer
  }
  async function rows(query = ''): Promise<Row[]> {
    const visitor = again('superadmin')
    const answer = await visitor.get(`/api/records/tipo-cambio?size=100${query}`)
    expect(answer.status).toBe(200)
    return answer.body.items as Row[]
  }
  const active = async (day: string): Promise<Row['data'] | undefined> => {
    const found = await rows(`&filter.fecha=${day}&filter.estado=Activo`)
    expect(found.length).toBeLessThanOrEqual(1)
    return found[0]?.data
  }
  const mails = async (template: string): Promise<string[]> => {
    const sent = await product.ctx.db.outbox.find({ kind: 'mail', 'payload.template': template })
    return sent.map((row) => String(row.payload.to)).sort()
  }
  const press = async (name: string, path = '/api/entities/tipo-cambio/actions/consultarSunat'): Promise<Answer> =>
    again(name).post(path, {})

  beforeAll(async () => {
    packsDir = await sources.start()
  })
  afterAll(() => sources.stop())

  describe('day by day, July 2021', () => {
    beforeAll(async () => {
      await begin('2021-07-01', '01/07/2021|3.849|3.866|')
      await until('2021-07-01T12:00')
    })
    afterAll(() => product.stop())

    it('[FM-10.1.1-7] [FM-10.1.1-8] [FM-10.1.1-9] [FM-10.1.1-10] [FM-10.1.1-11] [FM-10.1.1-12] [FM-D-106] a row says day, compra, venta, source, moment and state', async () => {
      const { properties } = (await again('planner').get('/api/entities/tipo-cambio')).body.form.schema
      for (const [field, title] of [
        ['fecha', 'Fecha'],
        ['compra', 'Tipo de Cambio Compra'],
        ['venta', 'Tipo de Cambio Venta'],
        ['fuente', 'Fuente'],
        ['actualizado', 'Fecha y Hora de Actualización'],
        ['estado', 'Estado'],
      ])
        expect({ field, title: properties[field!].title }).toEqual({ field, title })
      const states = properties.estado.oneOf as { title: string }[]
      expect(states.map(({ title }) => title)).toEqual(['Activo', 'Inactivo'])
      expect(await active('2021-07-01')).toMatchObject({
        fecha: '2021-07-01',
        compra: '3.849',
        venta: '3.866',
        fuente: 'SUNAT',
        publicado: '2021-07-01',
        arrastrado: false,
        actualizado: '2021-07-01T17:00:00.000Z',
        estado: 'Activo',
      })
    })

    it('[FM-10.1.1-2] [FM-D-106] it is said as soles for a dollar, and the inverse is shown beside it', async () => {
      const { form } = (await again('planner').get('/api/entities/tipo-cambio')).body
      for (const side of ['compra', 'venta'])
        expect(form.schema.properties[side].description).toBe('Soles por cada dólar')
      expect(form.schema.properties.inverso.title).toBe('Dólares por cada sol')
      // 1 / 3.866
      const [row] = await rows('&filter.fecha=2021-07-01&filter.estado=Activo')
      const { data } = (await again('planner').get(`/api/records/tipo-cambio/${row?.id}`)).body
      expect(data).toMatchObject({ venta: '3.866', inverso: '0.2587' })
    })

    it('[FM-10.1-1] [FM-10.1.1-1] [FM-10.1.1-3] [FM-9.14-12] is fetched by itself at 00:00 of Lima, and not before', async () => {
      sources.says('02/07/2021|3.856|3.866|')
      await until('2021-07-01T23:59')
      expect(await active('2021-07-02')).toBeUndefined()
      await until('2021-07-02T00:00')
      const fetched = { compra: '3.856', venta: '3.866', fuente: 'SUNAT', arrastrado: false }
      expect(await active('2021-07-02')).toMatchObject(fetched)
    })

    it('[FM-D-107] the date in the answer counts: at 00:00 the file still holds yesterday, which is carried on', async () => {
      await until('2021-07-03T00:00')
      expect(await active('2021-07-03')).toMatchObject({ compra: '3.856', publicado: '2021-07-02', arrastrado: true })
    })

    it('[FM-D-110] is asked again every hour until the day has its value, and what was carried stays visible', async () => {
      sources.asked.length = 0
      await until('2021-07-03T00:59')
      expect(sources.asked).toEqual([])
      await until('2021-07-03T01:00')
      expect(sources.asked[0]).toBe('/sunat.txt')
      sources.says('03/07/2021|3.875|3.887|')
      await until('2021-07-03T02:00')
      expect(await active('2021-07-03')).toMatchObject({ compra: '3.875', venta: '3.887', arrastrado: false })
      const all = await rows('&filter.fecha=2021-07-03')
      expect(all.map((row) => [row.data.compra, row.data.estado]).sort()).toEqual([
        ['3.856', 'Inactivo'],
        ['3.875', 'Activo'],
      ])
    })

    it('[FM-D-108] Sunday and Monday have no publication: the value of Saturday is carried with its real date, and nobody is alarmed', async () => {
      await hours('2021-07-03T03:00', 24 * 3 - 4)
      expect(await active('2021-07-05')).toMatchObject({
        compra: '3.875',
        venta: '3.887',
        publicado: '2021-07-03',
        arrastrado: true,
      })
      expect(await mails('tipo-cambio-sin-respuesta')).toEqual([])
      expect(await mails('tipo-cambio-sin-actualizar')).toEqual([])
    })

    it('[FM-D-107] SUNAT silent: the central bank gives the close of Monday, which is the value of Tuesday', async () => {
      sources.says(null)
      sources.bcrp = {
        status: 200,
        body: JSON.stringify({
          config: { series: [{ name: 'Compra', dec: '3' }] },
          periods: [
            { name: '02.Jul.21', values: ['3.8751', '3.8866'] },
            { name: '03.Jul.21', values: ['n.d.', 'n.d.'] },
            { name: '05.Jul.21', values: ['3.8975', '3.919'] },
          ],
        }),
      }
      await until('2021-07-06T00:00')
      expect(await active('2021-07-06')).toMatchObject({ compra: '3.898', venta: '3.919', fuente: 'BCRP' })
      expect(sources.asked.at(-1)).toBe('/bcrp/2021-06-24/2021-07-05')
    })

    it('[FM-10.1.2-3] [FM-10.1.2-4] [FM-D-110] asked by hand: the new value of the day is active, the former inactive; the same again only renews the moment', async () => {
      sources.says('06/07/2021|3.899|3.920|')
      at('2021-07-06T09:00')
      const answer = await press('superadmin')
      expect(answer).toMatchObject({
        status: 200,
        body: { message: 'Nuevo tipo de cambio: 3.899 / 3.920 del 06/07/2021.' },
      })
      at('2021-07-06T10:00')
      expect((await press('superadmin')).body).toEqual({ message: 'Sin cambios: 3.899 / 3.920 del 06/07/2021.' })
      const all = await rows('&filter.fecha=2021-07-06')
      expect(all.map(({ data }) => [data.compra, data.estado, data.actualizado]).sort()).toEqual([
        ['3.898', 'Inactivo', expect.any(String)],
        ['3.899', 'Activo', '2021-07-06T15:00:00.000Z'],
      ])
    })

    it('[FM-10.1.2-1] every other role is refused by the server', async () => {
      for (const name of allButTheAdministrator)
        expect({ name, status: (await press(name)).status }).toEqual({ name, status: 403 })
      for (const name of ['cliente', 'proveedor']) {
        const visitor = again(name, product.portalUrl)
        expect((await visitor.post('/api/entities/tipo-cambio/actions/consultarSunat', {})).status).toBe(403)
      }
      const view = (await again('gerente.fm').get('/api/entities/tipo-cambio')).body
      expect(view.actions).toEqual([])
    })

    it('[FM-10.1.2-2] the button "Consultar SUNAT" is offered to the Superadministrador, over the history and in Configuración', async () => {
      const button = { key: 'consultarSunat', title: 'Consultar SUNAT', kind: 'primary', confirm: null, reason: false }
      expect((await again('superadmin').get('/api/entities/tipo-cambio')).body.actions).toEqual([button])
      const tabs = (await again('superadmin').get('/api/settings')).body as { tab: string; actions: object[] }[]
      expect(tabs.filter(({ actions }) => actions.length > 0)).toMatchObject([
        { tab: 'tipoCambio', actions: [{ ...button, entity: 'tipo-cambio' }] },
      ])
      const others = (await again('gerente.fm').get('/api/settings')).body as { actions: object[] }[]
      expect(others.flatMap(({ actions }) => actions)).toEqual([])
    })

    it('[FM-10.1.2-5] [FM-10.1.2-6] [FM-10.1.2-7] [FM-9.13-24] the audit names who asked, when, and what was obtained', async () => {
      const who = (await again('superadmin').get('/api/session')).body.user.name as string
      const query = 'filter.action=action.run&filter.user=superadmin&filter.at.from=2021-07-06&filter.at.to=2021-07-06'
      const [last] = (await again('superadmin').get(`/api/audit?${query}`)).body.items
      expect(last).toMatchObject({ who, at: '2021-07-06T15:00:00.000Z' })
      const { details } = (await again('superadmin').get(`/api/audit/${last.id}`)).body
      const said = JSON.stringify(details)
      for (const part of ['3.899', '3.920', 'sunat-txt', '2021-07-06']) expect(said).toContain(part)
    })

    it('[FM-10.1.3-1] [FM-10.1.3-2] the history is complete and nobody deletes, changes or adds a row', async () => {
      const [row] = await rows('&filter.fecha=2021-07-01')
      for (const name of ['superadmin', ...allButTheAdministrator]) {
        const visitor = again(name)
        const headers = { 'if-match': `"${row?.revision}"` }
        const path = `/api/records/tipo-cambio/${row?.id}`
        // Who may not even read it is told that it is not there.
        const refused = ['tecnico', 'legal'].includes(name) ? 404 : 403
        expect((await visitor.send('DELETE', path, { body: {}, headers })).status).toBe(refused)
        const edit = { body: { data: { compra: '1.000' } }, headers }
        expect((await visitor.send('PATCH', path, edit)).status).toBe(refused)
        expect((await visitor.post('/api/records/tipo-cambio', { data: { ...row?.data } })).status).toBe(403)
      }
      expect(await active('2021-07-01')).toMatchObject({ compra: '3.849' })
      const days = (await rows('&filter.estado=Activo')).map(({ data }) => data.fecha).sort()
      expect(days).toEqual([1, 2, 3, 4, 5, 6].map((day) => `2021-07-0${day}`))
    })

    it('[FM-10.1.3-7] the history is taken along to Excel', async () => {
      const answer = await again('superadmin').get('/api/records/tipo-cambio/export?format=xlsx')
      expect(answer.status).toBe(200)
      const sheet = await rowsOfWorkbook(answer.body as Buffer)
      const head = sheet.findIndex((line) => line.includes('Fecha'))
      const column = sheet[head]?.indexOf('Tipo de Cambio Compra') ?? -1
      const said = sheet.slice(head + 1).flatMap((line) => ((line[column] as { n?: string } | null)?.n ?? []) as string)
      const kept = (await rows()).map(({ data }) => Number(data.compra))
      expect(said.map(Number).sort()).toEqual(kept.sort())
    })

    it('[FM-10.1.3-3] [FM-10.1.3-5] a past date, and a range of dates, can be asked for', async () => {
      expect(await active('2021-07-02')).toMatchObject({ compra: '3.856' })
      const range = await rows('&filter.fecha.from=2021-07-02&filter.fecha.to=2021-07-04&filter.estado=Activo')
      expect(range.map((row) => row.data.fecha).sort()).toEqual(['2021-07-02', '2021-07-03', '2021-07-04'])
    })
  })

  describe('answers that are none', () => {
    beforeAll(async () => {
      await begin('2021-07-06', '06/07/2021|3.898|3.919|')
      sources.bcrp = { status: 200, body: '<html><body>Request Rejected</body></html>' }
      await until('2021-07-06T12:00')
    })
    afterAll(() => product.stop())
    beforeEach(() => at('2021-07-06T13:00'))

    it.each([
      ['a page with status 200', '<html><body>Servicio no disponible</body></html>'],
      ['[FM-10.1.5-2] compra above venta', '07/07/2021|3.930|3.919|'],
      ['[FM-10.1.5-1] zero', '07/07/2021|0.000|3.919|'],
      ['[FM-10.1.5-1] less than zero', '07/07/2021|-3.898|3.919|'],
      ['[FM-10.1.5-1] what is no number', '07/07/2021|tres|3.919|'],
      ['a value out of all bounds', '07/07/2021|38.98|39.19|'],
      ['a day of the future', '09/07/2021|3.898|3.919|'],
      ['a day that does not exist', '31/06/2021|3.898|3.919|'],
      ['an empty file', ''],
      ['a redirection', ''],
    ])('%s is not stored, and the last value goes on', async (what, body) => {
      sources.sunat = { status: what === 'a redirection' ? 302 : 200, body }
      const answer = await press('superadmin')
      expect(answer).toMatchObject({
        status: 200,
        body: { message: expect.stringContaining('Sigue el último valor, 3.898 / 3.919') },
      })
      expect(await rows()).toHaveLength(1)
    })

    it('[FM-10.1.1-4] [FM-10.1.1-6] on an error it asks again every hour until there is an answer, and the last value counts meanwhile', async () => {
      const last = { compra: '3.898', venta: '3.919', publicado: '2021-07-06', arrastrado: true, estado: 'Activo' }
      sources.says(null)
      for (const hour of ['00', '01', '02']) {
        sources.asked.length = 0
        await until(`2021-07-07T${hour}:00`)
        expect(sources.asked).toContain('/sunat.txt')
        expect(await active('2021-07-07')).toMatchObject(last)
        sources.asked.length = 0
        await until(`2021-07-07T${hour}:59`)
        expect(sources.asked).toEqual([])
      }
      sources.says('07/07/2021|3.899|3.920|')
      await until('2021-07-07T03:00')
      expect(await active('2021-07-07')).toMatchObject({ compra: '3.899', arrastrado: false })
      sources.asked.length = 0
      await hours('2021-07-07T04:00', 3)
      expect(sources.asked).toEqual([])
    })

    it('[FM-10.1.1-5] [FM-10.1.5-6] after 24 hours without an answer, and 48 without a value, the Superadministrador is told, once each', async () => {
      sources.says(null)
      await hours('2021-07-08T00:00', 23)
      expect(await mails('tipo-cambio-sin-respuesta')).toEqual([])
      await hours('2021-07-09T00:00', 6)
      expect(await mails('tipo-cambio-sin-respuesta')).toEqual(['superadmin@demo.pe'])
      await hours('2021-07-09T07:00', 17)
      expect(await mails('tipo-cambio-sin-actualizar')).toEqual([])
      await hours('2021-07-10T01:00', 5)
      expect(await mails('tipo-cambio-sin-actualizar')).toEqual(['superadmin@demo.pe'])
      expect(await mails('tipo-cambio-sin-respuesta')).toEqual(['superadmin@demo.pe'])
      expect(await active('2021-07-10')).toMatchObject({ compra: '3.899', arrastrado: true, publicado: '2021-07-07' })
    })

    it.each([
      ['[FM-10.1.5-1]', { compra: '0', venta: '3.941' }, 'manual.compra'],
      ['[FM-10.1.5-1]', { compra: '-3.930', venta: '3.941' }, 'manual.compra'],
      ['[FM-10.1.5-1]', { compra: 'tres', venta: '3.941' }, 'manual.compra'],
      ['[FM-10.1.5-2]', { compra: '3.942', venta: '3.941' }, 'manual.venta'],
    ])('%s a value typed by hand is refused where it stands: %j', async (_id, typed, path) => {
      const manual = { activo: true, fecha: '2021-07-09', motivo: 'SUNAT no responde', ...typed }
      const { status, body } = await trySetting({ manual })
      const paths = (body.issues as { path: string }[]).map((issue) => issue.path)
      expect({ status, paths }).toEqual({ status: 422, paths: expect.arrayContaining([path]) })
    })

    it('[FM-D-107] the last resort is a value typed with its reason; off by default', async () => {
      at('2021-07-10T12:00')
      const manual = { activo: true, fecha: '2021-07-10', compra: '3.930', venta: '3.941', motivo: 'SUNAT no responde' }
      await set({ manual })
      expect((await press('superadmin')).body.message).toContain('3.930 / 3.941 del 10/07/2021')
      expect(await active('2021-07-10')).toMatchObject({ fuente: 'Manual', respuesta: 'SUNAT no responde' })
    })
  })

  describe('jumps', () => {
    beforeAll(async () => {
      await begin('2021-07-06', '06/07/2021|3.800|3.820|')
      await until('2021-07-06T12:00')
    })
    afterAll(() => product.stop())

    it('[FM-10.1.5-4] [FM-10.1.5-5] exactly 5 % is not told; above it the Gerente de FM and the Gerente General are', async () => {
      sources.says('07/07/2021|3.990|4.011|')
      await until('2021-07-07T00:00')
      expect(await active('2021-07-07')).toMatchObject({ compra: '3.990', variacion: '5.00' })
      expect(await mails('tipo-cambio-variacion')).toEqual([])
      sources.says('08/07/2021|4.190|4.220|')
      await until('2021-07-08T00:00')
      expect(await active('2021-07-08')).toMatchObject({ compra: '4.190' })
      expect(await mails('tipo-cambio-variacion')).toEqual(['gerente.fm@demo.pe', 'gerente.general@demo.pe'])
    })

    it('[FM-10.1.5-3] [FM-D-109] above 10 % a value waits for the Superadministrador, and the last good one goes on', async () => {
      sources.says('09/07/2021|4.693|4.726|')
      await until('2021-07-09T00:00')
      expect(await active('2021-07-09')).toMatchObject({ compra: '4.190', arrastrado: true })
      const [held] = await rows('&filter.confirmacion=Pendiente')
      expect(held?.data).toMatchObject({ compra: '4.693', estado: 'Inactivo', fecha: '2021-07-09' })
      expect(await mails('tipo-cambio-por-confirmar')).toEqual(['superadmin@demo.pe'])
      const told = ['gerente.fm@demo.pe', 'gerente.general@demo.pe']
      expect(await mails('tipo-cambio-variacion')).toEqual([...told, ...told].sort())
      await until('2021-07-09T01:00')
      expect((await rows('&filter.confirmacion=Pendiente')).length).toBe(1)
      expect(await mails('tipo-cambio-por-confirmar')).toEqual(['superadmin@demo.pe'])

      const path = `/api/records/tipo-cambio/${held?.id}`
      expect((await press('gerente.fm', `${path}/actions/confirmarTipoCambio`)).status).toBe(403)
      const visitor = again('superadmin')
      expect((await visitor.get(path)).body.actions.map((action: { key: string }) => action.key)).toEqual([
        'confirmarTipoCambio',
        'descartarTipoCambio',
      ])
      expect((await visitor.post(`${path}/actions/confirmarTipoCambio`, {})).status).toBe(422)
      expect((await visitor.post(`${path}/actions/confirmarTipoCambio`, { reason: 'Lo publicó SUNAT' })).status).toBe(
        200,
      )
      expect(await active('2021-07-09')).toMatchObject({
        compra: '4.693',
        confirmacion: 'Confirmado',
        motivo: 'Lo publicó SUNAT',
      })
      expect((await visitor.post(`${path}/actions/descartarTipoCambio`, { reason: 'Tarde' })).status).toBe(409)
      expect((await visitor.post(`${path}x/actions/confirmarTipoCambio`, { reason: 'x' })).status).toBe(404)
    })

    it('[FM-D-109] a value that was discarded stays discarded when the source repeats it', async () => {
      sources.says('10/07/2021|5.300|5.400|')
      await until('2021-07-10T00:00')
      const [held] = await rows('&filter.confirmacion=Pendiente')
      const visitor = again('superadmin')
      const path = `/api/records/tipo-cambio/${held?.id}/actions/descartarTipoCambio`
      expect((await visitor.post(path, { reason: 'Error de la fuente' })).status).toBe(200)
      await press('superadmin')
      expect(await active('2021-07-10')).toMatchObject({ compra: '4.693', arrastrado: true })
      expect(await rows('&filter.confirmacion=Pendiente')).toEqual([])
    })
  })

  it('two who ask at the same moment leave one active row, and none is lost', async () => {
    await begin('2021-07-06', '06/07/2021|3.898|3.919|')
    const answers = await Promise.all([press('superadmin'), press('superadmin'), product.jobs.runDueActions()])
    expect(answers.slice(0, 2).map((answer) => (answer as Answer).status)).toEqual([200, 200])
    expect(await rows()).toHaveLength(1)
    await product.stop()
  })

  it('where nothing may leave the machine no source is asked', async () => {
    product = await startProduct({ packsDir })
    sources.asked.length = 0
    at('2021-07-06T12:00')
    await product.jobs.runDueActions()
    expect((await press('superadmin')).body.message).toContain('OUTGOING_HTTP')
    expect(sources.asked).toEqual([])
    await product.stop()
  })
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { RateSources } from '../setup/RateSources.ts'
import { signIn, startProduct, type Answer } from './harness.ts'

type Data = Record<string, unknown>
const KEY = 'sk_clave-de-prueba-71a9'

/** A paid service as the source of the rate: asked over HTTP with its key, which nobody sees again once it is typed. */
describe('rates of a commercial service', () => {
  const sources = new RateSources()
  let product: Running
  beforeAll(async () => {
    const packsDir = await sources.start()
    product = await startProduct({ packsDir, environment: { OUTGOING_HTTP: '1', OUTGOING_HTTP_TIMEOUT: '1' } })
    // It asks at once when it starts.
    await product.jobs.runDueActions()
    await product.ctx.db.records('tipo-cambio').deleteMany({})
    product.clock?.freeze(new Date('2021-07-06T12:00:00-05:00'))
    await product.ctx.db.schedules.deleteMany({})
  }, 120_000)
  afterAll(async () => {
    await product.stop()
    await sources.stop()
  })

  const save = async (changes: Data): Promise<Answer> => {
    const admin = await signIn(product.staffUrl, 'superadmin')
    const tabs = (await admin.get('/api/settings')).body as { tab: string; data: Data; revision: number }[]
    const { data, revision } = tabs.find(({ tab }) => tab === 'tipoCambio')!
    return admin.put(
      '/api/settings/fm/tipoCambio',
      { data: { ...data, ...changes } },
      { headers: { 'if-match': `"${revision}"` } },
    )
  }
  const ask = async (): Promise<string> =>
    (await (await signIn(product.staffUrl, 'superadmin')).post('/api/entities/tipo-cambio/actions/consultarSunat', {}))
      .body.message
  const good = (day: string, buy: number, sell: number): void => {
    sources.commercial = { status: 200, body: JSON.stringify({ fecha: day, compra: buy, venta: sell }), key: KEY }
  }

  it('[FM-D-107] gives the value of the day to who has its key', async () => {
    good('2021-07-06', 3.898, 3.919)
    const direccionComercial = `${sources.base}/comercial/{fecha}`
    const saved = await save({ fuentes: ['comercial'], direccionComercial, claveComercial: KEY })
    expect({ status: saved.status, issues: saved.body.issues }).toEqual({ status: 200, issues: undefined })
    expect(JSON.stringify(saved.body)).not.toContain(KEY)
    expect(await ask()).toContain('3.898 / 3.919')
    expect(sources.asked).toContain('/comercial/2021-07-06')
    const [row] = await product.ctx.db.records('tipo-cambio').find({})
    expect(row?.data).toMatchObject({ fecha: '2021-07-06', compra: '3.898', venta: '3.919' })
  })

  it('stands encrypted in the store, and in no row of the audit', async () => {
    const stored = await product.ctx.db.settings.find({})
    expect(stored.flatMap(({ values }) => Object.keys(values))).toContain('tipoCambio')
    const audit = await product.ctx.db.audit.find({ action: 'settings.updated' })
    expect(audit.length).toBeGreaterThan(0)
    expect(JSON.stringify([stored, audit])).not.toContain(KEY)
  })

  it('is kept when the tab is saved again without it', async () => {
    expect((await save({ avisoVariacion: 6 })).status).toBe(200)
    product.clock?.freeze(new Date('2021-07-07T12:00:00-05:00'))
    good('2021-07-07', 3.9, 3.92)
    expect(await ask()).toContain('3.900 / 3.920')
  })

  it.each([
    ['does not know the day', 404, '{"message":"not found"}', 'respondió con 404'],
    ['has trouble of its own', 500, '{"message":"error"}', 'respondió con 500'],
    ['shows a page', 200, '<html><body>Mantenimiento</body></html>', 'la respuesta no es JSON'],
    [
      'answers without the sides',
      200,
      '{"fecha":"2021-07-08","compra":"3.9"}',
      'la respuesta no trae fecha, compra y venta',
    ],
    ['answers null', 200, 'null', 'la respuesta no trae fecha, compra y venta'],
    ['wants another key', 401, '{}', 'respondió con 401'],
    ['never answers', 0, '', 'no respondió en 1 s'],
  ])(
    'one that %s stores nothing, and the person reads why',
    async (_what, status, body, why) => {
      product.clock?.freeze(new Date('2021-07-07T13:00:00-05:00'))
      sources.commercial = { status, body, key: KEY }
      const message = await ask()
      expect(message).toContain('Sigue el último valor, 3.900 / 3.920')
      expect(message).toContain(`comercial: ${why}`)
      expect(await product.ctx.db.records('tipo-cambio').count({ 'data.fecha': '2021-07-08' })).toBe(0)
      expect(JSON.stringify(await product.ctx.db.audit.find({ action: 'action.run' }))).not.toContain(KEY)
    },
    60_000,
  )

  it('a key that was encrypted with another SECRET_KEY has to be typed again', async () => {
    good('2021-07-07', 3.91, 3.93)
    const [doc] = (await product.ctx.db.settings.find({})).filter(({ values }) => 'tipoCambio' in values)
    const tab = doc?.values.tipoCambio as Data
    const foreign = { ...tab, claveComercial: { encrypted: Buffer.alloc(60, 7).toString('base64') } }
    await product.ctx.db.settings.updateOne({ _id: doc!._id }, { $set: { 'values.tipoCambio': foreign } })
    // Written past the product, it is seen once what was read before is too old.
    product.clock?.advance(2000)
    expect((await save({ avisoVariacion: 5 })).status).toBe(200)
    expect(await ask()).toContain('Sigue el último valor')
    expect((await save({ claveComercial: KEY })).status).toBe(200)
    expect(await ask()).toContain('3.910 / 3.930')
  })
})

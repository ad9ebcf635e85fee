import { readFileSync, readdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { Jobs } from '../../engine/jobs/index.ts'
import { eventually } from '../setup/eventually.ts'
import { signIn, startProduct, type Answer, type Visitor } from './harness.ts'
import { rowsOfWorkbook } from './sheets.ts'

/** Lists as files that are written in the background: progress, cancelling, notices, and what a restart leaves. */
describe('exporting in the background', () => {
  let product: Running
  let keeper: Visitor
  let clerk: Visitor
  const ROWS = 6_000

  const path = (id: string): string => `/api/exports/${id}`
  const begin = async (query: string, who = keeper): Promise<string> => {
    const { status, body } = await who.post(`/api/exports/article?${query}`)
    expect({ status, message: body.message }).toEqual({ status: 201 })
    return body.id as string
  }
  const file = (id: string, who = keeper): Promise<Answer> => who.get(`${path(id)}/file`)
  const notices = async (): Promise<{ subject: string; text: string; link: string }[]> =>
    (await keeper.get('/api/notifications?size=5')).body.items
  const linesOf = ({ body }: Answer): string[] => (body as Buffer).toString('utf8').trimEnd().split('\r\n')
  /** Waits for the program that writes the file and holds it, so that the file is not ready before it is stopped. */
  const halfway = (): Promise<void> =>
    eventually(() => {
      const pids = children()
      expect(pids).toHaveLength(1)
      process.kill(pids[0]!, 'SIGSTOP')
      return Promise.resolve()
    })
  const contents = (): Promise<number> => product.ctx.store.connection.db!.collection('files.chunks').countDocuments({})
  /** Programs that this process has running. */
  const children = (): number[] =>
    readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((pid) => {
        try {
          const isOurs = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[1] === String(process.pid)
          return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('sheetWriter')
        } catch {
          return false
        }
      })
      .map(Number)

  beforeAll(async () => {
    product = await startProduct({ packs: ['goods'], packsDir: resolve('tests') })
    // Ten seconds are over when the test says so, not when the machine is slow.
    product.clock!.freeze(new Date())
    keeper = await signIn(product.staffUrl, 'keeper')
    clerk = await signIn(product.staffUrl, 'clerk')
    const created = await keeper.post('/api/records/article', { data: { sku: 'M-0', name: 'Modelo', kind: 'part' } })
    expect(created.status).toBe(201)
    const records = product.ctx.db.records('article')
    const model = (await records.get(created.body.id as string))!
    for (let from = 1; from < ROWS; from += 1000) {
      await records.insertMany(
        Array.from({ length: Math.min(1000, ROWS - from) }, (_, index) => ({
          ...model,
          _id: `feed${String(from + index).padStart(20, '0')}`,
          data: { ...model.data, sku: `M-${from + index}`, code: `X-${from + index}` },
        })),
      )
    }
  }, 120_000)
  afterAll(() => (product as Running | undefined)?.stop())

  it('writes the file, says how far it is, and gives it to its owner alone for a day', async () => {
    const before = await contents()
    const id = await begin('format=csv&columns=sku,name')
    await product.jobs.workOffExports()
    const { body } = await keeper.get(path(id))
    expect(body).toMatchObject({ status: 'ready', rows: ROWS, done: ROWS, format: 'csv', problem: null })
    expect((await keeper.get('/api/exports')).body[0].id).toBe(id)

    const answer = await file(id)
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${body.name as string}"`)
    expect(linesOf(answer)).toHaveLength(ROWS + 1)
    expect(new Set(linesOf(answer)).size).toBe(ROWS + 1)
    expect((answer.body as Buffer).length).toBe(body.size)

    expect((await clerk.get(path(id))).status).toBe(404)
    expect((await file(id, clerk)).status).toBe(404)
    expect((await clerk.delete(path(id))).status).toBe(404)
    expect((await clerk.get('/api/exports')).body).toEqual([])
    expect((await keeper.delete(path(id))).body.code).toBe('export.moved')
    const audited = { action: 'record.exported', entity: 'article' }
    expect(await product.ctx.db.audit.count(audited)).toBe(1)
    expect((await product.ctx.db.audit.find(audited))[0]?.details).toMatchObject({ format: 'csv', rows: ROWS })

    product.clock!.advance(25 * 3600_000)
    keeper = await signIn(product.staffUrl, 'keeper')
    clerk = await signIn(product.staffUrl, 'clerk')
    expect((await file(id)).body.code).toBe('export.gone')
    await product.jobs.workOffExports()
    expect((await keeper.get(path(id))).body.status).toBe('expired')
    expect(await contents()).toBe(before)
  }, 60_000)

  it('leaves a notice to who went on working, and none to who waited for his file', async () => {
    const waited = await begin('format=csv&q=modelo&columns=sku')
    await product.jobs.workOffExports()
    await file(waited)
    const left = await begin('format=xlsx&shape=import')
    await product.jobs.workOffExports()
    expect(await notices()).toEqual([])
    product.clock!.advance(11_000)
    await product.jobs.workOffExports()
    await product.jobs.workOffExports()
    const told = await notices()
    expect(told).toHaveLength(1)
    expect(told[0]).toMatchObject({ subject: 'Su archivo está listo', link: `/exportaciones?id=${left}` })
    expect(told[0]!.text).toContain('6,000 registros')
    expect(await rowsOfWorkbook((await file(left)).body)).toHaveLength(ROWS + 1)
  }, 60_000)

  it('is cancelled while it is written: the writing process ends and nothing of it stays', async () => {
    const before = await contents()
    const id = await begin('format=xlsx')
    await halfway()
    expect((await keeper.delete(path(id))).body.status).toBe('cancelled')
    await product.jobs.workOffExports()
    expect((await keeper.get(path(id))).body).toMatchObject({ status: 'cancelled' })
    expect((await file(id)).body.code).toBe('export.gone')
    expect(await contents()).toBe(before)
    // Nobody waits for what was killed to be gone.
    await eventually(() => Promise.resolve(expect(children()).toEqual([])))
  }, 60_000)

  it('goes on after a restart, and after a process that died in the middle', async () => {
    const id = await begin('format=xlsx')
    await halfway()
    const before = await contents()
    await product.jobs.stop()
    expect((await keeper.get(path(id))).body).toMatchObject({ status: 'writing', done: 0 })
    expect(await contents()).toBeLessThanOrEqual(before)
    const jobs = new Jobs(product.ctx)
    await jobs.workOffExports()
    expect((await keeper.get(path(id))).body).toMatchObject({ status: 'ready', done: ROWS })
    expect(await rowsOfWorkbook((await file(id)).body)).toHaveLength(ROWS + 5)

    // What a killed process leaves: a claim, and the beginning of a file.
    const killed = await begin('format=csv')
    const rest = product.ctx.store.files.openUploadStream('rest')
    rest.end(Buffer.alloc(1000))
    await new Promise((done) => rest.once('finish', done))
    const leftBehind = await contents()
    const lease = new Date(product.clock!.now().getTime() + 30_000)
    const claim = { claimedBy: 'killed', lease, blob: rest.id.toString(), done: 500, attempts: 1 }
    await product.ctx.db.exports.updateOne({ _id: killed }, { $set: claim })
    await jobs.workOffExports()
    expect((await keeper.get(path(killed))).body).toMatchObject({ status: 'writing' })
    product.clock!.advance(31_000)
    await jobs.workOffExports()
    expect((await keeper.get(path(killed))).body).toMatchObject({ status: 'ready', done: ROWS })
    expect(linesOf(await file(killed))).toHaveLength(ROWS + 1)
    const files = product.ctx.store.connection.db!.collection('files.files')
    expect(await files.countDocuments({ filename: 'rest' })).toBe(0)
    expect(leftBehind).toBeGreaterThan(0)

    // One that ends every process that tries is told, not tried for ever.
    const poison = await begin('format=csv')
    await product.ctx.db.exports.updateOne({ _id: poison }, { $set: { attempts: 3 } })
    await jobs.workOffExports()
    expect((await keeper.get(path(poison))).body).toMatchObject({ status: 'failed' })
    expect((await notices())[0]).toMatchObject({ subject: 'No se pudo exportar' })
    await jobs.stop()
  }, 90_000)

  it('is refused before it begins when a format cannot hold it, saying which one can', async () => {
    const refused = await keeper.post('/api/exports/article?format=pdf')
    expect(refused.status).toBe(422)
    expect(refused.body.message).toBe(
      'Hay más de 5,000 filas. Use los filtros para exportar menos o elija Excel (hasta 100,000) o CSV (hasta 1,000,000).',
    )
    expect((await keeper.post('/api/exports/article?format=exe')).status).toBe(400)
    expect((await keeper.post('/api/exports/article?filter.nothing=1')).status).toBe(400)
    const guest = await signIn(product.staffUrl, 'guest')
    expect((await guest.post('/api/exports/article?format=csv')).status).toBe(403)
    // The processes that write stand still: three wait.
    for (let open = 0; open < 3; open++) await begin('format=csv')
    expect((await keeper.post('/api/exports/article?format=csv')).body.code).toBe('export.too-many-open')
  }, 60_000)
})

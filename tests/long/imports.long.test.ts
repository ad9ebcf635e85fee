import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import { MongoClient, type Db } from 'mongodb'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Visitor, demoPassword } from '../http/Visitor.ts'
import { Programs } from '../setup/programs.ts'
import { Program } from './Program.ts'
import { seededRandom } from './seededRandom.ts'

/** Rows of the sheet: 250 for each round (400 rounds by hand: 100,000), with 37 bad ones among them. */
const rows = Number(process.env.CAUCE_ROUNDS ?? 8) * 250
const BAD = 37
/** How often the server is killed while it checks, and while it writes. */
const KILLS = Number(process.env.CAUCE_KILLS ?? 3)

describe(`a sheet of ${rows} rows while the server is killed`, () => {
  const random = seededRandom(Number(process.env.CAUCE_SEED ?? 7))
  let folder: string
  let programs: Programs
  let server: Program
  let site: string
  let client: MongoClient
  let db: Db
  /** Largest resident memory of the server that was seen, in MiB. */
  let peak = 0

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cauce-import-'))
    programs = await Programs.build({
      server: 'engine/main.server.ts',
      store: 'engine/persistence/embedded/main.ts',
      sheetReader: 'engine/imports/reader/main.ts',
    })
    const [storePort, port, portalPort] = [await freePort(), await freePort(), await freePort()]
    const uri = `mongodb://127.0.0.1:${storePort}/imports?directConnection=true`
    const store = programs.start('store', {
      args: ['--port', String(storePort), '--no-auth', '--data', join(folder, 'store')],
    })
    await store.firstLine
    site = `http://127.0.0.1:${port}`
    server = new Program({
      script: programs.path('server'),
      environment: {
        MONGODB_URI: uri,
        PORT: String(port),
        PORTAL_PORT: String(portalPort),
        DATA_DIR: folder,
        PACKS: 'goods',
        PACKS_DIR: resolve('tests'),
        LOG_LEVEL: 'warn',
      },
      log: join(folder, 'server.log'),
      isReady: async () => (await fetch(`${site}/ready`)).ok,
    })
    await server.start()
    client = new MongoClient(uri)
    db = client.db()
  }, 180_000)
  afterAll(async () => {
    await client.close()
    await server.kill()
    programs.remove()
    await rm(folder, { recursive: true, force: true })
  })

  it('writes each row once, tells the bad ones, and needs no more memory for more rows', async () => {
    const visitor = new Visitor(site)
    const signIn = async (): Promise<void> => {
      await visitor.post('/api/session', { email: 'keeper@demo.pe', password: demoPassword })
    }
    await signIn()
    const bad = new Set<number>()
    while (bad.size < BAD) bad.add(Math.floor(random() * rows))
    const lines = Array.from({ length: rows }, (_, index) =>
      bad.has(index) ? `S-${index};Malo ${index};nada;x` : `S-${index};Artículo ${index};part;${index % 900}`,
    )
    const form = new FormData()
    form.append('file', new Blob([`SKU;Nombre;Tipo;Mínimo\n${lines.join('\n')}`]), 'grande.csv')
    const { body } = await visitor.post('/api/imports/article', form)
    const path = `/api/imports/article/${String(body.id)}`
    const started = Date.now()

    await until(path, 'ready', 0)
    const { columns } = (await visitor.get(path)).body as { columns: { target: string }[] }
    await visitor.post(`${path}/check`, { mapping: columns.map(({ target }) => target) })
    const checked = await until(path, 'checked', KILLS)
    expect(checked.counts).toEqual({ rows, new: rows - BAD, changed: 0, same: 0, errors: BAD, warned: 0, applied: 0 })
    const checkedAt = Date.now()
    expect(await toldRows(path)).toEqual(
      [...bad]
        .sort((a, b) => a - b)
        .map((index) => [`S-${index}`, 'Tipo: «nada» no está en la lista', 'Mínimo: «x» no es un número entero']),
    )
    await visitor.post(`${path}/apply`, { mode: 'valid' })
    const done = await until(path, 'done', KILLS)
    console.log(
      `${rows} rows: checked in ${seconds(started, checkedAt)} s, written in ${seconds(checkedAt, Date.now())} s, ` +
        `${KILLS * 2} kills, server at most ${peak} MiB`,
    )
    expect(done.counts).toEqual({
      rows,
      new: rows - BAD,
      changed: 0,
      same: 0,
      errors: BAD,
      warned: 0,
      applied: rows - BAD,
    })

    const articles = db.collection('records_article')
    expect(await articles.countDocuments({})).toBe(rows - BAD)
    expect((await articles.distinct('data.sku')).length).toBe(rows - BAD)
    // Codes are counted in the transactions: none is missing, none is there twice.
    const codes = (await articles.distinct('data.code')).map((code) => Number(String(code).slice(2)))
    expect(Math.max(...codes)).toBe(rows - BAD)
    expect(new Set(codes).size).toBe(rows - BAD)
    const audit = db.collection('audit')
    expect(await audit.countDocuments({ action: 'record.created', request: body.id })).toBe(rows - BAD)
    expect(await audit.countDocuments({ action: 'record.imported', request: body.id })).toBe(1)

    /** Waits until the import gets there, killing the server so many times on the way. */
    async function until(at: string, status: string, kills: number): Promise<{ counts: object; done: number }> {
      for (let left = kills; ;) {
        const view = await look(at)
        if (view?.status === status) return view
        if (view && ['failed', 'stopped'].includes(view.status)) throw new Error(String(view.problem))
        if (view && left > 0 && view.done > ((kills - left + random()) * rows) / (kills + 1)) {
          left -= 1
          await server.kill()
          await server.start()
        }
        await sleep(Math.min(2000, 100 + rows / 50))
      }
    }
    /** The rows with errors as they are downloaded: which, and what is told of each. */
    async function toldRows(at: string): Promise<string[][]> {
      const { body } = await visitor.get(`${at}/errors?format=csv`)
      const text = (body as Buffer).toString('utf8').replace('\uFEFF', '')
      const records: string[][] = parse(text).slice(1)
      return records.map((cells) => [cells[0]!, ...cells.at(-1)!.split('\n')])
    }
    type View = { status: string; done: number; counts: object; problem: string | null }
    async function look(at: string): Promise<View | null> {
      peak = Math.max(peak, await memoryOf(server.pid))
      const answer = await visitor.get(at).catch(() => null)
      if (answer?.status === 401) await signIn()
      return answer?.status === 200 ? (answer.body as View) : null
    }
  })
})

const seconds = (from: number, to: number): number => Math.round((to - from) / 1000)

async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

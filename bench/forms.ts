/**
 * Forms in Chromium: the equipment form of the demo product, and a sub-list of 1,000 rows (the ledger of
 * tests/forms/packs/estate). Beside each, in the same run, what the form library draws of the same schema by itself:
 * @rjsf/mantine with validator-ajv8, without our controls, sections and rules (`live`: it checks on every key, as ours
 * does). BENCH_ROUNDS (7) times opened, BENCH_KEYS (150) keys. Needs dist/ and Chromium (CHROMIUM).
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { build } from 'esbuild'
import { chromium, type Page } from 'playwright-core'
import { readConfig } from '../engine/config.ts'
import { start, type Running } from '../engine/main.ts'
import { Visitor, demoPassword } from '../tests/http/Visitor.ts'
import { chromiumPath } from '../tests/setup/browserTools.mjs'
import { watchPage, type Watched } from './forms/watchPage.ts'

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 7)
const KEYS = Number(process.env.BENCH_KEYS ?? 150)
const ROWS = 1000
const root = resolve(import.meta.dirname, '..')
const folder = await mkdtemp(join(tmpdir(), 'cauce-bench-'))
const browser = await chromium.launch({
  executablePath: chromiumPath,
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
})

/** The function as text, with what the compiler of this process leaves in it. */
const watching = { content: `globalThis.__name = (work) => work; (${watchPage.toString()})()` }

const part = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
const watched = (page: Page): Promise<Watched> => page.evaluate('window.watched')
const forget = (page: Page): Promise<void> => page.evaluate('window.forget()')

function report(what: string, times: number[], longest: number[]): void {
  const [p50, p95] = [part(times, 0.5), part(times, 0.95)].map((time) => time.toFixed(0).padStart(6))
  console.log(`${what.padEnd(58)} p50 ${p50} ms  p95 ${p95} ms  longest task ${part(longest, 0.5).toFixed(0)} ms`)
}

/** How long until the last field is there, from the navigation; the first time, which fills the caches, apart. */
async function measureOpening(page: Page, what: string, address: string): Promise<void> {
  const times: number[] = []
  const longest: number[] = []
  for (let round = 0; round <= ROUNDS; round += 1) {
    await page.goto(address)
    await page.locator('input, textarea').first().waitFor({ timeout: 120_000 })
    await page.waitForTimeout(1500)
    const { lastField, tasks } = await watched(page)
    if (round === 0) continue
    times.push(lastField)
    longest.push(Math.max(0, ...tasks))
  }
  report(what, times, longest)
}

/** From the key to the next frame that is painted, and what the key keeps the page busy for. */
async function measureTyping(page: Page, what: string, name: string): Promise<void> {
  await page.locator(`[id$=".${name}"], [id="root_${name}"]`).first().click()
  await forget(page)
  for (let key = 0; key < KEYS; key += 1) {
    await page.keyboard.press('abcdefghij'[key % 10]!)
    await page.waitForTimeout(60)
  }
  const { paints, busy, tasks } = await watched(page)
  report(`${what}: key to paint`, paints, tasks)
  report(`${what}: busy with the key`, busy, tasks)
}

/** A page that the form library draws alone, at an address of its own. */
async function plainForm(schema: object, data: object, live: boolean): Promise<{ address: string; stop: () => void }> {
  const contents = `
    import { createElement } from 'react'
    import { createRoot } from 'react-dom/client'
    import { MantineProvider } from '@mantine/core'
    import Form from '@rjsf/mantine'
    import validator from '@rjsf/validator-ajv8'
    import '@mantine/core/styles.css'
    const { schema, formData } = ${JSON.stringify({ schema, formData: data })}
    const form = createElement(Form, { schema, formData, validator${live ? ", liveValidate: 'onChange'" : ''} })
    createRoot(document.getElementById('root')).render(createElement(MantineProvider, null, form))`
  await build({
    stdin: { contents, resolveDir: root, loader: 'tsx' },
    ...{ bundle: true, minify: true, format: 'esm', logLevel: 'error', outfile: join(folder, 'plain.js') },
    define: { 'process.env.NODE_ENV': '"production"' },
  })
  const [script, style] = await Promise.all(['plain.js', 'plain.css'].map((name) => readFile(join(folder, name))))
  const answers: Record<string, [string, string | Buffer]> = {
    '/plain.js': ['text/javascript', script!],
    '/plain.css': ['text/css', style!],
  }
  const html =
    '<!doctype html><link rel="stylesheet" href="/plain.css"><div id="root"></div><script type="module" src="/plain.js"></script>'
  const server = createServer((request, response) => {
    const [type, body] = answers[request.url ?? ''] ?? ['text/html', html]
    response.setHeader('content-type', `${type}; charset=utf-8`)
    response.setHeader('cache-control', type === 'text/html' ? 'no-store' : 'max-age=600')
    response.end(body)
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () => void server.close().closeAllConnections(),
  }
}

async function withPlain(
  schema: object,
  data: object,
  live: boolean,
  work: (page: Page, address: string) => Promise<void>,
) {
  const plain = await plainForm(schema, data, live)
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  await page.addInitScript(watching)
  await work(page, plain.address).finally(() => context.close())
  plain.stop()
}

/** The product with a pack, somebody signed in, and his browser. */
async function withProduct(
  environment: Record<string, string>,
  user: string,
  work: (page: Page, visitor: Visitor, product: Running) => Promise<void>,
): Promise<void> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cauce-bench-'))
  const config = readConfig({ PORT: '0', PORTAL_PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error', ...environment })
  const product = await start(config, { demo: 'records' })
  try {
    const visitor = new Visitor(product.staffUrl)
    await visitor.post('/api/session', { email: user, password: demoPassword })
    const context = await browser.newContext({
      ...{ baseURL: product.staffUrl, locale: 'es-PE', viewport: { width: 1280, height: 800 } },
    })
    const cookies = visitor.cookie.split('; ').map((pair) => pair.split('=') as [string, string])
    await context.addCookies(cookies.map(([name, value]) => ({ name, value, url: product.staffUrl })))
    const page = await context.newPage()
    await page.addInitScript(watching)
    await work(page, visitor, product)
    await context.close()
  } finally {
    await product.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

try {
  await withProduct(
    { PACKS: 'fm', PACKS_DIR: join(root, 'definitions') },
    'superadmin@demo.pe',
    async (page, visitor) => {
      await measureOpening(page, 'equipment form: opened (goal 500)', '/registros/equipo/nuevo')
      await measureTyping(page, 'equipment form (goal 16)', 'descripcion')
      const { schema } = (await visitor.get('/api/entities/equipo')).body.form as { schema: object }
      for (const live of [false, true]) {
        const name = `plain library${live ? ', live' : ''}`
        await withPlain(schema, {}, live, async (plain, address) => {
          await measureOpening(plain, `${name}: opened`, address)
          await measureTyping(plain, name, 'descripcion')
        })
      }
    },
  )
  const packs = join(root, 'tests/forms/packs')
  await withProduct({ PACKS: 'estate', PACKS_DIR: packs }, 'chief@demo.pe', async (page, visitor) => {
    const lines = Array.from({ length: ROWS }, (_, row) => ({
      item: `Concepto ${row}`,
      quantity: '2.00',
      price: '10.00',
    }))
    const saved = await visitor.post('/api/records/ledger', { data: { name: 'Mil', lines } })
    if (saved.status !== 201) throw new Error(`the ledger was not saved: ${JSON.stringify(saved.body).slice(0, 300)}`)
    await measureOpening(page, `${ROWS} rows: opened (goal 500)`, `/registros/ledger/${saved.body.id}/editar`)
    const { schema } = (await visitor.get('/api/entities/ledger')).body.form as { schema: object }
    await withPlain(schema, { name: 'Mil', lines }, false, (plain, address) =>
      measureOpening(plain, `plain library, ${ROWS} rows: opened`, address),
    )
  })
} finally {
  await browser.close()
  await rm(folder, { recursive: true, force: true })
}
process.exit(0)

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { readdirSync, readFileSync } from 'node:fs'
import type { Browser } from 'playwright-core'
import { Works } from '../runtime/worksProduct.ts'
import { demoPassword, describeInBrowser, launchBrowser, openPage, takePicture } from './harness.ts'

const folder = new URL('../conformance/bpmn-miwg/', import.meta.url)
const files = readdirSync(folder).filter((name) => name.endsWith('.bpmn'))

/**
 * The reference models of the BPMN Model Interchange Working Group in the studio: each is drawn, or refused with a reason;
 * what it has that cannot run is told with the element; and nothing on the page fails.
 */
describeInBrowser('models of other tools in the studio', () => {
  let works: Works
  let browser: Browser
  let opened: Awaited<ReturnType<typeof openPage>>

  beforeAll(async () => {
    works = await Works.start()
    works.product.clock?.reset()
    browser = await launchBrowser()
    opened = await openPage(browser, works.product.staffUrl)
    const headers = { 'x-cauce': '1', origin: new URL(works.product.staffUrl).origin }
    const { request } = opened.context
    const data = { email: 'chief@works.example', password: demoPassword }
    expect((await request.post('/api/session', { data, headers })).status()).toBe(201)
    let revision = 0
    for (const name of files) {
      const answer = await request.put('/api/drafts/works/file', {
        data: { path: pathOf(name), text: readFileSync(new URL(name, folder), 'utf8') },
        headers: { ...headers, 'if-match': String(revision) },
      })
      expect({ name, status: answer.status() }).toEqual({ name, status: 200 })
      revision = ((await answer.json()) as { revision: number }).revision
    }
  }, 60_000)
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (works as Works | undefined)?.stop()
  })

  it.each(files)('%s', async (name) => {
    const { page, problems } = opened
    problems.length = 0
    await page.goto(`/estudio?pack=works&file=${encodeURIComponent(pathOf(name))}`)
    const refusal = page.getByText('El archivo no se puede dibujar')
    const shape = page.locator('.djs-shape').first()
    await refusal.or(shape).first().waitFor()
    const isDrawn = (await shape.count()) > 0
    if (!isDrawn) expect((await page.getByRole('alert').first().innerText()).length).toBeGreaterThan(40)
    // None of these drawings is a process of this pack as it stands: what is missing is said, each with its place.
    const findings = page.getByRole('region', { name: 'Problemas' }).getByRole('listitem')
    await findings.first().waitFor()
    for (const text of await findings.allInnerTexts()) expect(text.trim().length).toBeGreaterThan(15)
    if (name.startsWith('C.1.0')) await takePicture(page, 'studio-miwg')
    expect(problems).toEqual([])
  })
})

const pathOf = (name: string): string =>
  `processes/miwg-${name
    .replace(/\.bpmn$/, '')
    .toLowerCase()
    .replaceAll('.', '-')}.bpmn`

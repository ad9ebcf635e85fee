import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { engineWords } from '../../ui/texts/engineWords.ts'
import { Works } from '../runtime/worksProduct.ts'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  openPage,
  takePicture,
} from './harness.ts'

/** What those who keep the work running see when something could not go on by itself. */
describeInBrowser('the page of problems', () => {
  let works: Works
  let browser: Browser
  let isBroken = true

  async function person(name: string, size: { width: number; height: number }) {
    const opened = await openPage(browser, works.product.staffUrl)
    await opened.page.setViewportSize(size)
    const answer = await opened.context.request.post('/api/session', {
      data: { email: `${name}@works.example`, password: demoPassword },
      headers: { 'x-cauce': '1', origin: new URL(works.product.staffUrl).origin },
    })
    expect(answer.status()).toBe(201)
    return opened
  }

  async function expectReadable(page: Awaited<ReturnType<typeof person>>['page'], picture: string) {
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    const words = (await page.locator('main').innerText()).toLowerCase()
    expect(engineWords.filter((word) => new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'u').test(words))).toEqual([])
    await takePicture(page, picture)
  }

  beforeAll(async () => {
    works = await Works.start()
    works.product.clock?.reset()
    await works.outside(() =>
      isBroken ? Promise.reject(new Error('connection refused')) : Promise.resolve({ receipt: 'R-1' }),
    )
    for (const subject of ['A parcel', 'A letter', 'A crate']) await works.begin('deliver', { subject })
    for (const minutes of [2, 3, 5]) await works.pass(0, 0, minutes)
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (works as Works | undefined)?.stop()
  })

  it('is in the menu of who may work on problems, and of nobody else', async () => {
    const size = { width: 1280, height: 800 }
    const chief = await person('chief', size)
    await chief.page.goto('/')
    await chief.page.getByRole('link', { name: 'Problemas' }).click()
    await chief.page.getByRole('heading', { level: 1, name: 'Problemas' }).waitFor()
    const worker = await person('worker', size)
    await worker.page.goto('/')
    await worker.page.getByRole('link', { name: 'Bandeja' }).first().waitFor()
    expect(await worker.page.getByRole('link', { name: 'Problemas' }).count()).toBe(0)
    for (const { context } of [chief, worker]) await context.close()
  })

  it.each([
    ['wide', { width: 1280, height: 800 }],
    ['narrow', { width: 360, height: 740 }],
  ])('tells what happened, asks why, and keeps the answer (%s)', async (_width, size) => {
    const { page, context, problems } = await person('chief', size)
    const isWide = size.width > 1000
    isBroken = isWide
    await page.goto('/operacion')
    const item = page.getByRole('listitem').filter({ hasText: isWide ? 'A letter' : 'A parcel' })
    await item.getByText('Un servicio externo no respondió').waitFor()
    expect(await item.getByText('connection refused').isVisible()).toBe(false)
    await item.getByText('Detalles').click()
    await item.getByText('connection refused').waitFor()
    await expectReadable(page, 'operations-open')

    await item.getByRole('button', { name: isWide ? 'Detener el trámite' : 'Reintentar' }).click()
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: isWide ? 'Detener el trámite' : 'Reintentar' })
    await confirm.click()
    await dialog.getByText('Escriba el motivo con unas palabras').waitFor()
    await expectAccessible(page)
    await takePicture(page, 'operations-reason')
    await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Hablamos con ellos')
    await confirm.click()
    await dialog.waitFor({ state: 'hidden' })
    await item.waitFor({ state: 'hidden' })

    await page.getByRole('tab', { name: 'Resueltos' }).click()
    const done = isWide ? 'Carla Chief detuvo el trámite' : 'Carla Chief lo reintentó'
    await item.getByText(done).waitFor()
    await item.getByText('Hablamos con ellos').waitFor()
    await expectReadable(page, 'operations-resolved')
    expect(problems).toEqual([])
    await context.close()
  })
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  openPage,
  startProduct,
  takePicture,
} from './harness.ts'

describeInBrowser('the way in', () => {
  let product: Running
  let browser: Browser
  beforeAll(async () => {
    product = await startProduct()
    browser = await launchBrowser()
  })
  afterAll(async () => {
    // Whatever did start must end, or the run does not.
    await (browser as Browser | undefined)?.close()
    await (product as Running | undefined)?.stop()
  })

  it.each([
    ['staff', 'wide', 'facility.manager'],
    ['staff', 'narrow', 'facility.manager'],
    ['portal', 'wide', 'cliente'],
    ['portal', 'narrow', 'cliente'],
  ] as const)(
    'at the %s site, %s: a wrong password is told, the right one opens the start page',
    async (front, width, user) => {
      const base = front === 'staff' ? product.staffUrl : product.portalUrl
      const { page, context, problems } = await openPage(browser, base, { width })
      await page.goto('/')
      const password = page.getByLabel('Contraseña', { exact: true })
      await page.getByLabel('Correo').fill(`${user}@demo.pe`)
      await password.fill('not this one')
      await page.getByRole('button', { name: /ingresar|entrar|iniciar/i }).click()
      await page.getByRole('alert').waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, `entrance-${front}`)

      await password.fill(demoPassword)
      await page.getByRole('button', { name: /ingresar|entrar|iniciar/i }).click()
      await page.getByRole('button', { name: /ingresar|entrar|iniciar/i }).waitFor({ state: 'detached' })
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, `start-${front}`)
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

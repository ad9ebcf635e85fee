import { expect, it } from '@jest/globals'
import { demoPassword, describeInBrowser, look, openPage, withProduct } from './harness.ts'

describeInBrowser('the way in', () => {
  const stage = withProduct()

  it.each([
    ['staff', 'wide', 'facility.manager'],
    ['staff', 'narrow', 'facility.manager'],
    ['portal', 'wide', 'cliente'],
    ['portal', 'narrow', 'cliente'],
  ] as const)(
    'at the %s site, %s: a wrong password is told, the right one opens the start page',
    async (front, width, user) => {
      const base = front === 'staff' ? stage.product.staffUrl : stage.product.portalUrl
      const { page, context, problems } = await openPage(stage.browser, base, { width })
      await page.goto('/')
      const password = page.getByLabel('Contraseña', { exact: true })
      await page.getByLabel('Correo').fill(`${user}@demo.pe`)
      await password.fill('not this one')
      await page.getByRole('button', { name: /ingresar|entrar|iniciar/i }).click()
      await page.getByRole('alert').waitFor()
      await look(page, `entrance-${front}`)

      await password.fill(demoPassword)
      await page.getByRole('button', { name: /ingresar|entrar|iniciar/i }).click()
      await page.getByRole('button', { name: /ingresar|entrar|iniciar/i }).waitFor({ state: 'detached' })
      await page.getByRole('main').getByRole('heading', { level: 1 }).waitFor()
      await look(page, `start-${front}`)
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

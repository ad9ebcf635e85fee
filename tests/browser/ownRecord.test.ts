import { expect, it } from '@jest/globals'
import { describeInBrowser, look, openPage, openSection, withProduct } from './harness.ts'

/** Somebody from outside who has one thing to keep right: he sees it at once and mends what is his to mend (FM-D-015). */
describeInBrowser('the one record of a person from outside', () => {
  const stage = withProduct()

  it.each(['wide', 'narrow'] as const)('[FM-D-015] is the home page and can be edited there (%s)', async (width) => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.portalUrl, {
      width,
      user: 'proveedor',
    })
    const phone = width === 'wide' ? '014445566' : '014447788'
    await page.goto('/')
    await page.getByText('Climatec Servicios').first().waitFor()
    await look(page, 'own-record')
    await page.getByRole('link', { name: 'Editar' }).click()
    await page.getByRole('heading', { level: 1, name: /^Editar/ }).waitFor()
    await openSection(page, 'Información de Ubicación y Contacto')
    await page.getByLabel(/^Teléfono/).fill(phone)
    await look(page, 'own-record-edit')
    // What is not his to change is a value, not an input.
    expect(await page.getByRole('textbox', { name: /^RUC/ }).count()).toBe(0)
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await page.getByText(phone).first().waitFor()
    expect(problems).toEqual([])
    await context.close()
  })
})

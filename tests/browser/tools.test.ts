import { expect, it } from '@jest/globals'
import { fieldOf, fillIn } from './fillForm.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** Tools on screen: assigned from the tool's page, confirmed by the technician. */
describeInBrowser('movements of tools', () => {
  const stage = withProduct()

  it('[FM-D-064] the Planner assigns from the page of the tool, the technician confirms on his telephone', async () => {
    const [ladder] = await stage.product.ctx.db.records('herramienta').find({ 'data.descripcion': /^Escalera/ })
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
      width: 'wide',
      user: 'planner',
    })
    await page.goto('/registros/movimiento-herramienta')
    await page.getByText('Todavía no hay movimientos de herramientas').waitFor()
    await page.goto(`/registros/herramienta/${ladder?._id}`)
    // What only helps to work out the amount is not shown; the amount is.
    await page.getByText('Equivalente en la otra moneda').waitFor()
    expect(await page.getByText('La otra moneda', { exact: true }).count()).toBe(0)
    await page.getByRole('tab', { name: /Movimientos/ }).click()
    await look(page, 'tool-movements')
    await page.getByRole('link', { name: 'Registrar un movimiento' }).click()
    await page.getByRole('button', { name: 'Registrar el movimiento' }).waitFor()
    await look(page, 'tool-move')
    await fillIn(fieldOf(page, 'Movimiento'), { pick: /Asignación/ })
    await fillIn(fieldOf(page, 'A (técnico)'), { pick: /./ })
    await fillIn(fieldOf(page, 'Condición'), { pick: 'Buena' })
    await look(page, 'tool-assign')
    await page.getByRole('button', { name: 'Registrar el movimiento' }).click()
    await page.getByText('Por confirmar').first().waitFor()
    await look(page, 'tool-movement')
    expect(problems).toEqual([])
    await context.close()

    const phone = await openPage(stage.browser, stage.product.staffUrl, { width: 'narrow', user: 'tecnico' })
    await phone.page.goto('/')
    await phone.page
      .getByText(/Confirmar recepción de Escalera/)
      .first()
      .click()
    await phone.page.getByRole('button', { name: 'La recibí', exact: true }).first().waitFor()
    await look(phone.page, 'tool-confirm')
    await phone.page.getByRole('button', { name: 'La recibí', exact: true }).first().click()
    await phone.page.getByRole('button', { name: 'La recibí', exact: true }).first().waitFor({ state: 'detached' })
    await phone.page.goto(`/registros/herramienta/${ladder?._id}`)
    await phone.page.getByRole('tab', { name: /Movimientos/ }).click()
    await phone.page.getByText('Recibida').first().waitFor()
    await look(phone.page, 'tool-held')
    expect(phone.problems).toEqual([])
    await phone.context.close()
  }, 90_000)
})

import { expect, it } from '@jest/globals'
import { eventually } from '../setup/eventually.ts'
import { fieldOf, fillIn } from './fillForm.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** Equipment on screen: its site is not typed over but moved, and the page keeps where it was. */
describeInBrowser('movements of equipment', () => {
  const stage = withProduct()

  it('[FM-D-055] the form leads to the movement, and the record lists the sites before', async () => {
    const { browser, product } = stage
    const [panel] = await product.ctx.db.records('equipo').find({ 'data.serie': 'NF640-7781' })
    const { page, context, problems } = await openPage(browser, product.staffUrl, { width: 'wide', user: 'planner' })
    await page.goto(`/registros/equipo/${panel?._id}/editar`)
    await page.getByRole('button', { name: 'Ubicación del Equipo' }).first().click()
    const way = page.getByRole('link', { name: 'Mover equipo' })
    await way.waitFor()
    await look(page, 'equipment-site-fixed')
    await way.click()
    await page.getByRole('button', { name: 'Registrar el movimiento' }).waitFor()
    const moved = page.getByRole('combobox', { name: /^Equipo/ })
    await eventually(async () => expect(await moved.inputValue()).toMatch(/Panel central de alarma/))
    // What follows from the equipment the form began with is there before anything is touched.
    const holds = (wanted: unknown) =>
      page.waitForFunction(
        (text: string) => [...document.querySelectorAll('input')].some(({ value }) => value === text),
        String(wanted),
      )
    await holds(panel?.data.ceco)
    await fillIn(fieldOf(page, 'A'), { pick: /Mirasol/ })
    // And what follows from a chosen one, through what that refers to.
    const [site] = await product.ctx.db.records('inmueble').find({ 'data.nombre': /Mirasol/ })
    const client = await product.ctx.db.records('cliente').get(String(site?.data.cliente))
    await holds(client?.data.ceco)
    await fillIn(fieldOf(page, 'Motivo'), 'Cierra la sede por remodelación')
    await look(page, 'equipment-move')
    await page.getByRole('button', { name: 'Registrar el movimiento' }).click()
    await page.waitForURL(/movimiento-equipo\/[0-9a-f]{24}/)
    await look(page, 'equipment-moved')
    await page.goto(`/registros/equipo/${panel?._id}?seccion=ubicaciones`)
    await page.getByText('Cierra la sede por remodelación').waitFor()
    await look(page, 'equipment-sites-before')
    await page.goto('/registros/movimiento-equipo')
    const table = page.getByRole('table', { name: 'Movimientos de equipos' })
    await table.getByText('Jorge Medina Flores').waitFor()
    expect(await table.evaluate(({ clientWidth, parentElement }) => clientWidth - parentElement!.clientWidth)).toBe(0)
    await look(page, 'equipment-moves')
    expect(problems).toEqual([])
    await context.close()

    const phone = await openPage(browser, product.staffUrl, { width: 'narrow', user: 'planner' })
    await phone.page.goto(`/registros/equipo/${panel?._id}?seccion=ubicaciones`)
    await phone.page.getByRole('link', { name: 'Mover equipo' }).waitFor()
    await look(phone.page, 'equipment-sites-before-narrow')
    await phone.page.getByRole('link', { name: 'Mover equipo' }).click()
    await phone.page.getByRole('button', { name: 'Registrar el movimiento' }).waitFor()
    await look(phone.page, 'equipment-move-narrow')
    expect(phone.problems).toEqual([])
    await phone.context.close()
  }, 90_000)
})

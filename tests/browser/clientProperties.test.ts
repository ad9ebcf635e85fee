import { expect, it } from '@jest/globals'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** The properties of a client, on the client's own page (5.4.2). On the pack fm. */
describeInBrowser('the properties of a client', () => {
  const stage = withProduct()

  it('[FM-5.4-1] [FM-5.4.1-3] [FM-5.4.2-1] [FM-5.4.2-2] [FM-5.4.2-3] [FM-5.4.2-4] [FM-5.4.2-5] [FM-5.4.2-6] [FM-5.4.2-7] [FM-5.4.2-8] [FM-5.4.2-9] are listed, added, edited and deleted without leaving it', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })
    const { records } = stage.product.ctx.db
    const [client] = await records('cliente').find({ 'data.razonSocial': 'Inmobiliaria Altamar S.A.C.' })
    const path = `/registros/cliente/${client!._id}`
    await page.goto(path)
    await page.getByRole('tab', { name: 'Inmuebles 3' }).click()
    const table = page.getByRole('tabpanel').getByRole('table')
    const row = table.getByRole('row', { name: /Torre Altamar Golf/ })
    await row.waitFor()
    const columns = (await table.getByRole('columnheader').allInnerTexts()).map((text) => text.trim())
    for (const column of [
      'Código de Inmueble o Sede',
      'Nombre del Inmueble o Sede',
      'Dirección del Inmueble o Sede',
      'Ubicación',
    ])
      expect(columns).toContain(column)
    const [kept] = await records('inmueble').find({ 'data.nombre': 'Torre Altamar Golf' })
    for (const field of ['codigo', 'nombre', 'direccion', 'ubicacion'])
      expect(await row.innerText()).toContain(String(kept!.data[field]))
    await look(page, 'client-properties')

    const dialog = page.getByRole('dialog')
    await page
      .getByRole('tabpanel')
      .getByRole('button', { name: /Crear inmueble|Crear Nuevo Inmueble/i })
      .click()
    await dialog.getByLabel('Nombre del Inmueble o Sede').fill('Depósito Lurín')
    await dialog.getByLabel('Dirección del Inmueble o Sede').fill('Antigua Panamericana Sur km 35')
    for (const [list, option] of [
      ['Departamento', 'Lima'],
      ['Provincia', 'Lima'],
    ] as const) {
      await dialog.getByRole('combobox', { name: list }).click()
      await page.getByRole('option', { name: option, exact: true }).click()
    }
    await dialog
      .getByRole('button', { name: /Crear inmueble|Crear Nuevo Inmueble/i })
      .last()
      .click()
    await page.getByRole('tab', { name: 'Inmuebles 4' }).waitFor()
    await table.getByRole('row', { name: /Depósito Lurín/ }).waitFor()

    await page.getByRole('button', { name: /^Editar .*Depósito Lurín/ }).click()
    await dialog.getByLabel('Dirección del Inmueble o Sede').fill('Antigua Panamericana Sur km 36')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await table.getByRole('cell', { name: /km 36/ }).waitFor()

    await table
      .getByRole('row', { name: /Depósito Lurín/ })
      .getByRole('button', { name: 'Eliminar' })
      .click()
    await dialog.getByRole('textbox').fill('Se registró por error')
    await dialog.getByRole('button', { name: 'Eliminar' }).click()
    await page.getByRole('tab', { name: 'Inmuebles 3' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(path)
    expect(problems).toEqual([])
    await context.close()
  }, 60_000)
})

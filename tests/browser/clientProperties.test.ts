import { expect, it } from '@jest/globals'
import { describeInBrowser, look, openPage, openSection, withProduct } from './harness.ts'

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

  it('[FM-D-036] begin with the address of a branch, on the page of the client and in its form', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })
    const { records } = stage.product.ctx.db
    const [client] = await records('cliente').find({ 'data.razonSocial': 'Inmobiliaria Altamar S.A.C.' })
    const [branch] = client!.data.sucursales as { direccion: string }[]
    await page.goto(`/registros/cliente/${client!._id}`)
    await page.getByRole('tab', { name: /^Inmuebles/ }).click()
    await page.getByRole('button', { name: 'Copiar de una sucursal' }).click()
    await page.getByRole('menuitem', { name: branch!.direccion }).click()
    const dialog = page.getByRole('dialog')
    const address = dialog.getByLabel('Dirección del Inmueble o Sede')
    await address.waitFor()
    expect(await address.inputValue()).toBe(branch!.direccion)
    await look(page, 'client-branch-copied')
    await dialog.getByLabel('Nombre del Inmueble o Sede').fill('Sede de la sucursal')
    for (const list of ['Departamento', 'Provincia']) {
      await dialog.getByRole('combobox', { name: list }).click()
      await page.getByRole('option', { name: 'Lima', exact: true }).click()
    }
    await dialog
      .getByRole('button', { name: /Crear inmueble|Crear Nuevo Inmueble/i })
      .last()
      .click()
    await page.getByRole('row', { name: /Sede de la sucursal/ }).waitFor()
    const [made] = await records('inmueble').find({ 'data.nombre': 'Sede de la sucursal' })
    expect(made!.data).toMatchObject({ direccion: branch!.direccion, cliente: client!._id })

    // In the form of a client that is not saved yet: the branch typed a moment ago.
    await page.goto('/registros/cliente/nuevo')
    await openSection(page, 'Sucursales del Cliente')
    await page.getByRole('button', { name: /Agregar sucursal/ }).click()
    await page.getByLabel('Dirección').last().fill('Av. Arenales 1256, Lince')
    await openSection(page, 'Inmuebles')
    await page.getByRole('button', { name: 'Copiar de una sucursal' }).click()
    await page.getByRole('menuitem', { name: 'Av. Arenales 1256, Lince' }).click()
    await address.waitFor()
    expect(await address.inputValue()).toBe('Av. Arenales 1256, Lince')
    expect(problems).toEqual([])
    await context.close()
  }, 60_000)
})

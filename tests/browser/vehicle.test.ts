import { readFile, rm } from 'node:fs/promises'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import { samplePdf } from '../../engine/rehearsal/index.ts'
import { rowsOfWorkbook } from '../http/sheets.ts'
import { vehiclePack } from '../vehicle/vehiclePack.ts'
import { fieldOf, fillForm } from './fillForm.ts'
import { describeInBrowser, launchBrowser, look, openPage, startProduct } from './harness.ts'

/** A kind of records that nobody wrote a program for, on screen: all of it comes from its definition. */
describeInBrowser('vehicles by data alone', () => {
  let folder: string
  let product: Running
  let browser: Browser
  beforeAll(async () => {
    folder = await vehiclePack()
    product = await startProduct({ packsDir: folder })
    browser = await launchBrowser()
  }, 120_000)
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (product as Running | undefined)?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  it.each([
    ['wide', 'ABC-101', 'IMP-101'],
    ['narrow', 'ABC-102', 'IMP-102'],
  ] as const)(
    'have a place in the menu, a form, a list with filters, export, import and a history (%s)',
    async (width, plate, imported) => {
      const { page, context, problems } = await openPage(browser, product.staffUrl, { width, user: 'superadmin' })
      await page.goto('/')
      if (width === 'narrow') await page.getByRole('button', { name: 'Más' }).click()
      await page.getByRole('link', { name: 'Vehículos' }).first().click()
      await page.getByRole('link', { name: 'Crear vehículo' }).first().click()
      await fillForm(page, {
        'Datos del vehículo': {
          Placa: plate.toLowerCase(),
          Cliente: { pick: /Altamar/, typed: 'altamar' },
          Marca: { pick: 'Toyota' },
          Combustible: { pick: 'Eléctrico' },
          'Autonomía (km)': '400',
          Kilometraje: '1250.5',
        },
        'Compra y tarifas': { 'Fecha de compra': '15/03/2026', 'Tarifa diaria': '99.99' },
      })
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({ name: 'tarjeta.pdf', mimeType: 'application/pdf', buffer: samplePdf('Tarjeta') })
      await page.getByRole('link', { name: 'tarjeta.pdf' }).waitFor()
      // Counted while it is typed.
      await page.getByText('S/ 2,999.70').first().waitFor()
      await fillForm(page, { 'Revisiones técnicas': {} })
      await page.getByRole('button', { name: 'Agregar revisión' }).click()
      await page
        .getByLabel(/^Taller/)
        .first()
        .fill('Taller Central')
      await page
        .getByLabel(/^Fecha/)
        .last()
        .fill('01/06/2026')
      await look(page, 'vehicle-form')
      await page.getByRole('button', { name: 'Crear vehículo' }).click()
      await page.getByRole('heading', { level: 1 }).filter({ hasText: plate }).waitFor()
      await look(page, 'vehicle-record')

      await page.getByRole('link', { name: 'Editar' }).click()
      await page.getByRole('button', { name: 'Guardar' }).waitFor()
      await fillForm(page, { 'Compra y tarifas': { 'Tarifa diaria': '120.00' } })
      await page.getByRole('button', { name: 'Guardar' }).click()
      await page.getByRole('tab', { name: 'Historial' }).waitFor()
      await page.getByText('S/ 3,600.00').first().waitFor()
      await page.getByRole('tab', { name: 'Historial' }).click()
      await page
        .getByText(/99\.99/)
        .first()
        .waitFor()
      await page
        .getByText(/120\.00/)
        .first()
        .waitFor()
      await look(page, 'vehicle-history')

      const client = await clientCode()
      await page.goto('/registros/vehiculo/importar')
      const rows = [
        'Placa;Cliente;Marca;Fecha de compra;Combustible;Tarifa diaria',
        `${imported.toLowerCase()};${client};Hyundai;15/03/2026;Gasolina;1,000.00`,
      ]
      await page
        .locator('input[type=file]')
        .setInputFiles({ name: 'vehiculos.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) })
      await page.getByRole('button', { name: 'Revisar las filas' }).click()
      await page.getByRole('button', { name: /^Importar 1 fila/ }).click()
      await page.getByText('Importación terminada').first().waitFor()
      await look(page, 'vehicle-import')

      await page.goto(`/registros/vehiculo?q=${imported}`)
      await page.getByText(imported).first().waitFor()
      if (width === 'narrow') {
        await page.getByRole('button', { name: 'Filtros', exact: true }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Marca' }).click()
      } else await page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name: 'Marca' }).click()
      await page.getByRole('dialog').getByRole('checkbox', { name: 'Hyundai' }).check()
      if (width === 'narrow') await page.getByRole('dialog').getByRole('button', { name: 'Ver resultados' }).click()
      else await page.keyboard.press('Escape')
      await page.waitForURL(/filter\.marca=hyundai/)
      await page.getByRole('button', { name: 'Marca: Hyundai' }).waitFor()
      await look(page, 'vehicle-list')
      await page.getByRole('button', { name: 'Exportar' }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'Excel' }).click(),
      ])
      const sheet = JSON.stringify(await rowsOfWorkbook(await readFile(await file.path())))
      expect(sheet).toContain(imported)
      expect(sheet).not.toContain(plate)
      // What was imported opens in the form as what was typed does.
      await page.locator('[data-row-link]').first().click()
      await page.getByRole('link', { name: 'Editar' }).click()
      await fieldOf(page.getByRole('main'), 'Placa').waitFor()
      expect(await fieldOf(page.getByRole('main'), 'Placa').inputValue()).toBe(imported)
      expect(problems).toEqual([])
      await context.close()
    },
    120_000,
  )

  async function clientCode(): Promise<string> {
    const [client] = await product.ctx.db.records('cliente').find({ 'data.razonSocial': 'Inmobiliaria Altamar S.A.C.' })
    return client!.data.codigo as string
  }
})

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import {
  describeInBrowser,
  expectAccessible,
  launchBrowser,
  look,
  openPage,
  startProduct,
  takePicture,
  type WidthName,
} from './harness.ts'

/** A record and what is around it: sections, related records in place, history, paper. On the pack tests/desk. */
describeInBrowser('the page of a record', () => {
  let product: Running
  let browser: Browser
  let path: string

  beforeAll(async () => {
    product = await startProduct({ packs: ['desk'], packsDir: resolve(import.meta.dirname, '..') })
    browser = await launchBrowser()
    const [site] = await product.ctx.db.records('site').find({ 'data.code': 'S-001' })
    path = `/registros/site/${site!._id}`
  })
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (product as Running | undefined)?.stop()
  })
  const open = (user = 'chief', width: WidthName = 'wide') => openPage(browser, product.staffUrl, { user, width })

  it('adds, edits and deletes related records without being left', async () => {
    const { page, context, problems } = await open()
    await page.goto(path)
    await page.getByRole('tab', { name: 'Aparatos 2' }).click()
    await page.getByRole('button', { name: /Crear aparato/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: /^Aparato/ }).fill('Tablero eléctrico')
    // The record it belongs to is there already, by its name.
    const site = dialog.getByRole('combobox', { name: /^Sitio/ }).or(dialog.getByRole('textbox', { name: /^Sitio/ }))
    expect(await site.inputValue()).toBe('S-001 · Sitio Ñusta 1')
    await expectAccessible(page)
    await takePicture(page, 'record-related-new')
    await dialog.getByRole('button', { name: /Crear aparato/ }).click()
    await page.getByRole('tab', { name: 'Aparatos 3' }).waitFor()
    await page.getByRole('button', { name: 'Editar Tablero eléctrico' }).click()
    await dialog.getByLabel('Modelo').fill('TE-4')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await page.getByRole('cell', { name: 'TE-4' }).waitFor()
    await dialog.waitFor({ state: 'detached' })
    await look(page, 'record-related')
    await page
      .getByRole('row', { name: /Tablero/ })
      .getByRole('button', { name: 'Eliminar' })
      .click()
    await dialog.getByRole('button', { name: 'Eliminar' }).click()
    await page.getByRole('tab', { name: 'Aparatos 2' }).waitFor()
    expect(new URL(page.url()).pathname).toBe(path)
    expect(problems).toEqual([])
    await context.close()
  })

  it('offers no button without the right', async () => {
    const { page, context } = await open('clerk')
    await page.goto(`${path}?seccion=devices`)
    await page.getByRole('cell', { name: 'Bomba de agua' }).waitFor()
    expect(await page.getByRole('button', { name: /Crear|Editar|Eliminar/ }).count()).toBe(0)
    expect(await page.getByRole('link', { name: 'Imprimir' }).count()).toBe(0)
    const refused = await context.request.post(`/api/records/site/${path.split('/').at(-1)}/print`, {
      headers: { 'x-cauce': '1', origin: new URL(product.staffUrl).origin },
    })
    expect(refused.status()).toBe(403)
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)('has an index of its sections and a readable history (%s)', async (width) => {
    const { page, context, problems } = await open('chief', width)
    await page.goto(path)
    if (width === 'wide') {
      await page.getByRole('navigation', { name: 'Secciones' }).getByRole('button', { name: 'Contactos' }).click()
      expect(await page.evaluate(() => document.activeElement?.querySelector('h2')?.textContent)).toBe('Contactos')
    } else {
      await page.getByRole('combobox', { name: 'Secciones' }).selectOption({ label: 'Contactos' })
      await page.getByRole('heading', { name: 'Contactos' }).waitFor()
    }
    await look(page, 'record-page')
    expect(problems).toEqual([])
    await context.close()
  })

  it('goes on paper with its head, its sections and what belongs to it, and is written into the audit', async () => {
    const { page, context, problems } = await open()
    await page.goto(path)
    await page.getByRole('link', { name: 'Imprimir' }).click()
    await page.getByText(/Impreso el .* por Clara Jefa/).waitFor()
    await page.getByText('Bomba de agua').waitFor()
    await look(page, 'record-print-preview')
    await page.emulateMedia({ media: 'print' })
    for (const hidden of [page.getByRole('banner'), page.getByRole('navigation', { name: 'Menú' })])
      expect(await hidden.isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Imprimir' }).isVisible()).toBe(false)
    expect(await page.getByText('Rosa Paz').isVisible()).toBe(true)
    await takePicture(page, 'record-print')
    const printed = await product.ctx.db.audit.find({ action: 'record.printed' })
    expect(printed.map((row) => row.label)).toEqual(['S-001 · Sitio Ñusta 1'])
    expect(problems).toEqual([])
    await context.close()
  })
})

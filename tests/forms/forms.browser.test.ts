import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Browser } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  hasKeyboard,
  launchBrowser,
  openPage,
  openSection,
  startProduct,
  takePicture,
} from '../browser/harness.ts'
import { eventually } from '../setup/eventually.ts'

/** The form screen: long forms by section, sub-lists, records made from inside, nothing typed is lost. */
describeInBrowser('forms', () => {
  let product: Running
  let browser: Browser
  beforeAll(async () => {
    product = await startProduct({ packs: ['estate'], packsDir: resolve(import.meta.dirname, 'packs') })
    browser = await launchBrowser()
  })
  // What one test left unsaved is not the next one's.
  beforeEach(() => product.ctx.db.formDrafts.deleteMany({}))
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (product as Running | undefined)?.stop()
  })

  let made = 40000000
  it.each(['wide', 'narrow'] as const)(
    'makes a record with its sub-list, a related record and one that a process makes (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(browser, product.staffUrl, { width, user: 'chief' })
      const document = String((made += 1))
      const warehouse = `Almacén ${width}`
      await page.goto('/registros/owner/nuevo')
      await page.getByLabel('Nombre completo').fill('Bruno Paz')
      await page.getByLabel('Documento').fill(document)
      expect(await page.getByText('Persona').count()).toBe(0)
      await takePicture(page, 'form-first-section')

      await page.getByRole('button', { name: 'Siguiente: Contactos' }).click()
      await page.getByRole('button', { name: 'Agregar contacto' }).click()
      await page.getByLabel(/^Persona/).fill('Rita Ríos')
      await page.getByLabel(/^Correo/).fill('rita@paz.pe')
      await eventually(async () => expect(await page.getByRole('checkbox').isChecked()).toBe(true))
      await page.getByRole('button', { name: 'Agregar contacto' }).click()
      await page
        .getByLabel(/^Persona/)
        .nth(1)
        .fill('Saúl Sosa')
      await page
        .getByLabel(/^Correo/)
        .nth(1)
        .fill('saul@paz.pe')
      await page.getByRole('checkbox').nth(1).check()
      await eventually(async () => expect(await page.getByRole('checkbox').nth(0).isChecked()).toBe(false))
      await page
        .getByLabel(/^Honorario/)
        .nth(0)
        .fill('1000.50')
      await page
        .getByLabel(/^Honorario/)
        .nth(1)
        .fill('20')
      await page.keyboard.press('Tab')
      await page.getByText('S/ 1,020.50').first().waitFor()
      await page.getByRole('button', { name: 'Eliminar contacto 1' }).click()
      await page.getByText('Se quitó: contacto 1.').waitFor()
      await page.getByRole('button', { name: 'Deshacer' }).click()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'form-sub-list')

      await openSection(page, 'Locales')
      const box = page.getByRole('combobox', { name: 'Nombre del local' })
      await box.fill('Tienda')
      await page.getByText('Ya es de Ana Torres').waitFor()
      await box.fill(warehouse)
      await page.getByText('¿Desea agregar un nuevo local?').waitFor()
      await takePicture(page, 'form-related-ask')
      await page
        .getByText('¿Desea agregar un nuevo local?')
        .locator('..')
        .getByRole('button', { name: 'Crear Nuevo Local' })
        .click()
      const dialog = page.getByRole('dialog', { name: 'Crear Nuevo Local' })
      expect(await dialog.getByLabel('Nombre del local').inputValue()).toBe(warehouse)
      expect(await dialog.getByLabel('Propietario').count()).toBe(0)
      await dialog.getByRole('button', { name: 'Crear Nuevo Local' }).click()
      await dialog.getByText('Falta corregir 1 dato').waitFor()
      await dialog.getByRole('combobox', { name: 'Región' }).click()
      await page.getByRole('option', { name: 'Sur' }).click()
      await takePicture(page, 'form-related-modal')
      await dialog.getByRole('button', { name: 'Crear Nuevo Local' }).click()
      await page.getByText(warehouse).waitFor()

      await openSection(page, 'Miembros')
      await page.getByRole('button', { name: 'Crear Nuevo Miembro' }).click()
      const member = page.getByRole('dialog', { name: 'Crear Nuevo Miembro' })
      await member.getByLabel('Nombre').fill('Eva')
      await member.getByRole('button', { name: 'Crear Nuevo Miembro' }).click()
      await page.getByText('Eva').waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'form-related-rows')
      await page.getByRole('button', { name: 'Crear propietario' }).click()
      await page.waitForURL(/\/registros\/owner\/[0-9a-f]{24}/)
      const [owner] = await product.ctx.db.records('owner').find({ 'data.document': document })
      expect(owner?.data.contacts).toEqual([
        { person: 'Rita Ríos', mail: 'rita@paz.pe', main: false, fee: '1000.50' },
        { person: 'Saúl Sosa', mail: 'saul@paz.pe', main: true, fee: '20.00' },
      ])
      expect(
        (await product.ctx.db.records('site').find({ 'data.owner': owner?._id ?? '' })).map((one) => one.data.name),
      ).toEqual([warehouse])
      expect(
        (await product.ctx.db.records('member').find({ 'data.owner': owner?._id ?? '' })).map((one) => one.data.status),
      ).toEqual(['Pendiente'])
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it('joins a record that nobody holds', async () => {
    const { page, context } = await openPage(browser, product.staffUrl, { user: 'chief' })
    const site = await page.request.post('/api/records/site', {
      data: { data: { name: 'Suelto', region: 'sur' } },
      headers: { 'x-cauce': '1', origin: new URL(product.staffUrl).origin },
    })
    expect(site.status()).toBe(201)
    await page.goto('/registros/owner/nuevo')
    await page.getByLabel('Nombre completo').fill('Dora Díaz')
    const document = String((made += 1))
    await page.getByLabel('Documento').fill(document)
    await openSection(page, 'Locales')
    const box = page.getByRole('combobox', { name: 'Nombre del local' })
    await box.fill('Tienda')
    await page.getByText('Ya es de Ana Torres').waitFor()
    await box.fill('Suelto')
    await page.getByRole('option', { name: /Suelto$/ }).click()
    await page.getByRole('button', { name: /^Quitar .*Suelto/ }).waitFor()
    await page.getByRole('button', { name: 'Crear propietario' }).click()
    await page.waitForURL(/\/registros\/owner\/[0-9a-f]{24}/)
    const [owner] = await product.ctx.db.records('owner').find({ 'data.document': document })
    const [held] = await product.ctx.db.records('site').find({ 'data.name': 'Suelto' })
    expect(held?.data.owner).toBe(owner?._id)
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    'jumps from the summary into a section that is not shown (%s)',
    async (width) => {
      // Another person each time: a draft may still be on its way when the page before is closed.
      const user = width === 'wide' ? 'chief' : 'clerk'
      const { page, context } = await openPage(browser, product.staffUrl, { width, user })
      await page.goto('/registros/machine/nuevo')
      await page.getByLabel('Modelo').fill('M1')
      await page.getByRole('button', { name: 'Crear máquina' }).click()
      const summary = page.getByRole('alert')
      await summary.getByRole('button', { name: /el precio/ }).click()
      await page.waitForFunction(() => document.activeElement?.id.endsWith('.price'))
      await page.keyboard.type('1234.5')
      await page.keyboard.press('Tab')
      const price = page.getByRole('textbox', { name: 'Precio' })
      await eventually(async () => expect(await price.inputValue()).toBe('S/ 1,234.50'))
      await page.getByText('S/ 1,456.71').waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'form-summary')
      await context.close()
    },
  )

  it('asks before unsaved work is left, and has it there again', async () => {
    const { page, context } = await openPage(browser, product.staffUrl, { user: 'chief' })
    await page.goto('/registros/machine/nuevo')
    await page.getByLabel('Modelo').fill('Recordado')
    await page.getByText('Guardado').waitFor()
    await page.getByRole('link', { name: 'Propietarios' }).first().click()
    const dialog = page.getByRole('dialog', { name: '¿Salir sin guardar?' })
    await dialog.getByRole('button', { name: 'Seguir aquí' }).click()
    expect(await page.getByLabel('Modelo').inputValue()).toBe('Recordado')
    await page.getByRole('link', { name: 'Propietarios' }).first().click()
    await dialog.getByRole('button', { name: 'Salir' }).click()
    await page.waitForURL(/owner/)
    await page.goto('/registros/machine/nuevo')
    await page.getByLabel('Modelo').waitFor()
    expect(await page.getByLabel('Modelo').inputValue()).toBe('Recordado')
    await context.close()
  })

  it('makes a record two levels deep, and gives back the keyboard and what was typed', async () => {
    const { page, context } = await openPage(browser, product.staffUrl, { user: 'chief' })
    await page.goto('/registros/machine/nuevo')
    await page.getByLabel('Modelo').fill('Dos niveles')
    await openSection(page, 'Ubicación')
    const local = page.getByRole('combobox', { name: 'Local' })
    await local.fill('Galpón')
    await page.getByText('¿Desea agregar un nuevo local?').waitFor()
    await page.keyboard.press('Enter')
    const site = page.getByRole('dialog', { name: /local/ })
    expect(await site.getByLabel('Nombre del local').inputValue()).toBe('Galpón')
    await site.getByRole('combobox', { name: 'Propietario' }).fill('Nadie Aún')
    await page.getByText('¿Desea agregar un nuevo propietario?').waitFor()
    await page.keyboard.press('Enter')
    const owner = page.getByRole('dialog', { name: /propietario/ })
    expect(await owner.getByLabel('Nombre completo').inputValue()).toBe('Nadie Aún')
    await hasKeyboard(owner)
    await page.keyboard.press('Escape')
    await owner.waitFor({ state: 'detached' })
    await site.getByRole('combobox', { name: 'Propietario' }).fill('Nadie Aún')
    await page.getByText('¿Desea agregar un nuevo propietario?').waitFor()
    await page.keyboard.press('Enter')
    await owner.getByLabel('Documento').fill(String((made += 1)))
    const discard = page.getByRole('dialog', { name: '¿Descartar lo que escribió?' })
    await page.keyboard.press('Escape')
    await discard.getByRole('button', { name: 'Seguir aquí' }).click()
    await page.waitForFunction(() => document.activeElement?.id.endsWith('.document'))
    await page.keyboard.press('Escape')
    await hasKeyboard(discard)
    // Escape answers the question alone: what was typed stays.
    await page.keyboard.press('Escape')
    await page.waitForFunction(() => document.activeElement?.id.endsWith('.document'))
    expect(await owner.getByLabel('Documento').inputValue()).toBe(String(made))
    await takePicture(page, 'form-nested')
    await owner.getByRole('button', { name: 'Crear propietario' }).click()
    await owner.waitFor({ state: 'detached' })
    const holder = site.getByRole('combobox', { name: 'Propietario' })
    await eventually(async () => expect(await holder.inputValue()).toBe('Nadie Aún'))
    await site.getByRole('combobox', { name: 'Región' }).click()
    await page.getByRole('option', { name: 'Norte' }).click()
    await site.getByRole('button', { name: 'Crear local' }).click()
    await site.waitFor({ state: 'detached' })
    await eventually(async () => expect(await local.inputValue()).toMatch(/^L-\d{3} · Galpón$/))
    // It follows the place once its row has come.
    await page.waitForFunction(() => [...document.querySelectorAll('input')].some(({ value }) => value === 'Norte'))
    await openSection(page, 'Datos generales')
    expect(await page.getByLabel('Modelo').inputValue()).toBe('Dos niveles')
    await context.close()
  })

  it('asks which is the main one when it is removed', async () => {
    const { page, context } = await openPage(browser, product.staffUrl, { user: 'chief' })
    await page.goto('/registros/owner/nuevo')
    await openSection(page, 'Contactos')
    await page.getByRole('button', { name: 'Agregar contacto' }).focus()
    await page.evaluate(() => {
      const data = new DataTransfer()
      data.setData(
        'text/plain',
        'Correo\tPersona\tHonorario\r\nuno@a.pe\tUno\tS/ 1,234.50\r\nmal\tDos\t2\r\ntres@a.pe\tTres\t3\r\n',
      )
      document.activeElement?.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    await page.getByText('Se pegaron 3 filas.').waitFor()
    await page.getByText('1 fila por corregir:').waitFor()
    await takePicture(page, 'form-pasted')
    await page.getByRole('button', { name: 'Fila 2' }).click()
    await page.waitForFunction(() => document.activeElement?.id.endsWith('.1.mail'))
    await page.getByRole('button', { name: 'Eliminar contacto 1' }).click()
    const dialog = page.getByRole('dialog', { name: '¿Cuál será el principal?' })
    await dialog.getByLabel('Tres').check()
    await dialog.getByRole('button', { name: 'Eliminar contacto 1' }).click()
    await page.getByText('Se quitó: contacto 1.').waitFor()
    await eventually(async () => expect(await page.getByRole('checkbox').nth(1).isChecked()).toBe(true))
    expect(
      await page
        .getByLabel(/^Persona/)
        .nth(1)
        .inputValue(),
    ).toBe('Tres')
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)('counts the first press after typing (%s)', async (width) => {
    const { page, context } = await openPage(browser, product.staffUrl, { width, user: 'chief' })
    await page.goto('/registros/owner/nuevo')
    await openSection(page, 'Contactos')
    const add = page.getByRole('button', { name: 'Agregar contacto' })
    const mails = page.getByLabel(/^Correo/)
    await add.click()
    await mails.last().fill('no es un correo')
    // The finding is there by now, and waits only for the field to be left.
    await page.waitForTimeout(400)
    const before = await mails.count()
    await add.hover()
    const box = await add.boundingBox()
    await page.mouse.move((box?.x ?? 0) + 20, (box?.y ?? 0) + 4)
    await page.mouse.down()
    await page.waitForTimeout(300)
    // Pressed, a button sinks by a pixel.
    expect(Math.abs(((await add.boundingBox())?.y ?? 0) - (box?.y ?? 0))).toBeLessThanOrEqual(1)
    await page.mouse.up()
    await mails.nth(before).waitFor()
    await page
      .getByText(/correo.*@/)
      .first()
      .waitFor()
    await context.close()
  })

  const headers = () => ({ 'x-cauce': '1', origin: new URL(product.staffUrl).origin })

  it.each(['wide', 'narrow'] as const)('does not offer to take away a row that must stay (%s)', async (width) => {
    const { page, context } = await openPage(browser, product.staffUrl, { width, user: 'chief' })
    const parts = [{ name: 'Filtro', unit: 'u' }, { name: 'Correa' }]
    const base = { description: `Bomba ${width}`, kind: 'Mayor', brand: 'B', model: 'M', price: '10.00' }
    const saved = await page.request.post('/api/records/machine', {
      data: { data: { ...base, parts } },
      headers: headers(),
    })
    expect(saved.status()).toBe(201)
    const { id } = (await saved.json()) as { id: string }
    await page.goto(`/registros/machine/${id}/editar`)
    await openSection(page, 'Parámetros')
    const kept = page.getByRole('button', { name: /^Eliminar parámetro 1/ })
    expect(await kept.getAttribute('aria-disabled')).toBe('true')
    // A forced click does not wait until what moves stands still.
    await kept.scrollIntoViewIfNeeded()
    await kept.click({ force: true })
    await page.getByRole('tooltip', { name: 'No se puede quitar. Puede marcarlo como inactivo.' }).waitFor()
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    await takePicture(page, 'form-kept-row')
    expect(await page.getByText('Se quitó: parámetro 1.').count()).toBe(0)
    await page.getByRole('button', { name: 'Eliminar parámetro 2' }).click()
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await page.waitForURL(`**/registros/machine/${id}`)
    const [machine] = await product.ctx.db.records('machine').find({ _id: id })
    expect(machine?.data.parts).toEqual([parts[0]])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    'asks in the window of a related record, too, what is to count of what two people saved (%s)',
    async (width) => {
      const { page, context } = await openPage(browser, product.staffUrl, { width, user: 'chief' })
      const [owner] = await product.ctx.db.records('owner').find({ 'data.name': 'Ana Torres' })
      const made = await page.request.post('/api/records/site', {
        data: { data: { name: `Taller ${width}`, region: 'sur', owner: owner!._id } },
        headers: headers(),
      })
      const { id, revision } = (await made.json()) as { id: string; revision: number }
      await page.goto(`/registros/owner/${owner!._id}?seccion=sites`)
      await page.getByRole('button', { name: new RegExp(`^Editar .*Taller ${width}`) }).click()
      const form = page.getByRole('dialog', { name: /^Editar/ })
      await form.getByLabel('Nombre del local').fill(`Taller mío ${width}`)
      await form.getByRole('textbox', { name: 'Superficie' }).fill('12')
      const theirs = await page.request.patch(`/api/records/site/${id}`, {
        data: { data: { name: `Taller suyo ${width}`, centre: 'C-1' } },
        headers: { ...headers(), 'if-match': `"${revision}"` },
      })
      expect(theirs.status()).toBe(200)
      await form.getByRole('button', { name: 'Guardar', exact: true }).click()
      const table = page.getByRole('dialog', { name: 'Otra persona cambió este registro' })
      await table.waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'form-modal-conflict')
      await hasKeyboard(table)
      // Only the table closes; what was typed is still there.
      await page.keyboard.press('Escape')
      await table.waitFor({ state: 'detached' })
      expect(await form.getByLabel('Nombre del local').inputValue()).toBe(`Taller mío ${width}`)
      await form.getByRole('button', { name: 'Guardar', exact: true }).click()
      await table.getByRole('radio', { name: new RegExp(`Taller mío ${width}`) }).check()
      await table.getByRole('button', { name: 'Guardar lo elegido' }).click()
      await form.waitFor({ state: 'detached' })
      const [site] = await product.ctx.db.records('site').find({ _id: id })
      expect(site?.data).toMatchObject({ name: `Taller mío ${width}`, centre: 'C-1', size: '12.00' })
      await context.close()
    },
  )
})

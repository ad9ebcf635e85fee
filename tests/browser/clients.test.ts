import { beforeEach, expect, it } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { validRuc } from '../http/sampleRecords.ts'
import { eventually } from '../setup/eventually.ts'
import { describeInBrowser, look, openPage, withProduct, type WidthName } from './harness.ts'

/** A client as a customer registers one: everything in one form, saved once. On the pack fm. */
describeInBrowser('registering a client', () => {
  const stage = withProduct()
  // What one test left unsaved is not the next one's.
  beforeEach(() => stage.product.ctx.db.formDrafts.deleteMany({}))

  const rucs = { wide: validRuc('2066000001'), narrow: validRuc('2066000002'), keyboard: validRuc('2066000003') }
  const next = (page: Page, title: string) => page.getByRole('button', { name: `Siguiente: ${title}` }).click()
  const choose = async (within: Page | Locator, page: Page, label: string | RegExp, option: string) => {
    await within.getByRole('combobox', { name: label }).click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  it.each(['wide', 'narrow'] as const)(
    '[FM-5.1.1-9] [FM-5.1.1-11] [FM-5.4.3-1] [FM-5.4.3-2] [FM-5.4.3-3] [FM-5.4.3-4] [FM-5.4.3-6] [FM-5.4.3-7] [FM-5.4.3-8] takes two representatives, two users, three branches and a property in one form (%s)',
    async (width: WidthName) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/registros/cliente')
      await page.getByRole('link', { name: 'Crear cliente' }).click()
      await page.getByLabel('Nombre Completo / Razón Social').fill(`Clínica San Lucas ${width} S.A.C.`)
      await choose(page, page, 'Nacional / Extranjero', 'Nacional')
      await page.getByLabel(/^RUC/).fill(rucs[width])
      await page.getByLabel('Domicilio Fiscal').fill('Av. Salaverry 2580, Jesús María, Lima')
      await choose(page, page, 'Tipo de Cliente', 'Privado')
      await page.getByLabel(/^CECO/).fill('001')
      await choose(page, page, 'Clasificación: Interno o Externo', 'Externo')
      await look(page, 'client-1-general')

      await next(page, 'Información de Contacto')
      await page.getByLabel('Email').fill('contacto@sanlucas.pe')
      await page.getByLabel('Teléfono').fill('01 444 5566')
      await page.getByLabel('WhatsApp').fill('987654321')
      await look(page, 'client-2-contact')

      await next(page, 'Representantes del Cliente')
      for (const [at, [name, mail, mobile, post]] of [
        ['Elena Tapia Córdova', 'elena.tapia@sanlucas.pe', '986540023', 'Jefa de Infraestructura'],
        ['Óscar Peña Ñahui', 'oscar.pena@sanlucas.pe', '986540024', 'Administrador'],
      ].entries()) {
        await page.getByRole('button', { name: 'Agregar representante' }).click()
        await page
          .getByLabel(/^Nombre Completo/)
          .nth(at)
          .fill(name!)
        await page
          .getByLabel(/^Correo Electrónico/)
          .nth(at)
          .fill(mail!)
        await page
          .getByLabel(/^Celular/)
          .nth(at)
          .fill(mobile!)
        await page
          .getByLabel(/^Cargo/)
          .nth(at)
          .fill(post!)
      }
      await look(page, 'client-3-representatives')

      await next(page, 'Sucursales del Cliente')
      for (const [at, address] of ['Av. Brasil 10, Lima', 'Jr. Puno 20, Cusco', 'Av. Grau 30, Piura'].entries()) {
        await page.getByRole('button', { name: 'Agregar sucursal' }).click()
        await page
          .getByLabel(/^Dirección/)
          .nth(at)
          .fill(address)
      }
      // The first is the main one by itself; another takes its place.
      expect(await page.getByRole('checkbox').nth(0).isChecked()).toBe(true)
      await page.getByRole('checkbox').nth(1).check()
      expect(await page.getByRole('checkbox').nth(0).isChecked()).toBe(false)
      await look(page, 'client-4-branches')

      await next(page, 'Inmuebles')
      await page.getByRole('combobox', { name: 'Nombre del Inmueble o Sede' }).fill(`Sede Salaverry ${width}`)
      await page
        .getByText('¿Desea agregar un nuevo inmueble?')
        .locator('..')
        .getByRole('button', { name: 'Crear Nuevo Inmueble' })
        .click()
      const property = page.getByRole('dialog', { name: 'Crear Nuevo Inmueble' })
      expect(await property.getByLabel('Nombre del Inmueble o Sede').inputValue()).toBe(`Sede Salaverry ${width}`)
      await property.getByLabel('Dirección del Inmueble o Sede').fill('Av. Salaverry 2580')
      await choose(property, page, 'Departamento', 'Cusco')
      await choose(property, page, 'Provincia', 'La Convención')
      const place = property.getByRole('combobox', { name: 'Ubicación' })
      await eventually(async () => expect(await place.inputValue()).toBe('Provincias'))
      // What the buttons at the foot half cover has no size of its own.
      await property.getByText('Zona Geográfica').evaluate((label) => label.scrollIntoView({ block: 'start' }))
      await look(page, 'client-5-property')
      await property.getByRole('button', { name: 'Crear Nuevo Inmueble' }).click()
      await property.waitFor({ state: 'detached' })
      await page.getByText(`Sede Salaverry ${width}`).waitFor()
      await look(page, 'client-6-properties')

      await next(page, 'Usuarios')
      for (const name of ['Ana Quispe', 'Luis Rojas']) {
        await page.getByRole('button', { name: 'Crear Nuevo Usuario externo' }).click()
        const user = page.getByRole('dialog')
        await user.getByLabel('Nombre Completo').fill(name)
        await user.getByLabel('Correo Electrónico').fill(`${name.toLowerCase().replace(' ', '.')}.${width}@sanlucas.pe`)
        await user.getByLabel('Celular').fill('986540025')
        await user.getByLabel('Cargo').fill('Asistente')
        await look(page, 'client-7-user')
        await user.getByRole('button', { name: 'Crear Nuevo Usuario externo' }).click()
        await user.waitFor({ state: 'detached' })
        await page.getByText(name).waitFor()
      }
      await look(page, 'client-8-users')

      await page.getByRole('button', { name: 'Crear cliente' }).click()
      await page.waitForURL(/\/registros\/cliente\/[0-9a-f]{24}/)
      await page.getByRole('tab', { name: 'Inmuebles 1' }).waitFor()
      await look(page, 'client-9-record')
      const { records } = stage.product.ctx.db
      const [client] = await records('cliente').find({ 'data.ruc': rucs[width] })
      expect(client?.data).toMatchObject({
        codigo: `${rucs[width]}-001`,
        pais: 'PE',
        telefono: '014445566',
        representantes: [{ nombre: 'Elena Tapia Córdova' }, { nombre: 'Óscar Peña Ñahui' }],
        sucursales: [
          { principal: false },
          { direccion: 'Jr. Puno 20, Cusco', principal: true },
          { direccion: 'Av. Grau 30, Piura' },
        ],
      })
      const id = client!._id
      const properties = await records('inmueble').find({ 'data.cliente': id })
      expect(properties.map(({ data }) => data)).toMatchObject([
        { nombre: `Sede Salaverry ${width}`, departamento: '08', provincia: '0809', ubicacion: 'Provincias' },
      ])
      const users = await records('usuario-externo').find({ 'data.clientes': id })
      expect(users.map(({ data }) => [data.nombreCompleto, data.estado, data.ruc])).toEqual([
        ['Ana Quispe', 'Pendiente', rucs[width]],
        ['Luis Rojas', 'Pendiente', rucs[width]],
      ])
      expect(problems).toEqual([])
      await context.close()
    },
    90_000,
  )

  it('takes a client by the keyboard alone', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })
    await page.goto('/registros/cliente')
    await page.getByRole('link', { name: 'Crear cliente' }).waitFor()
    const { keyboard } = page
    /** Tab until what is named so has the focus. */
    const tabTo = async (name: RegExp) => {
      for (let presses = 0; presses < 60; presses++) {
        await keyboard.press('Tab')
        const focused = await page.evaluate(() => {
          const element = document.activeElement as HTMLInputElement | null
          const labels = [...(element?.labels ?? [])].map((label) => label.textContent)
          return (element?.getAttribute('aria-label') ?? (labels.join(' ') || element?.textContent) ?? '').trim()
        })
        if (name.test(focused)) return
      }
      throw new Error(`Tab does not reach ${name.source}`)
    }
    const type = async (name: RegExp, text: string) => {
      await tabTo(name)
      await keyboard.type(text)
    }
    /** Opens the list with an arrow and goes down to the option. */
    const pick = async (name: RegExp, option: string) => {
      await tabTo(name)
      await keyboard.press('ArrowDown')
      await page.getByRole('option', { name: option, exact: true }).waitFor()
      const active = page.locator('[role=option][data-combobox-selected]')
      for (let presses = 0; presses < 10; presses++) {
        // Past the last it begins anew.
        await keyboard.press('ArrowDown')
        if ((await active.innerText()) === option) break
      }
      await keyboard.press('Enter')
      await page.getByRole('option').first().waitFor({ state: 'hidden' })
    }
    await tabTo(/^Crear cliente$/)
    await keyboard.press('Enter')
    await page.waitForURL('**/nuevo')
    await page.getByLabel('Nombre Completo / Razón Social').waitFor()
    await type(/^Nombre Completo/, 'Teclado S.A.C.')
    await pick(/^Nacional \/ Extranjero/, 'Nacional')
    await type(/^RUC/, rucs.keyboard)
    await type(/^Domicilio Fiscal/, 'Av. Brasil 10, Lima')
    await pick(/^Tipo de Cliente/, 'Privado')
    await type(/^CECO/, '001')
    await pick(/^Clasificación/, 'Externo')
    await tabTo(/^Siguiente/)
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Información de Contacto', level: 2 }).waitFor()
    await type(/^Email/, 'hola@teclado.pe')
    await type(/^Teléfono/, '014445566')
    await tabTo(/^Siguiente/)
    await keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Representantes del Cliente', level: 2 }).waitFor()
    await tabTo(/^Agregar representante/)
    await keyboard.press('Enter')
    // The first cell of the new row has the focus.
    await page.waitForFunction(() => document.activeElement?.id.endsWith('.0.nombre'))
    await keyboard.type('Elena Tapia Córdova')
    await type(/^Correo/, 'elena.tapia@teclado.pe')
    await type(/^Celular/, '986540023')
    await type(/^Cargo/, 'Jefa')
    await tabTo(/^Crear cliente$/)
    await keyboard.press('Enter')
    await page.waitForURL(/\/registros\/cliente\/[0-9a-f]{24}/)
    const saved = await stage.product.ctx.db.records('cliente').find({ 'data.ruc': rucs.keyboard })
    expect(saved.map(({ data }) => data)).toMatchObject([
      { razonSocial: 'Teclado S.A.C.', representantes: [{ correo: 'elena.tapia@teclado.pe', cargo: 'Jefa' }] },
    ])
    expect(problems).toEqual([])
    await context.close()
  }, 60_000)
})

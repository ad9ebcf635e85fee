import { beforeEach, expect, it } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { validRuc } from '../http/sampleRecords.ts'
import { eventually } from '../setup/eventually.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** A supplier as a customer registers one, with what it covers. On the pack fm. */
describeInBrowser('registering a supplier', () => {
  const stage = withProduct()
  // What one test left unsaved is not the next one's.
  beforeEach(() => stage.product.ctx.db.formDrafts.deleteMany({}))
  const next = (page: Page, title: string) => page.getByRole('button', { name: `Siguiente: ${title}` }).click()
  const choose = async (page: Page, box: Locator, option: string) => {
    await box.click()
    await page.getByRole('option', { name: option, exact: true }).click()
  }

  it.each(['wide', 'narrow'] as const)(
    'takes two representatives, two users and a coverage in one form (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      const box = (name: string | RegExp) => page.getByRole('combobox', { name })
      const ruc = validRuc(width === 'wide' ? '2055000001' : '2055000002')
      await page.goto('/registros/proveedor/nuevo')
      await box('Nombre Completo / Razón Social').fill(`Climas del Norte ${width} S.A.C.`)
      await choose(page, box('Nacional / Extranjero'), 'Nacional')
      await box(/^RUC/).fill(ruc)
      await page.getByRole('textbox', { name: 'Domicilio Fiscal' }).fill('Av. Argentina 200, Lima')
      await choose(page, box('Tipo de Proveedor'), 'Privado')
      await look(page, 'supplier-1-general')

      await next(page, 'Información de Ubicación y Contacto')
      await page.getByLabel('Dirección del Proveedor').fill('Av. Argentina 200, Lima')
      await choose(page, box('Departamento'), 'Piura')
      await eventually(async () => expect(await box('Ubicación').inputValue()).toBe('Provincias'))
      await page.getByLabel('Email').fill('ventas@climas.pe')
      await page.getByLabel('Teléfono').fill('014445577')
      await look(page, 'supplier-2-contact')

      await next(page, 'Representantes del Proveedor')
      for (const [at, name] of ['Elena Tapia Córdova', 'Óscar Peña Ñahui'].entries()) {
        await page.getByRole('button', { name: 'Agregar representante' }).click()
        for (const [label, text] of [
          [/^Nombre Completo/, name],
          [/^Correo Electrónico/, `r${at}@climas.pe`],
          [/^Celular/, '986540023'],
          [/^Cargo/, 'Ventas'],
        ] as const)
          await page.getByLabel(label).nth(at).fill(text)
      }

      await next(page, 'Zona de Cobertura')
      const cell = (label: string, at: number) => page.getByRole('combobox', { name: new RegExp(`^${label}`) }).nth(at)
      await page.getByRole('button', { name: 'Agregar zona' }).click()
      await choose(page, cell('Departamento', 0), 'Arequipa')
      await choose(page, cell('Provincia', 0), 'Camaná')
      await page.keyboard.press('Escape')
      await choose(page, cell('Distrito', 0), 'Ocoña')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Agregar zona' }).click()
      await choose(page, cell('Departamento', 1), 'Piura')
      await look(page, 'supplier-3-coverage')

      await next(page, 'Servicios de Emergencia')
      await page.getByRole('checkbox', { name: /24 x 7/ }).check()
      await next(page, 'Usuarios')
      for (const name of ['Ana Quispe', 'Luis Rojas']) {
        await page.getByRole('button', { name: 'Crear Nuevo Usuario externo' }).click()
        const user = page.getByRole('dialog')
        await user.getByLabel('Nombre Completo').fill(name)
        await user.getByLabel('Correo Electrónico').fill(`${name.toLowerCase().replace(' ', '.')}.${width}@climas.pe`)
        await user.getByLabel('Celular').fill('986540025')
        await user.getByLabel('Cargo').fill('Asistente')
        await user.getByRole('button', { name: 'Crear Nuevo Usuario externo' }).click()
        await user.waitFor({ state: 'detached' })
        await page.getByText(name).waitFor()
      }
      await look(page, 'supplier-4-users')
      await page.getByRole('button', { name: 'Crear proveedor' }).click()
      await page.waitForURL(/\/registros\/proveedor\/[0-9a-f]{24}/)
      await page.getByRole('heading', { name: 'Zona de Cobertura' }).first().waitFor()
      await look(page, 'supplier-5-record')

      const { records } = stage.product.ctx.db
      const [supplier] = await records('proveedor').find({ 'data.ruc': ruc })
      expect(supplier?.data).toMatchObject({
        codigo: ruc,
        representantes: [{ nombre: 'Elena Tapia Córdova' }, { nombre: 'Óscar Peña Ñahui' }],
        cobertura: [{ departamento: '04', provincias: ['0402'], distritos: ['040206'] }, { departamento: '20' }],
        alcance: ['040206', '20'],
        emergencia24x7: true,
      })
      const users = await records('usuario-externo').find({ 'data.proveedores': supplier!._id })
      expect(users.map(({ data }) => [data.nombreCompleto, data.tipo, data.ruc, data.estado])).toEqual([
        ['Ana Quispe', 'Proveedor', ruc, 'Pendiente'],
        ['Luis Rojas', 'Proveedor', ruc, 'Pendiente'],
      ])
      expect(problems).toEqual([])
      await context.close()
    },
    90_000,
  )
})

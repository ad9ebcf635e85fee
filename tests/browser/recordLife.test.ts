import { beforeEach, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { fillForm, fillIn, fieldOf } from './fillForm.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** What a record goes through after it is made: completed, corrected, taken out of use, brought back. On the pack fm. */
describeInBrowser('the life of a record', () => {
  const stage = withProduct()
  beforeEach(() => stage.product.ctx.db.formDrafts.deleteMany({}))
  const open = (width: 'wide' | 'narrow') =>
    openPage(stage.browser, stage.product.staffUrl, { width, user: 'superadmin' })
  const recordOf = async (entity: string, field: string, value: string | RegExp) => {
    const [record] = await stage.product.ctx.db.records(entity).find({ [`data.${field}`]: value })
    return record!
  }
  /** The list says how many it found: before it has come it has no rows either. */
  const rows = async (page: Page, count: number) => {
    const said = new RegExp(`^${count} resultados?$`)
    await page.getByRole('status').filter({ hasText: said }).waitFor()
    expect(await page.locator('[data-row-link]').count()).toBe(count)
  }
  const showing = async (page: Page, status: string) => {
    await page
      .getByRole('button', { name: /^(Activos|Inactivos|Eliminados|Por completar|Activos e inactivos)$/ })
      .click()
    await page.getByRole('menuitem', { name: status, exact: true }).click()
    await page.getByRole('button', { name: status, exact: true }).waitFor()
    // The list of before stays until the new one is there.
    await page.locator('[data-stale]').waitFor({ state: 'detached' })
  }

  it.each([
    ['wide', 'Tablero de distribución, piso 1'],
    ['narrow', 'Tablero de transferencia automática, quirófanos'],
  ] as const)(
    '[FM-D-053] a category is corrected with a reason: a new code, and the old one still finds it (%s)',
    async (width, description) => {
      const { page, context, problems } = await open(width)
      const before = await recordOf('equipo', 'descripcion', description)
      const old = before.data.codigo as string
      await page.goto(`/registros/equipo/${before._id}`)
      await page.getByRole('button', { name: 'Más opciones del registro' }).click()
      await page.getByRole('menuitem', { name: 'Corregir' }).click()
      const window = page.getByRole('dialog', { name: /^Corregir/ })
      await fillIn(fieldOf(window, 'Categoría'), { pick: 'HVAC' })
      await fillIn(fieldOf(window, 'Subcategoría'), { pick: 'Ventiladores' })
      await window.getByRole('button', { name: 'Corregir' }).click()
      await window.getByText('Escriba el motivo').first().waitFor()
      expect(await window.getByText('error inesperado').count()).toBe(0)
      await look(page, 'correct-no-reason')
      await window.getByLabel('Motivo de la corrección').fill('Estaba en otra categoría')
      await look(page, 'correct')
      await window.getByRole('button', { name: 'Corregir' }).click()
      await window.waitFor({ state: 'detached' })
      await page
        .getByText(/^HV001\d{3}$/)
        .first()
        .waitFor()
      const after = await recordOf('equipo', 'descripcion', description)
      expect(after.data.codigo).toMatch(/^HV001\d{3}$/)
      await page.getByRole('tab', { name: 'Historial' }).click()
      await page.getByText('Estaba en otra categoría').first().waitFor()
      await look(page, 'corrected-history')
      await page.goto(`/registros/equipo?q=${old}`)
      await rows(page, 1)
      await page.getByText(description).first().waitFor()
      expect(problems).toEqual([])
      await context.close()
    },
    120_000,
  )

  it.each([
    ['wide', 'Inmobiliaria Altamar S.A.C.', 'Torre Altamar Golf'],
    ['narrow', 'Clínica Santa Aurelia S.A.', 'Centro médico Surquillo'],
  ] as const)(
    '[FM-D-038] [FM-D-039] what is used is not deleted: it says by what, and is made inactive instead, hidden, found and brought back (%s)',
    async (width, name, property) => {
      const { page, context, problems } = await open(width)
      const client = await recordOf('cliente', 'razonSocial', name)
      await page.goto(`/registros/cliente/${client._id}`)
      await page.getByRole('button', { name: 'Eliminar', exact: true }).click()
      const window = page.getByRole('dialog', { name: 'Eliminar' })
      await window.getByLabel(/^Motivo/).fill('Ya no es cliente')
      await window.getByRole('button', { name: 'Eliminar', exact: true }).click()
      await window.getByText('Todavía lo usan').waitFor()
      await window.getByRole('link', { name: new RegExp(property) }).waitFor()
      await look(page, 'delete-blocked')
      await window.getByRole('button', { name: 'Inactivar en su lugar' }).click()
      await window.waitFor({ state: 'detached' })
      await page.getByText('Inactivo', { exact: true }).first().waitFor()
      await look(page, 'inactive-record')
      expect((await recordOf('cliente', 'razonSocial', name)).deletedAt).toBeNull()

      const q = encodeURIComponent(name)
      await page.goto(`/registros/cliente?q=${q}`)
      await rows(page, 0)
      await showing(page, 'Inactivos')
      await rows(page, 1)
      await look(page, 'inactive-list')
      await page.locator('[data-row-link]').first().click()
      await page.getByRole('button', { name: 'Más opciones del registro' }).click()
      await page.getByRole('menuitem', { name: 'Activar', exact: true }).click()
      await page.getByText('Inactivo', { exact: true }).first().waitFor({ state: 'detached' })
      await page.goto(`/registros/cliente?q=${q}`)
      await rows(page, 1)
      expect(problems).toEqual([])
      await context.close()
    },
    120_000,
  )

  it.each([
    ['wide', 'Epsel|Saneamiento del Norte'],
    ['narrow', 'Amazonía Verde'],
  ] as const)(
    '[FM-6-2] what nothing uses is deleted, and recovered from among the deleted (%s)',
    async (width, name) => {
      const { page, context, problems } = await open(width)
      const supplier = await recordOf('proveedor', 'razonSocial', new RegExp(name))
      const q = encodeURIComponent(supplier.data.razonSocial as string)
      await page.goto(`/registros/proveedor/${supplier._id}`)
      await page.getByRole('button', { name: 'Eliminar', exact: true }).click()
      const window = page.getByRole('dialog', { name: 'Eliminar' })
      await look(page, 'delete')
      await window.getByLabel(/^Motivo/).fill('Registrado dos veces')
      await window.getByRole('button', { name: 'Eliminar', exact: true }).click()
      await window.waitFor({ state: 'detached' })
      await page.goto(`/registros/proveedor?q=${q}`)
      await rows(page, 0)
      await showing(page, 'Eliminados')
      await rows(page, 1)
      await page.locator('[data-row-link]').first().click()
      await page.getByText('Eliminado', { exact: true }).first().waitFor()
      await look(page, 'deleted-record')
      await page.getByRole('button', { name: 'Recuperar' }).click()
      await page.getByText('Eliminado', { exact: true }).first().waitFor({ state: 'detached' })
      await page.goto(`/registros/proveedor?q=${q}`)
      await rows(page, 1)
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['wide', 'Wincha métrica'],
    ['narrow', 'Nivel profesional'],
  ] as const)(
    '[FM-D-067] a tool of the first catalogue is "Por completar" until what it lacks is filled in (%s)',
    async (width, description) => {
      const { page, context, problems } = await open(width)
      await page.goto('/registros/herramienta')
      await showing(page, 'Por completar')
      await page.getByText(description).first().waitFor()
      await look(page, 'incomplete-list')
      await page.goto(`/registros/herramienta/${(await recordOf('herramienta', 'descripcion', description))._id}`)
      await page.getByRole('heading', { level: 1 }).filter({ hasText: description }).waitFor()
      await page.getByText('Por completar', { exact: true }).first().waitFor()
      await look(page, 'incomplete-record')
      await page.getByRole('link', { name: 'Editar' }).click()
      await page.getByRole('button', { name: 'Guardar' }).click()
      const missing = page.getByRole('alert')
      for (const field of ['Fecha de Compra', 'Centro de Costo (CECO)', 'Precio sin IGV'])
        await missing.getByText(field).first().waitFor()
      await look(page, 'incomplete-refused')
      await fillForm(page, {
        Asignación: { Técnico: { pick: /./ } },
        'Información Administrativa': { 'Fecha de Compra': '15/01/2026', 'Centro de Costo (CECO)': 'MTTO' },
        'Información Financiera': { 'Precio sin IGV': '25.00' },
      })
      await page.getByRole('button', { name: 'Guardar' }).click()
      await page.waitForURL(/\/registros\/herramienta\/[0-9a-f]{24}$/)
      await page.getByText('S/ 25.00').first().waitFor()
      await page.getByText('Por completar', { exact: true }).first().waitFor({ state: 'detached' })
      expect((await recordOf('herramienta', 'descripcion', description)).data).toMatchObject({
        precio: '25.00',
        precioTotal: '29.50',
        fechaCompra: '2026-01-15',
      })
      expect(problems).toEqual([])
      await context.close()
    },
    120_000,
  )
})

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import { clientFields } from '../modules/clientFields.ts'
import { equipmentFields } from '../modules/equipmentFields.ts'
import { propertyFields } from '../modules/propertyFields.ts'
import { supplierFields } from '../modules/supplierFields.ts'
import { toolFields } from '../modules/toolFields.ts'
import { eventually } from '../setup/eventually.ts'
import { fieldOf, fillForm } from './fillForm.ts'
import {
  describeInBrowser,
  launchBrowser,
  look,
  openPage,
  openSection,
  startProduct,
  type OpenPage,
} from './harness.ts'
import { walkControls, walkSearch } from './walkControls.ts'

/** The forms of the modules on screen: sections, lists with search, boxes, buttons of sub-lists. */
describeInBrowser('forms of the modules', () => {
  let product: Running
  let browser: Browser
  let opened: OpenPage
  beforeAll(async () => {
    product = await startProduct()
    browser = await launchBrowser()
    opened = await openPage(browser, product.staffUrl, { user: 'superadmin' })
    // The form of before holds things that nobody saved.
    opened.page.on('dialog', (dialog) => void dialog.accept())
  }, 90_000)
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (product as Running | undefined)?.stop()
  })

  /** The empty form; the page stays as long as the same one is asked for. */
  const formOf = (entity: string, section: string) => async (): Promise<Page> => {
    const { page } = opened
    const path = `/registros/${entity}/nuevo`
    if (new URL(page.url(), 'http://x').pathname !== path) {
      await page.goto(path)
      await page.getByRole('heading', { name: section }).first().waitFor()
    }
    return page
  }
  const client = formOf('cliente', 'Datos Generales del Cliente')
  const property = formOf('inmueble', 'Información General')
  const supplier = formOf('proveedor', 'Datos Generales del Proveedor')
  const equipment = formOf('equipo', 'Datos Generales del Equipo')
  const tool = formOf('herramienta', 'Datos Generales')

  describe('client', () => {
    walkControls(client, clientFields)
    walkSearch(client, 'FM-4-11', clientFields)

    it('[FM-4.1.3-5] the RUC is checked as soon as it is left, before anything is saved', async () => {
      await tryRuc(await client(), 'Datos Generales del Cliente')
    })

    it('[FM-4.5-7] a branch is marked as "Sucursal Principal"', async () => {
      const page = await client()
      await openSection(page, 'Sucursales del Cliente')
      await page.getByRole('button', { name: 'Agregar sucursal' }).click()
      await page.getByRole('button', { name: 'Agregar sucursal' }).click()
      const marks = page.getByRole('main').getByLabel('Sucursal Principal')
      await marks.nth(1).check()
      expect(await marks.nth(0).isChecked()).toBe(false)
      expect(await marks.nth(1).isChecked()).toBe(true)
    })

    it('can be read by everybody', async () => {
      await look(await client(), 'client-form')
    })
  })

  describe('property', () => {
    it('[FM-5.1-1] there is a form with its sections', async () => {
      const page = await property()
      for (const title of ['Información General', 'Ubicación del Inmueble', 'Fotos del Inmueble'])
        await openSection(page, title)
      await openSection(page, 'Ubicación del Inmueble')
      const department = page.getByRole('main').getByLabel('Departamento').first()
      await department.click()
      await page.getByRole('option', { name: 'Lima' }).click()
      await look(page, 'property-form')
    })
    walkControls(property, propertyFields)
  })

  describe('supplier', () => {
    walkControls(supplier, supplierFields)
    walkSearch(supplier, 'FM-6-11', supplierFields)

    it('[FM-6.1.3-5] the RUC is checked as soon as it is left, before anything is saved', async () => {
      await tryRuc(await supplier(), 'Datos Generales del Proveedor')
    })

    it('[FM-6.4.1-2] [FM-6.4.2-2] [FM-6.4.3-2] [FM-6.4.2-4] [FM-6.4.3-4] [FM-6-11] the coverage is chosen from lists that are searched, each narrowed by the one before', async () => {
      const page = await supplier()
      await openSection(page, 'Zona de Cobertura')
      await page.getByRole('button', { name: 'Agregar zona' }).click()
      for (const [label, choice, stray, typed] of [
        ['Departamento', 'Arequipa', null, 'arequ'],
        ['Provincia', 'Camaná', 'Cañete', 'camana'],
        ['Distrito', 'Ocoña', 'Miraflores', 'ocona'],
      ] as const) {
        const list = page.getByRole('main').getByLabel(label).first()
        await list.click()
        const options = page.getByRole('option').filter({ visible: true })
        await options.filter({ hasText: choice }).waitFor()
        if (stray) expect(await page.getByRole('option', { name: stray, exact: true }).count()).toBe(0)
        expect(await options.count()).toBeGreaterThan(1)
        await list.fill(typed)
        await options.nth(1).waitFor({ state: 'detached' })
        await page.getByRole('option', { name: choice, exact: true }).click()
        await page.keyboard.press('Escape')
      }
      await look(page, 'supplier-coverage')
    })
  })

  describe('equipment', () => {
    it('opens the lists that hang on another', async () => {
      await fillForm(await equipment(), { 'Ubicación del Equipo': { Departamento: { pick: 'Lima' } } })
    })
    walkControls(equipment, equipmentFields)

    it('can be read by everybody', async () => {
      await look(await equipment(), 'equipment-form')
    })
  })

  describe('tool', () => {
    it('opens the lists that hang on another', async () => {
      await fillForm(await tool(), { 'Ubicación Geográfica': { Departamento: { pick: 'Lima' } } })
    })
    walkControls(tool, toolFields)

    it('[FM-8.3-4] a warehouse is offered with its location', async () => {
      const page = await tool()
      await fillForm(page, { Asignación: { 'Asignado a': { pick: 'Almacén' } } })
      await fieldOf(page.getByRole('main'), 'Almacén').click()
      await page.getByRole('option', { name: 'Almacén central (Sótano 1, oficina principal, Lima)' }).waitFor()
      await look(page, 'tool-warehouse')
      await page.keyboard.press('Escape')
    })

    it('[FM-8.4-2] [FM-8.4-3] "Fecha de Compra" is picked in a calendar, and shown and typed as DD/MM/AAAA', async () => {
      const page = await tool()
      await openSection(page, 'Información Administrativa')
      const date = fieldOf(page.getByRole('main'), 'Fecha de Compra')
      expect(await date.getAttribute('placeholder')).toBe('DD/MM/AAAA')
      await date.click()
      await page.getByRole('button', { name: 'Mes anterior' }).click()
      await page.getByRole('button', { name: /^9 / }).click()
      await eventually(async () => expect(await date.inputValue()).toMatch(/^09\/\d{2}\/\d{4}$/))
      // Were the month first, this would be the third of May.
      await date.fill('05/03/2026')
      await date.press('Tab')
      expect(await date.inputValue()).toBe('05/03/2026')
      await date.click()
      await page.getByRole('button', { name: 'marzo 2026', exact: true }).waitFor()
      await look(page, 'tool-date')
      await page.keyboard.press('Escape')
    })
  })

  async function tryRuc(page: Page, section: string): Promise<void> {
    const main = page.getByRole('main')
    await openSection(page, section)
    await main.getByLabel('Nacional / Extranjero').first().click()
    await page.getByRole('option', { name: 'Nacional', exact: true }).click()
    const ruc = main.getByLabel(/^RUC/).first()
    for (const wrong of ['2012345678', '2012345678A']) {
      await ruc.fill(wrong)
      await page.keyboard.press('Tab')
      await main
        .getByText(/11 dígitos/)
        .first()
        .waitFor()
      await eventually(async () => expect(await ruc.getAttribute('aria-invalid')).toBe('true'))
    }
    await ruc.fill('20100070970')
    await page.keyboard.press('Tab')
    await page.waitForFunction((id) => document.getElementById(id)?.getAttribute('aria-invalid') !== 'true', (await ruc.getAttribute('id'))!) // prettier-ignore
  }
})

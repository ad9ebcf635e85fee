import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { resolve } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import { eventually } from '../setup/eventually.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  look,
  openPage,
  startProduct,
  takePicture,
  type WidthName,
} from './harness.ts'

/** Lists as staff live in them: filters, views, columns, marking, the keyboard. On the pack tests/desk. */
describeInBrowser('lists', () => {
  let product: Running
  let browser: Browser

  beforeAll(async () => {
    product = await startProduct({ packs: ['desk'], packsDir: resolve(import.meta.dirname, '..') })
    browser = await launchBrowser()
  })
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (product as Running | undefined)?.stop()
  })

  const open = async (address: string, user = 'chief', width: WidthName = 'wide') => {
    const opened = await openPage(browser, product.staffUrl, { user, width })
    await opened.page.goto(address)
    await opened.page.locator('[data-row-link]').first().waitFor()
    return opened
  }
  /** Waits until the list holds these records, named by their first column. */
  const shows = async (page: Page, ...expected: string[]): Promise<void> => {
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll<HTMLElement>('[data-row-link]')].map((row) => row.innerText).join() === wanted,
      expected.join(),
    )
  }
  const chip = (page: Page, name: string) => page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name })
  const tick = async (page: Page, filter: string, ...options: string[]): Promise<void> => {
    await chip(page, filter).first().click()
    for (const option of options) await page.getByRole('dialog').getByRole('checkbox', { name: option }).check()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }

  it('combines five filters, keeps them in the address, and takes them away', async () => {
    const { page, context, problems } = await open('/registros/site')
    await tick(page, 'Tipo', 'Oficina', 'Planta')
    await tick(page, 'Región', 'Norte')
    // The towns of the chosen region only, found without their accents.
    await chip(page, 'Ciudad').click()
    const towns = page.getByRole('dialog').getByRole('group', { name: 'Ciudad' }).getByRole('checkbox')
    await eventually(async () => expect(await towns.count()).toBe(2))
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Áncash' }).check()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await chip(page, 'Alquiler').click()
    await page.getByLabel('Desde').fill('1500')
    await page.getByLabel('Hasta').fill('4500')
    await page.getByRole('button', { name: 'Aplicar' }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Más filtros' }).click()
    await page.getByRole('menuitem', { name: 'Nombre' }).click()
    await page.getByRole('dialog').getByRole('combobox', { name: 'Nombre', exact: true }).fill('nusta')
    await page.getByRole('button', { name: 'Aplicar' }).click()
    await page.waitForURL(/filter\.name=nusta/)
    const address = new URL(page.url()).searchParams
    expect(address.getAll('filter.kind')).toEqual(['Oficina', 'Planta'])
    // The sites 5 to 33 whose number is 1 more than a multiple of 4, without shops and beyond the bounds.
    await shows(page, 'S-013', 'S-017', 'S-025', 'S-029')
    await look(page, 'list-filters')
    await page.reload()
    await page.locator('[data-row-link]').first().waitFor()
    await page.getByRole('button', { name: 'Tipo: Oficina, Planta' }).waitFor()
    await page.getByRole('button', { name: 'Quitar el filtro Ciudad' }).click()
    await page.waitForURL((url) => !url.searchParams.has('filter.town'))
    await page.getByRole('button', { name: 'Limpiar' }).click()
    await page.waitForURL((url) => url.search === '')
    expect(problems).toEqual([])
    await context.close()
  }, 60_000)
  it('keeps a view of one’s own and a shared one, and opens the list with the chosen one', async () => {
    const { page, context, problems } = await open('/registros/site')
    await tick(page, 'Tipo', 'Tienda')
    await page.getByRole('button', { name: 'Guardar vista' }).click()
    await page.getByLabel('Nombre de la vista').fill('Tiendas')
    await page.getByLabel('Compartir con todos').check()
    await expectAccessible(page)
    await page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
    await page.locator('a[aria-current="true"]', { hasText: 'Tiendas' }).waitFor()
    // Another filter: the view is no longer what is shown, until it is saved.
    await tick(page, 'Región', 'Sur')
    await page.getByRole('button', { name: 'Guardar cambios' }).click()
    await page.getByRole('button', { name: 'Guardar cambios' }).waitFor({ state: 'hidden' })
    await page.getByRole('button', { name: 'Opciones de la vista Tiendas' }).click()
    const kept = page.waitForResponse((answer) => answer.request().method() === 'PATCH')
    await page.getByRole('menuitem', { name: 'Abrir la lista con esta vista' }).click()
    await kept
    await look(page, 'list-views')
    await page.goto('/registros/site')
    await page.waitForURL(/filter\.region=S/)
    await page.getByRole('link', { name: 'Todos' }).click()
    await page.waitForURL((url) => url.searchParams.get('vista') === 'todos' && !url.searchParams.has('filter.kind'))

    const clerk = await open('/registros/site', 'clerk')
    await clerk.page.getByRole('link', { name: 'Tiendas' }).click()
    await clerk.page.waitForURL(/filter\.kind=Tienda/)
    await clerk.page.getByRole('button', { name: 'Opciones de la vista Tiendas' }).click()
    // He reads the list and does not export it: the shared view is not his to change.
    await clerk.page.getByRole('menuitem', { name: 'Abrir la lista con esta vista' }).waitFor()
    expect(await clerk.page.getByRole('menuitem').count()).toBe(1)
    await clerk.page.getByRole('menu').press('Escape')
    await clerk.page.getByRole('menu').waitFor({ state: 'detached' })
    await tick(clerk.page, 'Región', 'Norte')
    await clerk.page.getByRole('button', { name: 'Guardar como otra' }).click()
    await clerk.page.getByLabel('Nombre de la vista').waitFor()
    expect(await clerk.page.getByLabel('Compartir con todos').count()).toBe(0)
    await clerk.page.getByLabel('Nombre de la vista').fill('tiendas')
    await clerk.page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
    await clerk.page.getByText('Ya hay una vista con ese nombre.').waitFor()
    await clerk.page.getByLabel('Nombre de la vista').fill('Del norte')
    await clerk.page.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
    await clerk.page.getByRole('link', { name: 'Del norte' }).waitFor()
    await page.reload()
    await page.getByRole('link', { name: 'Tiendas' }).waitFor()
    expect(await page.getByRole('link', { name: 'Del norte' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Tiendas' }).click()
    await page.getByRole('button', { name: 'Opciones de la vista Tiendas' }).click()
    await page.getByRole('menuitem', { name: 'Eliminar vista' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Eliminar' }).click()
    await page.getByRole('link', { name: 'Tiendas' }).waitFor({ state: 'detached' })
    expect([...problems, ...clerk.problems]).toEqual([])
    await clerk.context.close()
    await context.close()
  })

  it('shows the columns that somebody chooses, in his order, by the keyboard too', async () => {
    const { page, context, problems } = await open('/registros/site')
    const heads = async () =>
      (await page.getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).filter(Boolean)
    await page.getByRole('button', { name: 'Columnas' }).click()
    await page.getByRole('dialog').getByRole('checkbox', { name: 'Apertura' }).check()
    await page.getByRole('button', { name: 'Mover Apertura antes' }).focus()
    for (let step = 0; step < 4; step += 1) await page.keyboard.press('Enter')
    await page.getByLabel('Columnas visibles').getByRole('checkbox', { name: 'Región' }).click()
    await expectAccessible(page)
    await takePicture(page, 'list-columns')
    await page.keyboard.press('Escape')
    await page.waitForURL(/columnas=code%2Copened%2Cname%2Ckind%2Crent/)
    await eventually(async () => expect(await heads()).toEqual(['Código', 'Apertura', 'Nombre', 'Tipo', 'Alquiler']))
    // Every site costs more than the one before.
    await page.getByRole('columnheader').getByRole('button', { name: 'Alquiler' }).click()
    await page.waitForURL(/sort=rent/)
    await page.getByRole('columnheader').getByRole('button', { name: 'Alquiler' }).click()
    await page.waitForURL(/sort=-rent/)
    await shows(page, ...Array.from({ length: 25 }, (_, index) => `S-0${40 - index}`))
    await page.getByRole('button', { name: 'Columnas' }).click()
    await page.getByRole('button', { name: 'Volver a las columnas iniciales' }).click()
    await page.waitForURL((url) => !url.searchParams.has('columnas'))
    expect(problems).toEqual([])
    await context.close()
  })

  it('is walked, marked and opened by the keyboard', async () => {
    const { page, context, problems } = await open('/registros/site')
    await page.locator('[data-row-link]').first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press(' ')
    await page.keyboard.press('j')
    await page.keyboard.press(' ')
    await page.getByText('2 elegidos').waitFor()
    await page.keyboard.press('k')
    await page.keyboard.press(' ')
    await page.getByText('1 elegido', { exact: true }).waitFor()
    expect(await page.locator('tr[data-marked]').innerText()).toContain('S-003')
    await page.keyboard.press('Enter')
    await page.waitForURL(/registros\/site\/\w+/)
    await page.getByRole('heading', { level: 1, name: /Álamo 2/ }).waitFor()
    expect(problems).toEqual([])
    await context.close()
  })

  it('does one thing to many, says to how many, and reports each that was refused', async () => {
    const { page, context, problems } = await open('/registros/site')
    // S-001 has devices that refer to it.
    for (const name of [/S-001/, /S-002/]) await page.getByRole('checkbox', { name }).check()
    await look(page, 'list-bulk')
    await page.getByRole('button', { name: 'Eliminar' }).click()
    await page.getByText('Se eliminarán 2 registros.').waitFor()
    await expectAccessible(page)
    await page.getByRole('button', { name: 'Eliminar 2 registros' }).click()
    await page.getByText('Se eliminó 1 registro.').waitFor()
    await page.getByText('1 no se pudo:').waitFor()
    await page.getByRole('dialog').getByRole('link', { name: /S-001/ }).waitFor()
    await expectAccessible(page)
    await takePicture(page, 'list-bulk-report')
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
    // What was refused stays marked: now it is made inactive, with a reason.
    await page.getByText('1 elegido', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Inactivar' }).click()
    await page.getByRole('button', { name: 'Inactivar 1 registro' }).click()
    await page.getByText('Escriba el motivo').waitFor()
    await page.getByRole('dialog').getByRole('textbox').fill('Se cerró')
    await page.getByRole('button', { name: 'Inactivar 1 registro' }).click()
    await page.getByText('Se inactivó 1 registro.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
    await page.getByRole('button', { name: 'Activos', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Inactivos', exact: true }).click()
    await shows(page, 'S-001')
    await page.getByText('Inactivo', { exact: true }).waitFor()
    await page.getByRole('button', { name: 'Inactivos', exact: true }).click()
    await page.getByRole('menuitem', { name: 'Eliminados' }).click()
    await shows(page, 'S-002')
    await page.getByRole('checkbox', { name: /S-002/ }).check()
    await page.getByRole('button', { name: 'Recuperar' }).click()
    await page.getByRole('button', { name: 'Recuperar 1 registro' }).click()
    await page.getByText('Se recuperó 1 registro.').waitFor()
    expect(problems).toEqual([])
    await context.close()
  })

  it('has a sheet of filters and cards on a phone', async () => {
    const { page, context, problems } = await open('/registros/site', 'chief', 'narrow')
    await page.getByRole('button', { name: 'Filtros', exact: true }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: 'Tipo' }).click()
    await sheet.getByRole('checkbox', { name: 'Planta' }).check()
    // The list behind is paler until its answer is there.
    await page.locator('[data-row-link]').first().filter({ hasText: 'S-002' }).waitFor({ state: 'attached' })
    await expectAccessible(page)
    await takePicture(page, 'list-filter-sheet')
    await sheet.getByRole('button', { name: 'Ver resultados' }).click()
    await sheet.waitFor({ state: 'detached' })
    await page.waitForURL(/filter\.kind=Planta/)
    await page.getByRole('button', { name: 'Tipo: Planta' }).waitFor()
    await expectNoSidewaysScroll(page)
    await look(page, 'list-cards')
    expect(problems).toEqual([])
    await context.close()
  })

  it('finds records of every kind and what can be made with Ctrl+K', async () => {
    const { page, context, problems } = await open('/registros/device')
    await page.keyboard.press('Control+k')
    const box = page.getByRole('combobox', { name: 'Buscar en todo' })
    await box.fill('cedro 40')
    await page.getByRole('option', { name: /S-040/ }).waitFor()
    // Faster than the search: what was found before is no answer to the words typed since.
    await box.fill('cedro 36')
    await box.press('Enter')
    await page.getByRole('option', { name: /S-036/ }).waitFor()
    await box.fill('crear sitio')
    await page.getByRole('option', { name: /Crear sitio/ }).waitFor()
    await expectAccessible(page)
    await box.press('Enter')
    await page.waitForURL(/registros\/site\/nuevo/)
    expect(problems).toEqual([])
    await context.close()
  })
})

import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { eventually } from '../setup/eventually.ts'
import { describeInBrowser, expectAccessible, openPage, takePicture, withProduct } from './harness.ts'

describeInBrowser('the studio', () => {
  const stage = withProduct()

  async function openStudio(width: 'wide' | 'narrow' = 'wide') {
    const opened = await openPage(stage.browser, stage.product.staffUrl, { width, user: 'superadmin' })
    await opened.page.goto('/estudio')
    return opened
  }
  /** Some field of the page holds this text. */
  const showsValue = (page: Page, value: string) =>
    page.waitForFunction((text) => [...document.querySelectorAll('input')].some((input) => input.value === text), value)
  const firstTask = (page: Page) => page.getByRole('button', { name: /Tarea$/ }).first()

  it('shows the process with the mark of bpmn.io in full, its link intact and nothing over it', async () => {
    const { page, context, problems } = await openStudio()
    const mark = page.locator('a.bjs-powered-by')
    await mark.waitFor()
    expect(await mark.getAttribute('href')).toMatch(/^https?:\/\/bpmn\.io/)
    // What loads around the drawing moves it.
    await eventually(async () => {
      const uncovered = await mark.evaluate((link) => {
        const box = link.getBoundingClientRect()
        const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y] as const))
        return points.every(([x, y]) =>
          link.contains(document.elementFromPoint(box.left + box.width * x, box.top + box.height * y)),
        )
      })
      expect(uncovered).toBe(true)
    })
    await takePicture(page, 'studio')
    await expectAccessible(page)
    expect(problems).toEqual([])
    await context.close()
  })

  it('takes a change without the mouse, saves it by itself, compares, undoes and publishes it', async () => {
    const { page, context, problems } = await openStudio()
    await firstTask(page).press('Enter')
    const name = page.getByRole('textbox', { name: 'Nombre', exact: true })
    const before = await name.inputValue()
    await name.fill('Renamed in the studio')
    await name.press('Enter')
    await page.getByText(/^Guardado a las/).waitFor()

    await page.getByRole('button', { name: 'Comparar' }).click()
    await page.getByRole('dialog').getByText('Renamed in the studio').waitFor()
    await page.keyboard.press('Escape')

    await page.getByRole('button', { name: 'Deshacer' }).click()
    await showsValue(page, before)
    await page.getByRole('button', { name: 'Rehacer' }).click()
    await page.getByText(/^Guardado a las/).waitFor()

    await page.getByRole('button', { name: 'Publicar' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Se instalará la versión 2').waitFor()
    await dialog.getByRole('button', { name: 'Publicar' }).click()
    await dialog.getByText('Quedó instalada la versión 2').waitFor()
    await dialog.getByRole('button', { name: 'Cerrar' }).last().click()
    await page.getByText('versión 2', { exact: true }).waitFor()
    expect(problems).toEqual([])
    await context.close()
  })

  it('makes a process and its form without the mouse, and throws the draft away', async () => {
    const { page, context, problems } = await openStudio()
    await page.getByRole('button', { name: 'Nuevo proceso' }).press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Nombre' }).fill('Made here')
    await dialog.getByRole('combobox').click()
    await page.getByRole('option').first().click()
    await dialog.getByRole('button', { name: 'Crear' }).press('Enter')

    await page.getByRole('heading', { name: 'Made here' }).waitFor()
    await page.getByRole('button', { name: 'Inicio', exact: true }).press('Enter')
    await page.getByRole('button', { name: 'Tarea', exact: true }).press('Enter')
    const name = page.getByRole('textbox', { name: 'Nombre', exact: true })
    await name.fill('First step')
    await name.press('Enter')
    await page.getByText('Nadie puede hacer «First step»').waitFor()
    await page.getByRole('button', { name: 'Crear formulario' }).press('Enter')
    await page.getByRole('button', { name: 'Editar formulario' }).press('Enter')
    await page.getByRole('region', { name: 'Campos disponibles' }).getByRole('checkbox').first().press('Space')
    await page.getByRole('button', { name: 'Agregar campo propio' }).press('Enter')
    await page.getByText(/^Guardado a las/).waitFor()
    await takePicture(page, 'studio-form')
    await expectAccessible(page)

    await page.getByRole('button', { name: 'Comparar' }).click()
    await dialog.getByText('forms/made-here.firstStep.json').waitFor()
    await dialog.getByText('processes/made-here.bpmn').waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Descartar' }).click()
    await dialog.getByRole('button', { name: 'Descartar' }).click()
    await page.getByText('Sin cambios').waitFor()
    await page.getByRole('button', { name: /Made here/ }).waitFor({ state: 'detached' })
    expect(problems).toEqual([])
    await context.close()
  })

  it('refuses a broken model, says where, and changes nothing', async () => {
    const { page, context } = await openStudio()
    await firstTask(page).press('Enter')
    await page.getByRole('combobox', { name: 'Plazo' }).click()
    await page.getByRole('option', { name: 'Otra regla' }).click()
    const rule = page.getByRole('textbox', { name: 'Regla que da la fecha' })
    await rule.fill('business.add(now(), ')
    await page.getByText(/^Esta regla no se entiende/).waitFor()
    await rule.press('Tab')
    await page.getByText(/^Guardado a las/).waitFor()
    const finding = page.getByRole('region', { name: 'Problemas' }).getByRole('button').first()
    await finding.waitFor()
    await takePicture(page, 'studio-broken')

    await page.getByRole('button', { name: 'Publicar' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Publicar' }).click()
    await dialog.getByText('No se publicó y nada cambió').waitFor()
    await dialog.getByRole('button', { name: 'Volver a corregir' }).click()
    await finding.click()
    await page.getByRole('textbox', { name: 'Regla que da la fecha' }).waitFor()
    await page.reload()
    await page.getByText(/^versión \d+$/).waitFor()
    await context.close()
  })

  it('on a phone, lists problems and files and says that it needs a wider screen', async () => {
    const { page, context, problems } = await openStudio('narrow')
    await page.getByText('El estudio necesita una pantalla más ancha').waitFor()
    await page.getByRole('region', { name: 'Problemas' }).waitFor()
    await page.getByRole('navigation', { name: 'Archivos del paquete' }).waitFor()
    await expectAccessible(page)
    expect(problems).toEqual([])
    await context.close()
  })
})

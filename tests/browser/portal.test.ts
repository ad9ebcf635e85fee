import { expect, it } from '@jest/globals'
import { PDFDocument } from 'pdf-lib'
import type { Page } from 'playwright-core'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  takePicture,
  withProduct,
} from './harness.ts'

describeInBrowser('the client portal', () => {
  let pdf: { name: string; mimeType: string; buffer: Buffer }
  const stage = withProduct({ demo: 'full' }, async () => {
    const document = await PDFDocument.create()
    document.addPage()
    pdf = { name: 'Documento.pdf', mimeType: 'application/pdf', buffer: Buffer.from(await document.save()) }
  })

  async function openPortal(width: 'wide' | 'narrow' = 'wide', user = 'cliente') {
    const opened = await openPage(stage.browser, stage.product.portalUrl, { width, user })
    await opened.page.goto('/')
    await opened.page.getByRole('heading', { level: 1 }).waitFor()
    return opened
  }
  /** The answer that waits for a task whose title begins so. */
  const answerOf = (page: Page, title: string) =>
    page.getByRole('link', { name: new RegExp(`^Responder: ${title}`) }).first()

  it('[FM-9.11.2-1] [FM-9.11.2-2] [FM-9.11.2-3] [FM-9.11.2-4] [FM-9.11.2-5] [FM-9.11.2-6] [FM-9.11.2-7] [FM-9.11.2-8] [FM-9.11.2-9] shows the contracts with their columns, and answers only where one is expected', async () => {
    const { page, context, problems } = await openPortal()
    const table = page.getByRole('table', { name: 'Contratos' })
    await table.getByRole('row').nth(2).waitFor()
    const columns = (await table.getByRole('columnheader').allInnerTexts()).map((text) => text.trim())
    for (const column of [
      'Código de Contrato',
      'Fecha de Solicitud',
      'Estado',
      'Fecha de Vigencia',
      'Fecha de Vencimiento',
      'Moneda',
      'Versión del Documento',
      'Acciones disponibles',
    ]) {
      expect(columns.join(' · ')).toContain(column)
    }
    // The state is a coloured badge with a word, the currency carries its symbol.
    const state = table.getByText('Propuesta Enviada', { exact: true }).first()
    const colour = await state.evaluate(
      (word) => getComputedStyle(word.closest('[class*=Badge-root]') ?? word).backgroundColor,
    )
    expect(colour).not.toMatch(/rgba?\(0, 0, 0, 0\)|rgb\(255, 255, 255\)/)
    expect(await table.getByText(/\((S\/\.|\$)\)/).count()).toBeGreaterThan(0)
    // What waits for an answer is asked for beside the list: only once it is there may it be missing elsewhere.
    const proposed = table.getByRole('row').filter({ hasText: 'Propuesta Enviada' }).first()
    await proposed.getByRole('link', { name: /^Responder/ }).waitFor()
    const received = table.getByRole('row').filter({ hasText: 'Recibido' }).first()
    await received.waitFor()
    expect(await received.getByRole('link', { name: /^Responder/ }).count()).toBe(0)
    await takePicture(page, 'portal-home')
    await expectAccessible(page)
    expect(problems).toEqual([])
    await context.close()
  })

  it('[FM-9.11-11] [FM-9.11.10-6] on a phone shows what waits for an answer first, as cards, with nothing to scroll sideways', async () => {
    const { page, context, problems } = await openPortal('narrow')
    await answerOf(page, '').waitFor()
    await page.locator('[data-row-link]').first().waitFor()
    const todo = await page.getByRole('heading', { name: 'Le toca a usted' }).boundingBox()
    const search = await page.getByRole('searchbox').or(page.getByPlaceholder('Buscar')).first().boundingBox()
    expect(todo!.y).toBeLessThan(search!.y)
    expect(await page.getByRole('table').count()).toBe(0)
    await expectNoSidewaysScroll(page)
    await expectAccessible(page)
    await takePicture(page, 'portal-home')
    expect(problems).toEqual([])
    await context.close()
  })

  it('[FM-9.11.3-1] [FM-9.11.3-3] [FM-9.11.3-5] [FM-9.11.3-7] [FM-9.11.3-9] [FM-9.11.3-11] [FM-9.11.3-15] [FM-9.11.3-18] [FM-9.11.3-19] [FM-9.11.3-24] begins a contract and tells where it stands', async () => {
    const { page, context, problems } = await openPortal()
    await page.getByRole('link', { name: 'Nuevo Contrato' }).click()
    await page.getByRole('heading', { level: 1, name: 'Nuevo Contrato' }).waitFor()
    await page.getByLabel(/^Fecha de Vigencia/).fill('01/01/2027')
    await page.getByLabel(/^Fecha de Vencimiento/).fill('31/12/2027')
    await page.getByRole('combobox', { name: /^Moneda/ }).click()
    await page.getByRole('option', { name: /Soles/ }).click()
    await page.locator('input[type=file]').setInputFiles(pdf)
    await page.getByText('Documento.pdf').first().waitFor()
    await expectAccessible(page)
    await takePicture(page, 'portal-start')
    await page.getByRole('button', { name: 'Cargar Contrato' }).click()

    const title = page.getByRole('heading', { level: 1, name: /CTR-\d{4}-\d{4}/ })
    await title.waitFor()
    await page.getByText('Recibido', { exact: true }).first().waitFor()
    await page.getByText('Qué esperamos').waitFor()
    await page.getByText('Qué pasó').waitFor()
    await page.getByText('v1.0').first().waitFor()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page
        .getByRole('link', { name: /Documento\.pdf/ })
        .first()
        .click(),
    ])
    expect(download.suggestedFilename()).toBe('Documento.pdf')
    await expectAccessible(page)
    await takePicture(page, 'portal-case')
    expect(problems).toEqual([])
    await context.close()
  })

  it('[FM-9.11.3-38] [FM-9.11.3-39] [FM-9.11.3-40] [FM-9.11.3-41] accepts a proposal only after confirming it with the password', async () => {
    const { page, context, problems } = await openPortal('narrow')
    await answerOf(page, 'Responder la propuesta').click()
    await page.getByRole('button', { name: 'Enviar Observaciones Adicionales' }).waitFor()
    await page.getByRole('button', { name: 'Aceptar Propuesta' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Cancelar' }).click()
    await dialog.waitFor({ state: 'detached' })
    const address = page.url()
    await page.reload()
    await page.getByRole('button', { name: 'Aceptar Propuesta' }).click()
    await dialog
      .getByLabel(/contraseña/i)
      .first()
      .fill('not this one')
    await dialog.getByRole('button', { name: 'Aceptar Propuesta' }).click()
    await page.getByRole('alert').first().waitFor()
    expect(page.url()).toBe(address)

    await page.getByRole('button', { name: 'Aceptar Propuesta' }).click()
    await dialog
      .getByLabel(/contraseña/i)
      .first()
      .fill(demoPassword)
    await takePicture(page, 'portal-accept')
    await dialog.getByRole('button', { name: 'Aceptar Propuesta' }).click()
    await page.getByRole('heading', { name: 'Listo, lo recibimos' }).waitFor()
    await page.getByRole('link', { name: 'Ver cómo va' }).click()
    await page
      .getByText(/Aceptado/)
      .first()
      .waitFor()
    expect(problems).toEqual([])
    await context.close()
  })

  it('[FM-9.11.3-27] [FM-9.11.3-30] [FM-9.11.3-31] [FM-9.11.3-34] [FM-9.11.3-36] [FM-9.11.3-37] answers observations with a counter-proposal', async () => {
    const { page, context, problems } = await openPortal()
    await answerOf(page, 'Responder las observaciones').click()
    await page.getByRole('heading', { name: 'Observaciones', exact: true }).waitFor()
    await page.locator('input[type=file]').setInputFiles(pdf)
    await page.getByText('Documento.pdf').first().waitFor()
    await page.getByLabel(/^Comentarios/).fill('Con nuestros cambios')
    await expectAccessible(page)
    await takePicture(page, 'portal-task')
    await page.getByRole('button', { name: 'Cargar Contrapropuesta' }).click()
    await page.getByRole('heading', { name: 'Listo, lo recibimos' }).waitFor()
    await page.getByRole('link', { name: 'Ver cómo va' }).click()
    await page.getByText('Contrapropuesta Recibida').first().waitFor()
    await page.getByText('v1.1').first().waitFor()
    await page.getByText('Con nuestros cambios').first().waitFor()
    expect(problems).toEqual([])
    await context.close()
  })

  it("[FM-9.11.1-8] [FM-9.11.7-1] says of another company's contract that it is not found", async () => {
    const mine = await openPortal()
    await mine.page.locator('[data-row-link]').first().click()
    await mine.page.getByText('Qué esperamos').waitFor()
    const address = new URL(mine.page.url()).pathname
    await mine.context.close()

    const { page, context } = await openPortal('wide', 'cliente2')
    await page.goto(address)
    await page.getByRole('heading', { name: 'No encontramos lo que busca' }).waitFor()
    expect(await page.getByText('Qué esperamos').count()).toBe(0)
    await expectAccessible(page)
    await context.close()
  })
})

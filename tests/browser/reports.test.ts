import { expect, it } from '@jest/globals'
import { describeInBrowser, look, openPage, withProduct, type WidthName } from './harness.ts'

/** Reports on screen, at a desk and on a telephone. */
describeInBrowser('reports', () => {
  const stage = withProduct()
  const open = (width: WidthName, user = 'gerente.general') =>
    openPage(stage.browser, stage.product.staffUrl, { width, user })

  it.each(['wide', 'narrow'] as const)(
    '[FM-D-123] equipment by client and site: found in the menu, unfolded down to the records, filtered in the address (%s)',
    async (width) => {
      const { page, context, problems } = await open(width)
      await page.goto('/bandeja')
      if (width === 'narrow') await page.getByRole('button', { name: 'Más' }).click()
      await page.getByRole('link', { name: 'Reportes' }).click()
      await page.getByRole('link', { name: /Inventario de equipos/ }).waitFor()
      await look(page, 'reports')
      await page.getByRole('link', { name: /Inventario de equipos/ }).click()
      await page.getByText('Total general').waitFor()
      await look(page, 'report-equipment')

      // The innermost groups unfold to their records, which open.
      await page.getByRole('button', { name: /INM-0004/ }).click()
      await page.locator('[data-row-link]').first().waitFor()
      await look(page, 'report-equipment-open')

      const filters = page.getByRole('group', { name: 'Filtros' })
      if (width === 'wide') {
        await filters.getByRole('button', { name: 'Categoría' }).click()
        await page.getByRole('dialog').getByRole('checkbox').first().check()
        await page.keyboard.press('Escape')
        await page.waitForURL(/filter\.categoria=/)
        await page.goBack()
      }
      await page.goto('/reportes/equipos-por-sede?filter.marca=nada')
      await page.getByRole('heading', { name: 'Nada coincide con los filtros' }).waitFor()
      await look(page, 'report-nothing')
      await page.getByRole('button', { name: 'Quitar' }).first().click()
      await page.getByText('Total general').waitFor()
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each(['wide', 'narrow'] as const)(
    '[FM-D-123] tools by person and exchange rates by period (%s)',
    async (width) => {
      const { page, context, problems } = await open(width)
      await page.goto('/reportes/herramientas-por-persona')
      await page.getByText('Total general').waitFor()
      const [tool] = await stage.product.ctx.db.records('herramienta').find({ 'data.tecnico': { $ne: null } })
      const holder = await stage.product.ctx.db.records('usuario').get(String(tool?.data.tecnico))
      await page.getByRole('button', { name: holder?.label ?? '', exact: true }).click()
      await page.locator('[data-row-link]').first().waitFor()
      await look(page, 'report-tools')
      await page.goto('/reportes/tipo-cambio-por-periodo')
      await page.getByText('Total general').waitFor()
      await look(page, 'report-rates')
      await page.emulateMedia({ media: 'print' })
      await look(page, 'report-rates-print')
      await page.emulateMedia({ media: 'screen' })
      await page
        .getByRole('button', { name: /de \d{4}$/ })
        .first()
        .waitFor()
      await page.getByRole('button', { name: /Cuenta de/ }).click()
      await page.getByRole('menuitem', { name: 'English' }).click()
      const month = page.getByRole('button', { name: /^[A-Z][a-z]+ \d{4}$/ })
      await month.first().waitFor()
      await page
        .getByRole('button', { name: /de \d{4}$/ })
        .first()
        .waitFor({ state: 'detached' })
      await look(page, 'report-rates-english')
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each(['wide', 'narrow'] as const)('[FM-1-5] is kept as Excel, written in the background (%s)', async (width) => {
    const { page, context, problems } = await open(width)
    await page.goto('/reportes/equipos-por-sede')
    await page.getByRole('button', { name: 'Exportar' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: /Excel/ }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^equipos-por-sede-.*\.xlsx$/)
    await page.getByText('Listo: inventario de equipos por cliente y sede').waitFor()
    await look(page, 'report-export-ready')
    await page.goto('/exportaciones')
    await page.getByRole('listitem').filter({ hasText: file.suggestedFilename() }).getByText('Listo').first().waitFor()
    await look(page, 'report-export-page')
    expect(problems).toEqual([])
    await context.close()
  })
})

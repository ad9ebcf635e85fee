import { expect, it } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { describeInBrowser, look, openPage, withProduct, type WidthName } from './harness.ts'

const lines = [
  'SKU;Nombre;Tipo;Precio;Comprado;Escalas: Desde;Escalas: Precio;Otra;Mínimo',
  'AA-1;Taladro percutor de 750 W;Herramienta eléctrica;"1,234.50";28/07/2026;1;10;x;',
  ';;;;;10;9;;',
  'AA-2;Broca;Repuesto;;;;;;',
  'AA-3;Disco;Otro;;;;;;',
  'AA-4;Tornillo;Repuesto;;;;;;60000',
]

describeInBrowser('importing in the browser', () => {
  const stage = withProduct({ packs: ['goods'], packsDir: resolve('tests') })

  const choose = async (page: Page, name: string, content: string | Buffer): Promise<void> => {
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
  }

  it.each<[WidthName]>([['wide'], ['narrow']])(
    'goes from a file to records and back without a change (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        user: 'keeper',
        width,
      })
      const prefix = width === 'wide' ? 'W' : 'N'
      await page.goto('/registros/article')
      await page.getByRole('link', { name: 'Importar' }).click()
      await page.getByRole('heading', { name: 'Importar artículos' }).waitFor()
      await look(page, 'import-1-start')

      await choose(page, 'hoja.csv', lines.join('\n').replaceAll('AA-', `${prefix}-`))
      await page.getByRole('heading', { name: 'Columnas' }).waitFor()
      expect(await page.getByLabel('Dato para la columna Escalas: Desde').inputValue()).toBe('prices.from')
      expect(await page.getByLabel('Dato para la columna Otra').inputValue()).toBe('')
      await look(page, 'import-2-columns')

      await page.getByRole('button', { name: 'Revisar las filas' }).click()
      await page.getByRole('heading', { name: 'Así quedarán las primeras filas' }).waitFor()
      await page.getByText('«Otro» no está en la lista').waitFor()
      await look(page, 'import-3-decision')
      const first = page.getByRole('button', { name: width === 'wide' ? '2' : /^Fila 2/, exact: true })
      expect((await first.locator('xpath=ancestor::*[self::tr or self::li][1]').boundingBox())!.height).toBeLessThan(
        width === 'wide' ? 60 : 240,
      )
      await first.click()
      await page
        .getByText(/Desde.*10.*Precio.*9/)
        .last()
        .waitFor()
      await look(page, 'import-3-row')

      expect(await page.getByRole('radio', { name: 'Todo o nada' }).isDisabled()).toBe(true)
      await page.getByText('El mínimo es muy alto').waitFor()
      await page.getByRole('button', { name: 'Importar 2 filas' }).waitFor()
      await page.getByRole('checkbox', { name: 'Importar también la fila con advertencias' }).check()
      await page.getByRole('button', { name: 'Importar 3 filas' }).click()
      await page.getByText('Importación terminada').first().waitFor()
      await look(page, 'import-4-report')
      const errors = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Descargar las filas con errores' }).click()
      expect((await errors).suggestedFilename()).toBe('article-errores.xlsx')

      await page.getByRole('button', { name: 'Importar otro archivo' }).click()
      const current = page.waitForEvent('download')
      await page.getByRole('button', { name: 'Descargar los registros actuales' }).click()
      await choose(page, 'actual.xlsx', await readFile(await (await current).path()))
      await page.getByRole('button', { name: 'Revisar las filas' }).click()
      await page.getByText('No hay nada que importar').waitFor()
      expect(await page.getByRole('button', { name: /^Importar \d/ }).count()).toBe(0)

      expect(problems).toEqual([])
      await context.close()
    },
    90_000,
  )

  it('says in plain words what is wrong with a file', async () => {
    const { page, context } = await openPage(stage.browser, stage.product.staffUrl, { user: 'keeper' })
    await page.goto('/registros/article/importar')
    await choose(page, 'viejo.xls', '<html><table><tr><td>SKU</td></tr></table></html>')
    await page.getByText('es una página web con otro nombre').waitFor()
    await choose(page, 'foto.xlsx', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'))
    await page.getByText('no es un Excel (.xlsx) ni un CSV').waitFor()
    await context.close()
  })
})

import { expect, it } from '@jest/globals'
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { Jobs } from '../../engine/jobs/index.ts'
import type { Page } from 'playwright-core'
import { signIn } from '../http/harness.ts'
import { describeInBrowser, look, openPage, withProduct, type WidthName } from './harness.ts'

const bothWidths: [WidthName][] = [['wide'], ['narrow']]

describeInBrowser('exporting in the browser', () => {
  const stage = withProduct({ packs: ['goods'], packsDir: resolve('tests') }, async ({ product }) => {
    const keeper = await signIn(product.staffUrl, 'keeper')
    for (const sku of ['AA-1', 'AA-2', 'AA-3'])
      await keeper.post('/api/records/article', { data: { sku, name: `Artículo ${sku}`, kind: 'part' } })
  })

  const choose = async (page: Page, format: string): Promise<void> => {
    await page.getByRole('button', { name: 'Exportar' }).click()
    await page.getByRole('menuitem', { name: format }).click()
  }

  it.each(bothWidths)(
    'hands a short list over at once (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        user: 'keeper',
        width,
      })
      await page.goto('/registros/article')
      const download = page.waitForEvent('download')
      await choose(page, 'CSV')
      const file = await download
      expect(file.suggestedFilename()).toMatch(/^article-.*\.csv$/)
      expect((await readFile(await file.path(), 'utf8')).trimEnd().split('\r\n')).toHaveLength(4)
      await page.getByText('Listo: artículos').waitFor()
      // It stays as long as the keyboard is in it.
      await page.getByRole('button', { name: 'Descargar otra vez' }).focus()
      await look(page, 'export-1-ready')
      if (width === 'narrow') {
        // On a low screen the last record reaches down to the bar, and nothing stands over it.
        await page.setViewportSize({ width: 360, height: 480 })
        await page.getByRole('link', { name: /^A-0003/ }).click()
        await page.getByRole('heading', { name: /AA-3/ }).waitFor()
      }
      expect(problems).toEqual([])
      await context.close()
    },
    60_000,
  )

  it.each(bothWidths)(
    'lets a long one be left or cancelled, and comes back with a notice (%s)',
    async (width) => {
      // Nothing is written until the test says so.
      await stage.product.jobs.stop()
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        user: 'keeper',
        width,
      })
      await page.clock.install()
      await page.goto('/registros/article')
      const tray = page.getByRole('region', { name: 'Archivos exportados' })
      await choose(page, 'Excel')
      await tray.getByText('0 de 3 registros').waitFor()
      await tray.getByRole('button', { name: 'Cancelar' }).click()
      await tray.waitFor({ state: 'detached' })

      await choose(page, 'Excel')
      await tray.getByText('0 de 3 registros').waitFor()
      expect(await tray.getByText('seguir trabajando').count()).toBe(0)
      await page.clock.fastForward(11_000)
      await tray.getByText('seguir trabajando').waitFor()
      await look(page, 'export-2-writing')
      await page.goto('/bandeja')
      stage.product.clock!.advance(11_000)
      await new Jobs(stage.product.ctx).workOffExports()

      await page.reload()
      await page.getByRole('button', { name: 'Avisos: 1 sin leer' }).click()
      await page
        .getByRole('link', { name: /Su archivo está listo/ })
        .first()
        .click()
      await page.getByRole('heading', { name: 'Archivos exportados' }).waitFor()
      await page.getByRole('button', { name: 'Avisos: 0 sin leer' }).waitFor()
      await page.getByText('Cancelado').first().waitFor()
      await look(page, 'export-3-page')
      const download = page.waitForEvent('download')
      await page
        .getByRole('link', { name: /^Descargar article-/ })
        .first()
        .click()
      expect((await download).suggestedFilename()).toMatch(/^article-.*\.xlsx$/)
      expect(problems).toEqual([])
      await context.close()
    },
    60_000,
  )
})

import { expect, it } from '@jest/globals'
import { People, startContract } from '../http/contractCase.ts'
import { eventually } from '../setup/eventually.ts'
import { fieldOf } from './fillForm.ts'
import { describeInBrowser, look, openPage, openSection, widths, withProduct, type WidthName } from './harness.ts'

/** Sections 9.8 and 9.9: what a contract costs is counted while FM writes it, and stands on the contract. */
describeInBrowser('the quote of a contract', () => {
  const stage = withProduct()

  for (const width of Object.keys(widths) as WidthName[])
    it(`[FM-9.9-1] [FM-9.9.3-1] [FM-9.9.3-2] [FM-9.9.3-3] [FM-9.9.3-4] [FM-9.9.3-5] [FM-9.9.3-6] is written line by line and shows each amount (${width})`, async () => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'facility.manager',
      })
      const { id } = await startContract(new People(stage.product))
      await page.goto(`/registros/contrato/${id}/editar`)
      const form = page.getByRole('main')
      await openSection(form, 'Cotización y FEE')
      for (const [at, [text, cost]] of [
        ['Limpieza', '600'],
        ['Vigilancia', '400'],
      ].entries()) {
        await page.getByRole('button', { name: 'Agregar línea' }).click()
        await form
          .getByRole('textbox', { name: /^Descripción/ })
          .nth(at)
          .fill(text!)
        await form
          .getByRole('textbox', { name: /^Costo/ })
          .nth(at)
          .fill(cost!)
      }
      await fieldOf(form, 'FEE aplicado (%)').fill('20')
      const amounts = ['S/ 1,000.00', '20 %', 'S/ 250.00', 'S/ 1,250.00', 'S/ 225.00', 'S/ 1,475.00']
      const shows = (where: string, wanted: string[]): Promise<void> =>
        eventually(async () => {
          const words = (await form.innerText()).replace(/\s/g, ' ')
          expect({ where, missing: wanted.filter((amount) => !words.includes(amount)) }).toEqual({ where, missing: [] })
        })
      await shows(
        'form',
        amounts.filter((amount) => amount !== '20 %'),
      )
      await look(page, 'quote-form')
      await page.getByRole('button', { name: 'Guardar' }).click()
      await page.getByText('Precio de Venta Final').waitFor()
      await shows('contract', amounts)
      await look(page, 'quote')
      expect(problems).toEqual([])
      await context.close()
    })
})

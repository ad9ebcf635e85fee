import { afterAll, expect, it } from '@jest/globals'
import { putRate } from '../http/putRate.ts'
import { eventually } from '../setup/eventually.ts'
import { RateSources } from '../setup/RateSources.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  look,
  openPage,
  takePicture,
  withProduct,
} from './harness.ts'

/** Section 10 on screen: the history of the exchange rate with its button, and the change of the IGV. */
describeInBrowser('master data', () => {
  const sources = new RateSources()
  const stage = withProduct(
    async () => ({ packsDir: await sources.start(), environment: { OUTGOING_HTTP: '1' } }),
    // The clock asks by itself when the product starts; from here on only people do.
    async ({ product }) => product.jobs.runDueActions(),
  )
  afterAll(() => sources.stop())

  /** Today where the company is, as SUNAT and as people write it. */
  const today = (): string =>
    new Intl.DateTimeFormat('es-PE', {
      timeZone: 'America/Lima',
      day: '2-digit',
      month: '2-digit',
      year: 'numeric',
    }).format(new Date())

  it.each([
    ['wide', '3.898', '3.919'],
    ['narrow', '3.901', '3.922'],
  ] as const)(
    '[FM-10.1.2-2] the Superadministrador asks SUNAT by a button and sees the new value (%s)',
    async (width, buy, sell) => {
      sources.says(`${today()}|${buy}|${sell}|`)
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/registros/tipo-cambio')
      await page.getByRole('button', { name: 'Consultar SUNAT' }).click()
      await page.getByText(`Nuevo tipo de cambio: ${buy} / ${sell} del ${today()}.`).waitFor()
      await expectAccessible(page)
      await takePicture(page, 'exchange-rate-asked')
      await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
      await page.getByRole('main').getByText(buy).first().waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'exchange-rate')
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['wide', '3.900', '3.920'],
    ['narrow', '3.902', '3.923'],
  ] as const)(
    '[FM-10.1.2-2] [FM-10.1.2-3] the button stands in Configuración too, beside where the sources are set (%s)',
    async (width, buy, sell) => {
      sources.says(`${today()}|${buy}|${sell}|`)
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/configuracion?tab=fm.tipoCambio')
      await page.getByRole('button', { name: 'Consultar SUNAT' }).click()
      await page.getByText(`Nuevo tipo de cambio: ${buy} / ${sell} del ${today()}.`).waitFor()
      await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
      await look(page, 'exchange-rate-settings')
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it('others see the history without the button', async () => {
    const { page, context } = await openPage(stage.browser, stage.product.staffUrl, { width: 'wide', user: 'planner' })
    await page.goto('/registros/tipo-cambio')
    await page.locator('[data-row-link]').first().waitFor()
    expect(await page.getByRole('button', { name: 'Consultar SUNAT' }).count()).toBe(0)
    await context.close()
  })

  it('[FM-10.1.3-6] the history is searched by a month of a year', async () => {
    for (const day of ['2021-06-30', '2021-07-01', '2021-07-31', '2021-08-01'])
      await putRate(stage.product, day, '3.849', '3.866')
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'gerente.fm' })
    await page.goto('/registros/tipo-cambio')
    await page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name: 'Fecha' }).first().click()
    const filter = page.getByRole('dialog')
    await filter.getByRole('button', { name: 'Mes', exact: true }).click()
    const year = page.getByRole('button', { name: /^\d{4}$/ }).first()
    for (let tries = 0; tries < 20 && (await year.innerText()) !== '2021'; tries++)
      await page.locator('[data-direction=previous]').last().click()
    await page.getByRole('button', { name: /jul/i }).last().click()
    await page.waitForURL((url) => url.searchParams.get('filter.fecha.from') === '2021-07-01')
    await eventually(async () =>
      expect(await page.locator('[data-row-link]').allInnerTexts()).toEqual(['31/07/2021', '01/07/2021']),
    )
    await takePicture(page, 'exchange-rate-month')
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    'a value that jumps is confirmed on its page, with a reason (%s)',
    async (width) => {
      await stage.product.ctx.db.records('tipo-cambio').deleteMany({})
      const yesterday = new Date(Date.now() - 24 * 3600_000)
      const day = (at: Date): string =>
        new Intl.DateTimeFormat('es-PE', {
          timeZone: 'America/Lima',
          day: '2-digit',
          month: '2-digit',
          year: 'numeric',
        }).format(at)
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/registros/tipo-cambio')
      for (const line of [`${day(yesterday)}|3.800|3.820|`, `${today()}|4.400|4.420|`]) {
        sources.says(line)
        await page.getByRole('button', { name: 'Consultar SUNAT' }).click()
        await page.getByRole('dialog').getByRole('button', { name: 'Cerrar' }).last().click()
      }
      const [held] = await stage.product.ctx.db.records('tipo-cambio').find({ 'data.confirmacion': 'Pendiente' })
      await page.goto(`/registros/tipo-cambio/${held?._id}`)
      await page.getByRole('button', { name: 'Confirmar el valor' }).waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'exchange-rate-held')
      await page.getByRole('button', { name: 'Confirmar el valor' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Confirmar el valor' }).click()
      await dialog.getByRole('textbox').fill('Coincide con la página de SUNAT')
      await takePicture(page, 'exchange-rate-confirm')
      await dialog.getByRole('button', { name: 'Confirmar el valor' }).click()
      await page.getByText('Confirmado: 4.400 / 4.420.').waitFor()
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['wide', '01/07/2030'],
    ['narrow', '01/08/2030'],
  ] as const)(
    '[FM-10.2.2-1] [FM-10.2.2-2] [FM-10.2.2-3] the Gerente de FM changes the IGV from "Datos Maestros" (%s)',
    async (width, from) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'gerente.fm',
      })
      await page.goto('/')
      if (width === 'narrow') await page.getByRole('button', { name: 'Más' }).click()
      const menu = width === 'narrow' ? page.getByRole('dialog') : page.getByRole('navigation', { name: 'Menú' })
      await menu.getByText('Datos Maestros').waitFor()
      await takePicture(page, 'master-data-menu')
      await menu.getByRole('link', { name: 'Tasas de IGV' }).click()
      await page.getByRole('link', { name: 'Modificar IGV' }).click()
      const main = page.getByRole('main')
      await main.getByText('Porcentaje de IGV vigente').waitFor()
      await main.getByText('18 %', { exact: true }).first().waitFor()
      await page.getByLabel('Nuevo porcentaje de IGV').fill('19')
      await page.getByLabel('Fecha de vigencia del cambio').first().fill(from)
      await page.keyboard.press('Tab')
      await page.getByLabel('Observaciones').fill('Cambio de ley')
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'igv-change')
      await page.getByRole('button', { name: 'Registrar la tasa' }).click()
      // Step 4: what will be registered, once more.
      const summary = page.getByRole('dialog')
      await summary.getByText(`a 19 % desde el ${from}`).waitFor()
      await takePicture(page, 'igv-confirm')
      await summary.getByRole('button', { name: 'Registrar la tasa' }).click()
      await page.getByText('Cambio de ley').first().waitFor()
      await takePicture(page, 'igv-changed')
      await page.goto('/registros/tasa-igv')
      await page.getByText(from).first().waitFor()
      await takePicture(page, 'igv-history')
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

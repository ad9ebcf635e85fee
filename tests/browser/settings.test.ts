import { expect, it } from '@jest/globals'
import { eventually } from '../setup/eventually.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  look,
  openPage,
  takePicture,
  withProduct,
} from './harness.ts'

/** The page Configuración: each sees the tabs that are his to change. */
describeInBrowser('Configuración', () => {
  const stage = withProduct()

  it.each([
    ['wide', 'Cada persona decide', 'Legal', 'Clínica Santa Aurelia'],
    ['narrow', 'No se usa', 'Planner MTTO', 'Banco Cordillera'],
  ] as const)('lets the Gerente de FM decide on the second factor (%s)', async (width, policy, role, client) => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
      width,
      user: 'gerente.fm',
    })
    await page.goto('/configuracion')
    await page.getByRole('tab', { name: 'Verificación en dos pasos' }).click()
    const mode = page
      .getByRole('combobox', { name: /^Verificación en dos pasos/ })
      .or(page.getByRole('textbox', { name: /^Verificación en dos pasos/ }))
      .first()
    await mode.waitFor()
    await look(page, 'settings-second-factor')
    expect(await page.getByRole('tab', { name: 'Acceso' }).count()).toBe(0)
    const choose = async (field: string, option: string) => {
      await page.getByLabel(field).first().click()
      await page.getByRole('option', { name: option }).click()
      await page.keyboard.press('Escape')
    }
    await mode.click()
    await page.getByRole('option', { name: policy }).click()
    await choose('Obligatoria para estos roles', role)
    await choose('Obligatoria para los usuarios de estos clientes', client)
    await takePicture(page, 'settings-second-factor-chosen')
    await page.getByRole('button', { name: 'Guardar', exact: true }).click()
    await page.getByText('Guardado. Ya está en uso.').waitFor()
    await page.reload()
    const panel = page.getByRole('tabpanel')
    await panel.getByText(role, { exact: true }).first().waitFor()
    await panel.getByText(client).first().waitFor()
    await eventually(async () => expect(await mode.inputValue()).toBe(policy))
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)('finds a setting by a word of its name (%s)', async (width) => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
      width,
      user: 'superadmin',
    })
    await page.goto('/configuracion')
    const tabs = page.getByRole('tab')
    await tabs.nth(4).waitFor()
    const all = await tabs.count()
    await page.getByRole('searchbox', { name: 'Buscar un ajuste' }).fill('contrasenas')
    await eventually(async () => expect(await tabs.count()).toBeLessThan(all))
    await look(page, 'settings-search')
    expect(await tabs.count()).toBeGreaterThan(0)
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    '[FM-2-12] lets the Superadministrador name who is told of passwords (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/configuracion?tab=fm.acceso')
      await page.getByText('Correos que reciben los avisos de contraseñas').waitFor()
      const addresses = page.getByLabel('Correos que reciben los avisos de contraseñas').first()
      await addresses.fill('no es un correo')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: 'Guardar', exact: true }).click()
      await page.getByRole('alert').first().waitFor()
      await takePicture(page, 'settings-access-wrong')
      await addresses.press('Backspace')
      await addresses.fill('seguridad@empresa.pe, sistemas@empresa.pe,')
      await page.getByRole('button', { name: 'Guardar', exact: true }).click()
      await page.getByText('Guardado. Ya está en uso.').waitFor()
      await takePicture(page, 'settings-access')
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

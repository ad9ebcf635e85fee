import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { goodPassword, mailsTo, tokenIn } from '../http/passwordLinks.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  look,
  openPage,
  takePicture,
  withProduct,
  type WidthName,
} from './harness.ts'

describeInBrowser('the registration of users from outside', () => {
  const stage = withProduct()
  const open = (base: string, width: WidthName, user?: string) =>
    openPage(stage.browser, base, user ? { width, user } : { width })
  /** The task of the inbox about this person. */
  const openTask = async (page: Page, title: RegExp): Promise<void> => {
    await page.goto('/bandeja')
    await page.getByRole('link', { name: title }).click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
  }
  const pickClient = async (page: Page, typed: string, name: RegExp): Promise<void> => {
    const box = page
      .getByRole('textbox', { name: /Clientes a los que representa/ })
      .or(page.getByRole('combobox', { name: /Clientes a los que representa/ }))
      .first()
    const option = page.getByRole('option', { name })
    await box.click()
    await box.fill(typed)
    await option.click()
    await page.keyboard.press('Escape')
  }

  it.each(['wide', 'narrow'] as const)(
    '[FM-2-15] [FM-2-17] [FM-3-4] asked on the portal, approved, the link by mail, the password, and only his company (%s)',
    async (width) => {
      const email = `solicita.${width}@altamar.example`
      const name = width === 'wide' ? 'Milagros Arce Soto' : 'Renzo Palma Ruiz'
      const { page, context, problems } = await open(stage.product.portalUrl, width)
      await page.goto('/')
      await page.getByRole('link', { name: 'Solicitar acceso' }).waitFor()
      await expectAccessible(page)
      await page.getByRole('link', { name: 'Solicitar acceso' }).click()
      await page.getByRole('heading', { level: 1, name: 'Solicitar acceso' }).waitFor()
      await page.getByLabel(/^RUC de su empresa/).fill('20601843715')
      await page.getByLabel(/^Nombre Completo/).fill(name)
      await page.getByLabel(/^Correo Electrónico/).fill(email)
      await page.getByLabel(/^Celular/).fill('987 111 222')
      // One is missing: it is named, and what was typed stays.
      await page.getByRole('button', { name: 'Enviar solicitud' }).click()
      await page.getByText('Falta corregir 1 dato').first().waitFor()
      expect(await page.getByLabel(/^Nombre Completo/).inputValue()).toBe(name)
      await page.getByLabel(/^Cargo/).fill('Jefa de Servicios')
      await look(page, 'registration-request')
      await page.getByRole('button', { name: 'Enviar solicitud' }).click()
      await page.getByRole('heading', { name: 'Recibimos su solicitud' }).waitFor()
      await expectAccessible(page)
      await takePicture(page, 'registration-sent')
      expect(problems).toEqual([])

      const manager = await open(stage.product.staffUrl, width, 'gerente.fm')
      await openTask(manager.page, new RegExp(name))
      await manager.page.getByText('20601843715').first().waitFor()
      await pickClient(manager.page, 'altamar', /Altamar/)
      await expectAccessible(manager.page)
      await takePicture(manager.page, 'registration-approve')
      await manager.page.getByRole('button', { name: 'Aprobar' }).click()
      await manager.page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click()
      await manager.page.getByText(/Listo/).first().waitFor()
      expect(manager.problems).toEqual([])
      await manager.context.close()

      const token = tokenIn((await mailsTo(stage.product, email))[0])
      await page.goto(`/contrasena#${token}`)
      await page.getByLabel('Contraseña nueva').fill(goodPassword)
      await page.getByRole('button', { name: 'Guardar contraseña' }).click()
      await page.getByRole('button', { name: 'He leído y acepto' }).click()
      await page.getByRole('heading', { level: 1, name: /Contratos/ }).waitFor()
      await takePicture(page, 'registration-portal')
      const others = await page.request.get('/api/records/cliente')
      expect(((await others.json()) as { items: { label: string }[] }).items.map(({ label }) => label)).toEqual([
        expect.stringContaining('Altamar'),
      ])
      await context.close()
    },
    90_000,
  )

  it('[FM-D-017] typed by the Superadministrador, rejected with a reason, corrected, sent again and approved', async () => {
    const admin = await open(stage.product.staffUrl, 'wide', 'superadmin')
    await admin.page.goto('/registros/usuario-externo')
    await admin.page.getByRole('link', { name: 'Registrar usuario externo' }).first().click()
    await admin.page.getByLabel(/^Nombre Completo/).fill('Nelly Cruz Vega')
    await admin.page.getByLabel(/^Correo Electrónico/).fill('nelly@otra.example')
    await admin.page.getByLabel(/^Celular/).fill('987333444')
    await admin.page.getByLabel(/^Cargo/).fill('Administradora')
    await admin.page.getByLabel(/^RUC de su empresa/).fill('20601843715')
    await pickClient(admin.page, 'altamar', /Altamar/)
    await expectAccessible(admin.page)
    await takePicture(admin.page, 'registration-typed')
    await admin.page.getByRole('button', { name: 'Enviar a aprobación' }).click()
    await admin.page.getByRole('heading', { level: 1, name: /Nelly Cruz Vega/ }).waitFor()
    await admin.page.getByText('Pendiente').first().waitFor()
    // He sees that it waits, and cannot decide it.
    await admin.page
      .getByRole('link', { name: /Usuarios externos/ })
      .first()
      .waitFor()
    expect(await admin.page.getByRole('button', { name: 'Aprobar' }).count()).toBe(0)
    await takePicture(admin.page, 'registration-record')

    const manager = await open(stage.product.staffUrl, 'narrow', 'gerente.fm')
    await openTask(manager.page, /Nelly Cruz Vega/)
    await manager.page.getByRole('button', { name: 'Rechazar' }).click()
    await manager.page
      .getByLabel(/Motivo/)
      .last()
      .fill('El correo no es de la empresa')
    await manager.page.getByRole('button', { name: 'Rechazar' }).last().click()
    await manager.page.getByText(/Listo/).first().waitFor()
    expect((await mailsTo(stage.product, 'nelly@otra.example'))[0]?.text).toContain('El correo no es de la empresa')

    await openTask(admin.page, /Corregir el registro de Nelly/)
    await admin.page.getByText('El correo no es de la empresa').first().waitFor()
    await admin.page.getByLabel(/^Correo Electrónico/).fill('nelly@altamar.example')
    await expectAccessible(admin.page)
    await takePicture(admin.page, 'registration-correct')
    await admin.page.getByRole('button', { name: 'Enviar de nuevo' }).click()
    await admin.page.getByText(/Listo/).first().waitFor()
    expect(admin.problems).toEqual([])

    await openTask(manager.page, /Aprobar el acceso de Nelly/)
    await expectNoSidewaysScroll(manager.page)
    await expectAccessible(manager.page)
    await manager.page.getByRole('button', { name: 'Aprobar' }).click()
    await manager.page.getByRole('dialog').getByRole('button', { name: 'Aprobar' }).click()
    await manager.page.getByText(/Listo/).first().waitFor()
    tokenIn((await mailsTo(stage.product, 'nelly@altamar.example'))[0])
    expect(manager.problems).toEqual([])
    await manager.context.close()
    await admin.context.close()
  }, 90_000)
})

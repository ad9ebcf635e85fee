import { expect, it } from '@jest/globals'
import { TOTP } from 'otpauth'
import type { Page } from 'playwright-core'
import { addAccount, goodPassword, mailsTo, tokenIn } from '../http/passwordLinks.ts'
import { signIn } from '../http/harness.ts'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  look,
  openPage,
  takePicture,
  withProduct,
  type WidthName,
} from './harness.ts'

/** Getting in, forgotten passwords, the second factor and the own account, as people see them. */
describeInBrowser('access', () => {
  const stage = withProduct()
  const baseOf = (front: 'staff' | 'portal'): string =>
    front === 'staff' ? stage.product.staffUrl : stage.product.portalUrl
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const codeOf = (secret: string): string =>
    new TOTP({ secret }).generate({ timestamp: stage.product.clock?.now().getTime() ?? 0 })

  async function allowSecondFactor(values: Record<string, unknown>): Promise<void> {
    const manager = await signIn(stage.product.staffUrl, 'gerente.fm')
    const tabs = (await manager.get('/api/settings')).body as { tab: string; revision: number }[]
    const revision = String(tabs.find(({ tab }) => tab === 'segundoFactor')?.revision)
    const answer = await manager.put(
      '/api/settings/fm/segundoFactor',
      { data: values },
      { headers: { 'if-match': revision } },
    )
    expect(answer.status).toBe(200)
  }

  it.each([
    ['staff', 'wide', 'planner'],
    ['staff', 'narrow', 'service-desk'],
    ['portal', 'wide', 'cliente'],
    ['portal', 'narrow', 'cliente'],
  ] as const)(
    '[FM-2-13] [FM-2-14] at the %s site, %s: from a forgotten password by mail to being signed in',
    async (front, width: WidthName, role) => {
      const email = `olvido.${front}.${width}@demo.pe`
      await addAccount(stage.product, email, { roles: [role], front })
      const { page, context, problems } = await openPage(stage.browser, baseOf(front), { width })
      await page.goto('/')
      await page.getByLabel('Correo').fill(email)
      await page.getByLabel('Contraseña', { exact: true }).fill('no la recuerdo')
      await button(page, 'Ingresar').click()
      await page.getByRole('alert').waitFor()
      // What was typed stays.
      expect(await page.getByLabel('Correo').inputValue()).toBe(email)
      expect(await page.getByLabel('Contraseña', { exact: true }).inputValue()).toBe('no la recuerdo')
      await look(page, `access-refused-${front}`)

      await page.getByRole('link', { name: '¿Olvidó su contraseña?' }).click()
      await page.getByRole('heading', { level: 1, name: '¿Olvidó su contraseña?' }).waitFor()
      expect(await page.getByLabel('Correo').inputValue()).toBe(email)
      await look(page, `access-forgotten-${front}`)
      await button(page, 'Enviar enlace').click()
      await page.getByRole('heading', { level: 1, name: 'Revise su correo' }).waitFor()
      await look(page, `access-sent-${front}`)

      const token = tokenIn((await mailsTo(stage.product, email))[0])
      await page.goto(`/contrasena#${token}`)
      await page.getByText('Tiempo restante').waitFor()
      const password = page.getByLabel('Contraseña nueva')
      await password.fill('Password2026!')
      await button(page, 'Guardar contraseña').click()
      await page.getByText('Es una contraseña muy común').waitFor()
      expect(await password.inputValue()).toBe('Password2026!')
      await look(page, `access-new-password-${front}`)
      await password.fill(goodPassword)
      await button(page, 'Guardar contraseña').click()
      // A new person reads the privacy notice first, and then is in.
      await button(page, 'He leído y acepto').click()
      await page.locator('#contenido').waitFor()
      expect(new URL(page.url()).pathname).not.toContain('contrasena')

      // The link was used up: its page offers another.
      await page.goto('about:blank')
      await page.goto(`/contrasena#${token}`)
      await page.getByRole('heading', { level: 1, name: 'El enlace venció' }).waitFor()
      await button(page, 'Solicitar nuevo token').waitFor()
      // Not look: «token» is the customer's own word on this button (2).
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, `access-expired-${front}`)
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each(['wide', 'narrow'] as const)(
    'sets up the second factor in "Mi cuenta" with a password asked in between, and gets in by code and by recovery code (%s)',
    async (width) => {
      await allowSecondFactor({ modo: 'opcional' })
      const user = width === 'wide' ? 'legal' : 'tecnico'
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { width, user })
      await page.goto('/cuenta/verificacion')
      await page.getByText('Inactiva').waitFor()
      await look(page, 'account-second-factor-off')
      // Ten minutes later the password is asked once more, and the request goes on by itself.
      stage.product.clock?.advance(10 * 60_000)
      await button(page, 'Usar una aplicación').click()
      const dialog = page.getByRole('dialog', { name: 'Confirme que es usted' })
      await dialog.getByLabel('Su contraseña').fill('no es esta')
      await button(page, 'Continuar').click()
      await dialog.getByRole('alert').waitFor()
      await look(page, 'account-confirm-password')
      await dialog.getByLabel('Su contraseña').fill(demoPassword)
      await button(page, 'Continuar').click()
      await page.getByRole('img', { name: 'Código QR para la aplicación' }).waitFor()
      await dialog.waitFor({ state: 'detached' })
      await look(page, 'account-second-factor-setup')
      const secret = (await page.getByText(/^[A-Z2-7]{32}$/).textContent()) ?? ''
      await page.getByLabel('Código', { exact: true }).fill(codeOf(secret))
      await button(page, 'Activar').click()
      const list = page.getByRole('list', { name: 'Códigos de recuperación' })
      await list.waitFor()
      const codes = await list.getByRole('listitem').allTextContents()
      expect(codes).toHaveLength(10)
      await look(page, 'account-recovery-codes')
      await button(page, 'Ya los guardé').click()
      await page.getByText('Activa', { exact: true }).waitFor()
      await look(page, 'account-second-factor-on')

      stage.product.clock?.advance(60_000)
      // The code of now: it is asked for a good while after the password.
      const enter = async (code: () => string): Promise<void> => {
        await context.clearCookies()
        await page.goto('/')
        await page.getByLabel('Correo').fill(`${user}@demo.pe`)
        await page.getByLabel('Contraseña', { exact: true }).fill(demoPassword)
        await button(page, 'Ingresar').click()
        const field = page.getByLabel('Código de su aplicación')
        await field.fill('000000')
        await button(page, 'Verificar').click()
        await page.getByRole('alert').waitFor()
        await look(page, 'access-code')
        await field.fill(code())
        await button(page, 'Verificar').click()
        await page.locator('#contenido').waitFor()
      }
      await enter(() => codeOf(secret))
      await enter(() => codes[0] ?? '')
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it.each([
    ['wide', 'planner'],
    ['narrow', 'service.desk'],
  ] as const)('lets the administrator free somebody who lost telephone and codes (%s)', async (width, user) => {
    await allowSecondFactor({ modo: 'opcional' })
    const person = await signIn(stage.product.staffUrl, user)
    const { secret } = (await person.post('/api/account/second-factor', { method: 'app' })).body as { secret: string }
    expect((await person.post('/api/account/second-factor/confirm', { code: codeOf(secret) })).status).toBe(200)
    const id = ((await person.get('/api/session')).body as { user: { id: string } }).user.id
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
      width,
      user: 'superadmin',
    })
    await page.goto(`/registros/usuario/${id}`)
    await page.getByText('Ingresa con verificación en dos pasos.').waitFor()
    await look(page, 'account-reset-factor')
    await button(page, 'Restablecer la verificación').click()
    await button(page, 'Confirmar').click()
    await page.getByText('Ingresa con verificación en dos pasos.').waitFor({ state: 'detached' })
    expect((await person.get('/api/session')).status).toBe(401)
    await signIn(stage.product.staffUrl, user)
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    'where it is mandatory, asks for it between password and work (%s)',
    async (width) => {
      await allowSecondFactor({ modo: 'no', sitios: ['portal'] })
      const user = width === 'wide' ? 'cliente' : 'cliente2'
      const { page, context, problems } = await openPage(stage.browser, stage.product.portalUrl, { width, user })
      await page.goto('/')
      await page.getByRole('heading', { level: 1, name: 'Active la verificación en dos pasos' }).waitFor()
      await look(page, 'access-enroll')
      await button(page, 'Usar mi correo').click()
      await page.getByText('que enviamos a su correo').waitFor()
      const [mail] = await mailsTo(stage.product, `${user}@demo.pe`)
      await page.getByLabel('Código', { exact: true }).fill(/\d{6}/.exec(mail?.subject ?? '')?.[0] ?? '')
      await button(page, 'Activar').click()
      await button(page, 'Ya los guardé').click()
      await page.locator('#contenido').waitFor()
      expect(problems).toEqual([])
      await context.close()
      await allowSecondFactor({ modo: 'no' })
    },
  )

  it.each([
    ['staff', 'wide', 'supervisor.fm'],
    ['staff', 'narrow', 'facility.manager'],
    ['portal', 'wide', 'cliente'],
    ['portal', 'narrow', 'cliente2'],
  ] as const)(
    'shows the own account at the %s site, %s: data, password, sessions',
    async (front, width: WidthName, user) => {
      const base = baseOf(front)
      const elsewhere = await signIn(base, user)
      const { page, context, problems } = await openPage(stage.browser, base, { width, user })
      await page.goto('/cuenta')
      await page.getByText(`${user}@demo.pe`).first().waitFor()
      await look(page, `account-data-${front}`)

      const sections = page.getByRole('navigation', { name: 'Secciones de mi cuenta' })
      await sections.getByRole('link', { name: 'Sesiones' }).click()
      await page.getByText('Esta sesión').waitFor()
      await look(page, `account-sessions-${front}`)
      const close = page.getByRole('button', { name: 'Cerrar la sesión de Dispositivo desconocido' })
      await close.click()
      await close.waitFor({ state: 'detached' })
      expect((await elsewhere.get('/api/session')).status).toBe(401)

      await sections.getByRole('link', { name: 'Contraseña' }).click()
      await page.getByLabel('Contraseña actual').fill(demoPassword)
      await page.getByLabel('Contraseña nueva').fill('corta')
      await button(page, 'Cambiar contraseña').click()
      await page.getByText('Use al menos 10 caracteres.').waitFor()
      await look(page, `account-password-${front}`)
      expect(await page.getByLabel('Contraseña actual').inputValue()).toBe(demoPassword)
      await page.getByLabel('Contraseña nueva').fill(goodPassword)
      await button(page, 'Cambiar contraseña').click()
      await page.getByRole('status').filter({ hasText: 'Su contraseña cambió' }).waitFor()

      await sections.getByRole('link', { name: 'Sesiones' }).click()
      await button(page, 'Cerrar todas las sesiones').click()
      await button(page, 'Confirmar').click()
      await page.getByLabel('Correo').waitFor()
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

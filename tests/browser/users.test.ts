import { expect, it } from '@jest/globals'
import { goodPassword, mailsTo, tokenIn } from '../http/passwordLinks.ts'
import { describeInBrowser, look, openPage, takePicture, withProduct, type WidthName } from './harness.ts'

/** People and rights, as the Superadministrador enters them, at a desk and on a telephone. */
describeInBrowser('users and roles', () => {
  const stage = withProduct()

  const open = (user: string, width: WidthName) => openPage(stage.browser, stage.product.staffUrl, { user, width })
  it.each(['wide', 'narrow'] as const)(
    '[FM-3-2] a new user, from being entered to the first work (%s)',
    async (width) => {
      const { page, context, problems } = await open('superadmin', width)
      const email = `nuevo.${width}@example.pe`
      await page.goto('/registros/usuario/nuevo')
      await page.getByRole('combobox', { name: 'Tipo de documento de identidad' }).click()
      await page.getByRole('option', { name: 'DNI' }).click()
      await page.getByLabel('Número de Documento de identidad').fill(width === 'wide' ? '71000001' : '71000002')
      await page.getByLabel('Nombres del colaborador').fill('Nadia')
      await page.getByLabel('Apellidos del colaborador').fill('Torres Díaz')
      await page.getByLabel('Correo corporativo').fill(email)
      await page.getByLabel('Celular').fill('987 000 111')
      await page.getByLabel('Roles').first().click()
      await page.getByRole('option', { name: 'Facility manager' }).click()
      await page.keyboard.press('Escape')
      await look(page, `usuario-nuevo-${width}`)
      await page
        .getByRole('button', { name: /Guardar|Crear/ })
        .last()
        .click()
      await page.getByText('Sin contraseña').waitFor()
      await look(page, `usuario-${width}`)
      expect(problems).toEqual([])
      await context.close()

      const token = tokenIn((await mailsTo(stage.product, email))[0])
      const fresh = await openPage(stage.browser, stage.product.staffUrl, { width })
      await fresh.page.goto(`/contrasena#${token}`)
      await fresh.page.getByLabel('Contraseña nueva').fill(goodPassword)
      await fresh.page.getByRole('button', { name: 'Guardar contraseña' }).click()
      await fresh.page.waitForURL((url) => !url.pathname.includes('contrasena'))
      await fresh.page.getByRole('button', { name: 'He leído y acepto' }).click()
      await fresh.page.getByRole('heading', { level: 1, name: 'Bandeja' }).waitFor()
      await fresh.page.getByRole('heading', { level: 1 }).waitFor()
      await takePicture(fresh.page, `usuario-primer-ingreso-${width}`)
      await fresh.page.goto('/registros/contrato')
      await fresh.page.getByRole('heading', { level: 1, name: 'Contratos' }).waitFor()
      await fresh.context.close()
    },
  )

  it.each(['wide', 'narrow'] as const)('a right changed in the matrix holds at once (%s)', async (width) => {
    const { page, context, problems } = await open('superadmin', width)
    await page.goto('/roles')
    await page.getByRole('heading', { level: 1, name: 'Roles y permisos' }).waitFor()
    if (width === 'wide') {
      await look(page, 'roles-matriz-wide')
      await page.getByRole('button', { name: /^Service desk FM, Contratos/ }).click()
    } else {
      await page.getByLabel('Rol o grupo').selectOption('tecnico')
      await look(page, 'roles-rol-narrow')
      await page.getByRole('button', { name: 'Cambiar: Contratos' }).click()
    }
    const who = width === 'wide' ? 'Service desk FM' : 'Técnicos'
    const drawer = page.getByRole('dialog', { name: `${who} · Contratos` })
    await drawer.getByRole('checkbox', { name: 'Ver', exact: true }).check()
    await look(page, `roles-celda-${width}`)
    await drawer.getByRole('button', { name: 'Cerrar' }).click()
    await page.getByRole('button', { name: 'Revisar y guardar' }).click()
    const dialog = page.getByRole('dialog', { name: 'Revisar y guardar' })
    await dialog.getByText(`El rol ${who} podrá ver Contratos.`).waitFor()
    await dialog.getByLabel('Motivo').fill('Apoyan en los contratos')
    await look(page, `roles-guardar-${width}`)
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByRole('tab', { name: 'Historial' }).click()
    await page.getByText('Motivo: Apoyan en los contratos').first().waitFor()
    await look(page, `roles-historial-${width}`)
    const worker = await open(width === 'wide' ? 'service.desk' : 'tecnico', width)
    await worker.page.goto('/registros/contrato')
    await worker.page.getByRole('heading', { level: 1, name: 'Contratos' }).waitFor()
    expect(problems).toEqual([])
    await worker.context.close()
    await context.close()
  })

  it('says why the last Superadministrador cannot be deactivated, and why a page is not his to see', async () => {
    const { page, context } = await open('superadmin', 'wide')
    const { items } = (await (
      await context.request.get('/api/records/usuario?filter.correo=superadmin@demo.pe')
    ).json()) as { items: { id: string }[] }
    await page.goto(`/registros/usuario/${items[0]!.id}/editar`)
    await page.getByRole('combobox', { name: 'Estado' }).click()
    await page.getByRole('option', { name: 'Inactivo' }).click()
    await page
      .getByRole('button', { name: /Guardar/ })
      .last()
      .click()
    await page
      .getByText(/último usuario activo con el rol «Superadministrador»/)
      .first()
      .waitFor()
    await takePicture(page, 'ultimo-superadministrador')
    await context.close()

    const desk = await open('service.desk', 'wide')
    await desk.page.goto('/registros/usuario')
    await desk.page.getByRole('button', { name: '¿Por qué?' }).click()
    await desk.page.getByText('Usted no puede ver Usuarios: el rol Service desk FM no lo permite.').waitFor()
    await desk.page.getByRole('button', { name: 'Ver detalles' }).click()
    await look(desk.page, 'por-que')
    await desk.context.close()
  })
})

import { readFile } from 'node:fs/promises'
import { expect, it } from '@jest/globals'
import { People, startContract } from '../http/contractCase.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** The audit on the screen, the privacy notice, and what people do about their data. */
describeInBrowser('the audit and personal data', () => {
  const stage = withProduct({}, async ({ product }) => {
    const people = new People(product)
    await startContract(people)
    const admin = await people.as('superadmin')
    const [client] = (await admin.get('/api/records/cliente?size=1')).body.items as { id: string; revision: number }[]
    const changed = await admin.patch(
      `/api/records/cliente/${client!.id}`,
      { data: { telefono: '012223344' } },
      { headers: { 'if-match': String(client!.revision) } },
    )
    expect(changed.status).toBe(200)
    await product.jobs.sealAudit()
  })

  /** A person of the staff who never signed in before. */
  async function newcomer(email: string) {
    const known = (await stage.product.ctx.db.users.findOne({ email: 'planner@demo.pe' }))!
    const { tenant: _tenant, ...account } = known as typeof known & { tenant: string }
    await stage.product.ctx.db.users.insert({ ...account, _id: email, email, name: 'Nadia Nueva', record: null })
  }

  it.each(['wide', 'narrow'] as const)('[FM-2-9] shows, filters and explains the rows: %s', async (width) => {
    const { page, problems } = await openPage(stage.browser, stage.product.staffUrl, { width, user: 'superadmin' })
    await page.goto('/auditoria')
    await page.getByRole('heading', { level: 1, name: 'Auditoría' }).waitFor()
    await page.getByRole('button', { name: 'Inicio de sesión' }).first().waitFor()
    await look(page, 'auditoria')
    // The address holds what is filtered: it can be sent to somebody else.
    await page.goto('/auditoria?filter.action=record.updated&filter.module=cliente')
    await page.getByRole('button', { name: 'Modificación', exact: true }).first().click()
    const drawer = page.getByRole('dialog')
    await drawer.getByRole('cell', { name: '012223344' }).waitFor()
    await drawer.getByText(/sello n\.º \d+/).waitFor()
    await look(page, 'auditoria-detalle')
    expect(problems).toEqual([])
    await page.context().close()
  })

  it('[FM-2-9] narrows by what is typed into a filter, and hands out Excel', async () => {
    const { page, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })
    await page.goto('/auditoria')
    const other = page.getByRole('cell', { name: 'Rosa Quispe Huamán' }).first()
    await other.waitFor()
    await page.getByRole('group', { name: 'Filtros' }).getByRole('button', { name: 'Usuario' }).click()
    await page.getByRole('combobox', { name: 'Usuario' }).fill('gerente.fm')
    await page.keyboard.press('Enter')
    await page.waitForURL(/filter\.user=gerente\.fm/)
    await other.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Inicio de trámite' }).waitFor()
    await page.getByRole('button', { name: 'Exportar' }).click()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'Excel' }).click(),
    ])
    expect(file.suggestedFilename()).toMatch(/^auditoria-.*\.xlsx$/)
    expect((await readFile(await file.path())).subarray(0, 2).toString()).toBe('PK')
    expect(problems).toEqual([])
    await page.context().close()
  })

  it.each(['wide', 'narrow'] as const)('writes a file in the background, which may be cancelled: %s', async (width) => {
    // Nothing is written.
    await stage.product.jobs.stop()
    const { page, problems } = await openPage(stage.browser, stage.product.staffUrl, { width, user: 'superadmin' })
    await page.goto('/auditoria?filter.action=session.opened')
    await page.getByRole('button', { name: 'Exportar' }).click()
    await page.getByRole('menuitem', { name: 'CSV' }).click()
    const tray = page.getByRole('region', { name: 'Archivos exportados' })
    await tray.getByText(/^0 de \d+ registros$/).waitFor()
    await tray.getByText('Exportando registro de auditoría').waitFor()
    await look(page, 'auditoria-exportando')
    await tray.getByRole('button', { name: 'Cancelar' }).click()
    await tray.waitFor({ state: 'detached' })
    await page.goto('/exportaciones')
    await page.getByText('Cancelado').first().waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  })

  it.each(['wide', 'narrow'] as const)('shows nothing until the privacy notice is accepted: %s', async (width) => {
    await newcomer(`nueva-${width}@demo.pe`)
    const { page, problems } = await openPage(stage.browser, stage.product.staffUrl, { width, user: `nueva-${width}` })
    await page.goto('/registros/cliente')
    await page.getByRole('heading', { level: 1, name: 'Aviso de privacidad' }).waitFor()
    expect(await page.getByRole('navigation').count()).toBe(0)
    await look(page, 'aviso-de-privacidad')
    await page.getByRole('button', { name: 'He leído y acepto' }).click()
    // The address asked for waits behind it.
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Clientes' }).waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  })

  it.each(['wide', 'narrow'] as const)(
    'lets a person take the own data and ask for a correction: %s',
    async (width) => {
      const { page, problems } = await openPage(stage.browser, stage.product.staffUrl, { width, user: 'planner' })
      await page.goto('/cuenta')
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'Archivo para otro sistema' }).click(),
      ])
      const data = JSON.parse((await readFile(await file.path())).toString()) as { account: { email: string } }
      expect(data.account.email).toBe('planner@demo.pe')
      await page.getByRole('button', { name: 'Enviar al administrador' }).click()
      await page.getByText('al menos 10 letras').waitFor()
      await page.getByRole('textbox', { name: 'Qué dato no es correcto' }).fill('Mi celular ahora es 999 111 222')
      await look(page, 'mis-datos')
      await page.getByRole('button', { name: 'Enviar al administrador' }).click()
      await page.getByText('Enviamos su solicitud').waitFor()
      expect(problems).toEqual([])
      await page.context().close()
    },
  )

  it.each(['wide', 'narrow'] as const)('lets an administrator anonymise a person, with a reason: %s', async (width) => {
    const email = { wide: 'tecnico@demo.pe', narrow: 'service.desk@demo.pe' }[width]
    const { _id } = (await stage.product.ctx.db.users.findOne({ email }))!
    const { page, problems } = await openPage(stage.browser, stage.product.staffUrl, { width, user: 'superadmin' })
    await page.goto(`/registros/usuario/${_id}`)
    await page.getByRole('button', { name: 'Datos personales' }).click()
    await page.getByRole('menuitem', { name: 'Anonimizar' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Anonimizar' }).click()
    await dialog.getByText('Escriba el motivo').waitFor()
    await dialog.getByRole('textbox', { name: 'Motivo' }).fill('Lo pidió por escrito')
    await look(page, 'anonimizar')
    await dialog.getByRole('button', { name: 'Anonimizar' }).click()
    await page.getByRole('heading', { level: 1, name: /Persona anonimizada \d/ }).waitFor()
    expect(problems).toEqual([])
    await page.context().close()
  })
})

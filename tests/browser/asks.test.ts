import { expect, it } from '@jest/globals'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** What a form asks of others while it is filled in. */
describeInBrowser('a form that asks', () => {
  const stage = withProduct()

  it.each(['wide', 'narrow'] as const)(
    '[FM-D-035] who may not create a client asks for it from the form that needs it (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'facility.manager',
      })
      await page.goto('/registros/inmueble/nuevo')
      await page.getByRole('combobox', { name: /^Cliente/ }).fill('Minera del Sol')
      await page
        .getByRole('listbox')
        .or(page.locator('.mantine-Select-dropdown'))
        .getByRole('button', { name: 'Solicitar registro…' })
        .first()
        .click()
      const window = page.getByRole('dialog', { name: 'Solicitar un registro' })
      expect(await window.getByRole('textbox', { name: /^Nombre/ }).inputValue()).toBe('Minera del Sol')
      await window.getByRole('textbox', { name: /^Lo que sabe/ }).fill('RUC 20123456786')
      await look(page, 'request-record')
      await window.getByRole('button', { name: 'Enviar solicitud' }).click()
      await page.getByText('Solicitud enviada. Le avisaremos').waitFor()
      await look(page, 'request-sent')
      const [asked] = await stage.product.ctx.db
        .records('solicitud-registro')
        .find({ deletedAt: null }, { sort: { createdAt: -1 }, limit: 1 })
      expect(asked?.data).toMatchObject({ tipo: 'Cliente', nombre: 'Minera del Sol', estado: 'Pendiente' })
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it('[FM-D-035] who may create it finds the request in his inbox and makes it there, called as was asked', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })
    await page.goto('/registros/inmueble/nuevo')
    await page.getByRole('button', { name: 'Crear Nuevo Cliente' }).waitFor()
    expect(await page.getByRole('button', { name: 'Solicitar registro…' }).count()).toBe(0)
    const [task] = await stage.product.ctx.db.tasks.find({ node: 'registrarEmpresa', status: 'open' }, { limit: 1 })
    await page.goto(`/tareas/${task?._id ?? ''}`)
    await page.getByRole('button', { name: 'Crear Nuevo Cliente' }).click()
    const window = page.getByRole('dialog', { name: 'Crear cliente' })
    expect(await window.getByRole('textbox', { name: /^Nombre Completo/ }).inputValue()).toBe('Minera del Sol')
    await look(page, 'request-answered')
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    '[FM-D-026] says that a RUC is a supplier’s already, copies what is missing, asks before it replaces; and tells the code (%s)',
    async (width) => {
      const [supplier] = await stage.product.ctx.db
        .records('proveedor')
        .find({ 'data.ruc': { $type: 'string' }, deletedAt: null }, { sort: { label: 1 }, limit: 1 })
      const known = supplier?.data as { ruc: string; razonSocial: string; domicilioFiscal: string }
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/registros/cliente/nuevo')
      const address = page.getByRole('textbox', { name: /^Domicilio Fiscal/ })
      await address.fill('Otra calle 123')
      await page.getByRole('textbox', { name: /^RUC/ }).fill(known.ruc)
      await page.getByText(`Ya existe un proveedor con este RUC: ${supplier?.label ?? ''}`).waitFor()
      await look(page, 'lookup-found')
      await page.getByRole('button', { name: 'Copiar sus datos' }).click()
      await page.getByText('Usted escribió otra cosa en: Domicilio Fiscal').waitFor()
      const name = page.getByRole('textbox', { name: /^Nombre Completo/ }).first()
      expect(await name.inputValue()).toBe(known.razonSocial)
      expect(await address.inputValue()).toBe('Otra calle 123')
      await look(page, 'lookup-otherwise')
      await page.getByRole('button', { name: 'Reemplazar por los suyos' }).click()
      expect(await address.inputValue()).toBe(known.domicilioFiscal)
      await page.getByText('Se copiaron sus datos.').waitFor()

      // What this person left unsent comes back in the other width: another centre, another code.
      const centre = width === 'wide' ? '777' : '778'
      await page.getByRole('textbox', { name: /^CECO/ }).fill(centre)
      await page.getByText(`Código de Cliente: el próximo será ${known.ruc}-${centre}`).waitFor()
      await look(page, 'lookup-copied')
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

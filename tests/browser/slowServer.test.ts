import { expect, it } from '@jest/globals'
import type { Page, Route } from 'playwright-core'
import { validRuc } from '../http/sampleRecords.ts'
import { eventually } from '../setup/eventually.ts'
import { fieldOf, fillForm } from './fillForm.ts'
import { describeInBrowser, openPage, withProduct } from './harness.ts'

/** What people do while an answer is still on its way counts for what they see, not for what was there before. */
describeInBrowser('a form before a slow server', () => {
  const stage = withProduct()
  const open = () => openPage(stage.browser, stage.product.staffUrl, { user: 'superadmin' })

  /** Holds what is asked for under that path until it is let go. */
  const hold = async (page: Page, path: RegExp, method = 'GET') => {
    const held: Route[] = []
    let isOpen = false
    await page.route(path, async (route) => {
      if (isOpen || route.request().method() !== method) await route.continue()
      else held.push(route)
    })
    return {
      come: () => eventually(() => Promise.resolve(expect(held.length).toBeGreaterThan(0))),
      letGo: async () => {
        isOpen = true
        for (const route of held.splice(0)) await route.continue()
      },
    }
  }

  it('Enter takes the best of what was typed, not of the list before it', async () => {
    const { page, context, problems } = await open()
    await page.goto('/registros/inmueble/nuevo')
    const client = fieldOf(page.getByRole('main'), 'Cliente')
    await client.click()
    await page.getByRole('option').nth(1).waitFor()
    const answer = await hold(page, /\/api\/records\/cliente\?.*q=altamar/)
    await client.fill('altamar')
    await client.press('Enter')
    await answer.come()
    await client.press('Enter')
    expect(await page.getByRole('option').count()).toBe(0)
    await answer.letGo()
    await page.getByRole('option', { name: /Altamar/ }).waitFor()
    await client.press('Enter')
    await eventually(async () => expect(await client.inputValue()).toMatch(/Altamar/))
    expect(problems).toEqual([])
    await context.close()
  })

  it('a draft that is still on its way does not come back once the record is made', async () => {
    const { page, context, problems } = await open()
    await page.goto('/registros/cliente/nuevo')
    const draft = await hold(page, /\/api\/form-drafts\//, 'PUT')
    await fillForm(page, {
      'Datos Generales del Cliente': {
        'Nombre Completo / Razón Social': 'Borrador Lento S.A.C.',
        'Nacional / Extranjero': { pick: 'Nacional' },
        'RUC (Registro Único de Contribuyentes)': validRuc('2066100001'),
        'Domicilio Fiscal': 'Av. Brasil 10, Lima',
        'Tipo de Cliente': { pick: 'Privado' },
        'CECO (Centro de Costos)': '001',
        'Clasificación: Interno o Externo': { pick: 'Externo' },
      },
      'Información de Contacto': { Email: 'hola@example.pe', Teléfono: '014445566' },
    })
    await draft.come()
    const main = page.getByRole('main')
    await main.getByRole('button', { name: 'Crear cliente' }).click()
    // Without representatives it asks once.
    await main.getByRole('button', { name: 'Continuar de todos modos' }).click()
    await main.locator('button[data-loading]').first().waitFor()
    await draft.letGo()
    await page.waitForURL(/\/registros\/cliente\/[0-9a-f]{24}/)
    await page.getByRole('heading', { level: 1 }).filter({ hasText: 'Borrador Lento' }).waitFor()
    expect(await stage.product.ctx.db.formDrafts.find({ key: 'record:cliente:new' })).toEqual([])
    expect(problems).toEqual([])
    await context.close()
  })

  it('a button waits for the record that was chosen, and for what follows from it', async () => {
    const { page, context, problems } = await open()
    await page.goto('/registros/equipo/nuevo')
    const row = await hold(page, /\/api\/records\/inmueble\/[0-9a-f]{24}$/)
    await fillForm(page, { 'Ubicación del Equipo': { 'Ubicación por Sede': { pick: /Golf/, typed: 'golf' } } })
    await row.come()
    const main = page.getByRole('main')
    await main.getByRole('button', { name: 'Crear equipo' }).click()
    await main.locator('button[data-loading]').first().waitFor()
    expect(await main.getByRole('alert').count()).toBe(0)
    await row.letGo()
    const missing = main.getByRole('alert').getByRole('listitem')
    await missing.filter({ hasText: 'Descripción del Equipo' }).waitFor()
    expect((await missing.allInnerTexts()).join('\n')).not.toMatch(/País|Departamento/)
    expect(problems).toEqual([])
    await context.close()
  })
})

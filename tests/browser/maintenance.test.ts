import { expect, it } from '@jest/globals'
import sharp from 'sharp'
import { eventually } from '../setup/eventually.ts'
import { fillForm } from './fillForm.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

describeInBrowser('maintenance', () => {
  const stage = withProduct()

  it('[FM-D-136] [FM-D-069] a technician records it with photos on his telephone, and it stands with the equipment', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
      width: 'narrow',
      user: 'tecnico',
    })
    await page.goto('/registros/mantenimiento')
    await page.getByRole('link', { name: 'Crear mantenimiento' }).first().click()
    const [technician] = await stage.product.ctx.db.records('usuario').find({ 'data.correo': 'tecnico@demo.pe' })
    const chosen = page.getByRole('combobox', { name: 'Técnico' })
    await eventually(async () => expect(await chosen.inputValue()).toBe(technician?.label))
    await fillForm(page, {
      Mantenimiento: {
        Equipo: { pick: /./ },
        'Tipo de mantenimiento': { pick: 'Preventivo' },
        'Trabajos realizados': 'Limpieza de aspas y cambio de fajas',
      },
    })
    // What follows from the equipment is called by its name, as everywhere else.
    await page.getByRole('link', { name: /^INM-/ }).waitFor()
    expect(await page.getByText('(sin acceso)').count()).toBe(0)
    await look(page, 'maintenance-form')
    const chooser = page.locator('input[type=file]').first()
    for (const [name, background] of [
      ['antes.jpg', '#7a4b12'],
      ['despues.jpg', '#2a7f8f'],
    ] as const) {
      const buffer = await sharp({ create: { width: 3000, height: 2000, channels: 3, background } })
        .jpeg()
        .toBuffer()
      await chooser.setInputFiles({ name, mimeType: 'image/jpeg', buffer })
      await page.getByRole('link', { name }).waitFor()
    }
    await look(page, 'maintenance-photos')
    await page.getByRole('button', { name: /^Crear mantenimiento/ }).click()
    await page.waitForURL(/\/registros\/mantenimiento\/[0-9a-f]{24}/)
    await page.getByRole('img', { name: 'Foto 2: despues.jpg' }).waitFor()
    await look(page, 'maintenance-record')
    const [saved] = await stage.product.ctx.db
      .records('mantenimiento')
      .find({ 'data.trabajos': 'Limpieza de aspas y cambio de fajas' })
    expect(saved?.data).toMatchObject({ realizadoPor: 'Técnico', tecnico: technician?._id })
    expect(saved?.data.fotos).toHaveLength(2)
    await page.goto(`/registros/equipo/${saved?.data.equipo as string}`)
    await page.getByRole('tab', { name: /^Mantenimientos/ }).click()
    await page.getByText('Preventivo').first().waitFor()
    await look(page, 'maintenance-equipment')
    expect(problems).toEqual([])
    await context.close()
  }, 120_000)
})

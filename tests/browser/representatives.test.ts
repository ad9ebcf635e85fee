import { describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { fillForm } from './fillForm.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** The people of a company: each change is saved and seen on the page of the company. */
describeInBrowser('representatives', () => {
  const stage = withProduct()

  describe.each([
    { entity: 'cliente', prefix: 'FM-4.3', section: 'Representantes del Cliente', name: 'Centro Comercial Mirasol' },
    { entity: 'proveedor', prefix: 'FM-6.3', section: 'Representantes del Proveedor', name: 'Climatec Servicios' },
  ])('of $entity', ({ entity, prefix, section, name }) => {
    it.each(['wide', 'narrow'] as const)(
      `[${prefix}-18] [${prefix}-19] [${prefix}-20] are added, changed and removed (%s)`,
      async (width) => {
        const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
          width,
          user: 'superadmin',
        })
        const kept = async () => {
          const [record] = await stage.product.ctx.db
            .records(entity)
            .find({ 'data.razonSocial': { $regex: `^${name}` } })
          return { id: record!._id, people: record!.data.representantes as { nombre: string; cargo: string }[] }
        }
        const before = await kept()
        const path = `/registros/${entity}/${before.id}`
        const edit = async (change: (page: Page) => Promise<void>) => {
          await page.goto(path)
          await page.getByRole('link', { name: 'Editar' }).click()
          await page.getByRole('button', { name: 'Guardar' }).waitFor()
          await fillForm(page, { [section]: {} })
          await change(page)
          await page.getByRole('button', { name: 'Guardar' }).click()
          await page.waitForURL((url) => url.pathname === path)
          // The form has a section of that name too: this is the page.
          await page.getByRole('link', { name: 'Editar' }).waitFor()
          await page.getByRole('heading', { name: section }).first().waitFor()
        }
        const at = before.people.length
        await edit(async () => {
          await page.getByRole('button', { name: 'Agregar representante' }).click()
          for (const [label, text] of [
            [/^Nombre Completo/, 'Elena Tapia Córdova'],
            [/^Correo Electrónico/, `elena.${width}@example.pe`],
            [/^Celular/, '986540023'],
            [/^Cargo/, 'Jefa de Infraestructura'],
          ] as const)
            await page.getByRole('main').getByLabel(label).nth(at).fill(text)
          await look(page, `representatives-${entity}`)
        })
        await page.getByText('Jefa de Infraestructura').first().waitFor()
        expect((await kept()).people.at(-1)).toMatchObject({ nombre: 'Elena Tapia Córdova' })

        await edit(() =>
          page
            .getByRole('main')
            .getByLabel(/^Cargo/)
            .nth(at)
            .fill('Gerente de Operaciones'),
        )
        await page.getByText('Gerente de Operaciones').first().waitFor()
        expect((await kept()).people).toEqual([
          ...before.people,
          expect.objectContaining({ nombre: 'Elena Tapia Córdova', cargo: 'Gerente de Operaciones' }),
        ])

        await edit(() => page.getByRole('button', { name: `Eliminar representante ${at + 1}` }).click())
        expect((await kept()).people).toEqual(before.people)
        expect(problems).toEqual([])
        await context.close()
      },
      120_000,
    )
  })
})

import { expect, it } from '@jest/globals'
import type { BrowserContext, Page } from 'playwright-core'
import { samplePdf } from '../../engine/rehearsal/index.ts'
import { engineWords } from '../../ui/texts/engineWords.ts'
import { eventually } from '../setup/eventually.ts'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  openSection,
  takePicture,
  withProduct,
  type WidthName,
} from './harness.ts'

const headers = (base: string) => ({ 'x-cauce': '1', origin: new URL(base).origin })

/** What staff live with all day: lists, records, tasks, two people at once. */
describeInBrowser('the staff app', () => {
  let record: string
  let task: string

  const person = (user: string, width: WidthName = 'wide') =>
    openPage(stage.browser, stage.product.staffUrl, { user, width })

  /** Puts one case under way, as its first person would. */
  async function beginCase(context: BrowserContext): Promise<{ record: string; task: string }> {
    const base = stage.product.staffUrl
    const upload = await context.request.post('/api/files', {
      headers: headers(base),
      multipart: { file: { name: 'Contrato.pdf', mimeType: 'application/pdf', buffer: samplePdf('Contrato') } },
    })
    const file = ((await upload.json()) as { id: string }).id
    const clients = (await (await context.request.get('/api/records/cliente?q=altamar')).json()) as {
      items: { id: string }[]
    }
    const answer = await context.request.post('/api/processes/contrato/instances', {
      headers: headers(base),
      data: {
        data: {
          cliente: clients.items[0]?.id,
          objeto: 'Mantenimiento de ascensores',
          fechaVigencia: '2027-01-01',
          fechaVencimiento: '2027-12-31',
          moneda: 'PEN',
          archivo: file,
        },
      },
    })
    expect(answer.status()).toBe(201)
    const started = (await answer.json()) as { instance: { record: { id: string } }; tasks: { id: string }[] }
    return { record: started.instance.record.id, task: started.tasks[0]!.id }
  }

  /** The form of the first step is a sub-list: a row is added and its text typed. */
  async function typeObservation(page: Page, text: string): Promise<void> {
    await page.getByRole('button', { name: /Agregar fila/ }).click()
    await page.locator('main textarea').first().fill(text)
  }

  const stage = withProduct({}, async () => {
    const { context } = await person('gerente.fm')
    ;({ record, task } = await beginCase(context))
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    'every screen is accessible, fits its width, and says no engine word (%s)',
    async (width) => {
      const { page, context, problems } = await person('gerente.fm', width)
      const screens = {
        inbox: '/bandeja',
        following: '/bandeja?tab=following',
        list: '/registros/contrato',
        filtered: '/registros/contrato?filter.estado=Anulado',
        record: `/registros/contrato/${record}`,
        documents: `/registros/contrato/${record}?seccion=documentos`,
        history: `/registros/contrato/${record}?seccion=historial`,
        progress: `/registros/contrato/${record}?seccion=avance`,
        task: `/tareas/${task}`,
        start: '/iniciar/contrato',
        nothing: '/registros/contrato/000000000000000000000000',
      }
      for (const [name, path] of Object.entries(screens)) {
        await page.goto(path)
        await page.getByRole('heading', { level: 1 }).waitFor()
        await page.waitForLoadState('networkidle')
        await expectAccessible(page)
        await expectNoSidewaysScroll(page)
        const words = (await page.locator('body').innerText()).toLowerCase()
        const found = engineWords.filter((word) => new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'u').test(words))
        expect({ name, found }).toEqual({ name, found: [] })
        await takePicture(page, `staff-${name}`)
      }
      expect(problems).toEqual([])
      await context.close()
    },
    90_000,
  )

  it('a list keeps search, filters and order in its address, and is walked with j, k and Enter', async () => {
    const { page, context } = await person('superadmin')
    await page.goto('/registros/cliente')
    await page.getByRole('searchbox').fill('altamar')
    await page.waitForURL(/q=altamar/)
    await page.getByRole('button', { name: 'Tipo de Cliente', exact: true }).first().click()
    await page.getByRole('checkbox', { name: 'Privado' }).check()
    await page.waitForURL(/filter\.\w+=Privado/)
    await page.reload()
    await page.getByText(/: Privado/).waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('altamar')

    await page.goto('/registros/cliente')
    await page.locator('[data-row-link]').nth(2).waitFor()
    await page.locator('[data-row-link]').first().focus()
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const second = await page.locator('[data-row-link]').nth(1).getAttribute('href')
    await page.keyboard.press('Enter')
    await page.waitForURL(`**${second!}`)
    await context.close()
  })

  it('what was typed in a task is there after a reload, and says when it was saved', async () => {
    const { page, context } = await person('facility.manager')
    await page.goto(`/tareas/${task}`)
    // The empty row may have been saved before the text.
    const saved = page.waitForResponse((answer) => !!answer.request().postData()?.includes('Lo dejo a medias'))
    await typeObservation(page, 'Lo dejo a medias')
    await saved
    await page.getByText(/^Guardado/).waitFor()
    await page.reload()
    await page.locator('main textarea').first().waitFor()
    expect(await page.locator('main textarea').first().inputValue()).toBe('Lo dejo a medias')
    await page.getByText(/^Guardado/).waitFor()
    // Nor is anything lost where there was no time to save it.
    await page.locator('main textarea').first().fill('Lo dejo a medias otra vez')
    await page.reload()
    await page.locator('main textarea').first().waitFor()
    expect(await page.locator('main textarea').first().inputValue()).toBe('Lo dejo a medias otra vez')
    await context.close()
  })

  it('two people change the same record: the second chooses field by field, and nothing is lost', async () => {
    const [first, second] = [await person('superadmin'), await person('superadmin')]
    const list = (await (await first.context.request.get('/api/records/cliente?q=altamar')).json()) as {
      items: { id: string }[]
    }
    const id = list.items[0]!.id
    const phone = (page: Page) => page.getByLabel(/^Teléfono/).first()
    const save = (page: Page) => page.getByRole('button', { name: 'Guardar', exact: true }).click()
    for (const { page } of [first, second]) {
      await page.goto(`/registros/cliente/${id}/editar`)
      await openSection(page, 'Información de Contacto')
    }
    await phone(first.page).fill('911111111')
    await save(first.page)
    await first.page.waitForURL(`**/registros/cliente/${id}`)

    await phone(second.page).fill('922222222')
    await openSection(second.page, 'Datos Generales del Cliente')
    await second.page
      .getByLabel(/^Domicilio Fiscal/)
      .first()
      .fill('Calle Nueva 99, Lima')
    await save(second.page)
    const dialog = second.page.getByRole('dialog')
    await dialog.waitFor()
    await expectAccessible(second.page)
    await takePicture(second.page, 'staff-conflict')
    expect(await dialog.getByRole('row').count()).toBe(2)
    await dialog.getByRole('radio', { name: '911111111' }).check()
    await dialog.getByRole('button', { name: 'Guardar lo elegido' }).click()
    await second.page.waitForURL(`**/registros/cliente/${id}`)
    const saved = (await (await second.context.request.get(`/api/records/cliente/${id}`)).json()) as {
      data: Record<string, string>
    }
    expect(saved.data).toMatchObject({ telefono: '911111111', domicilioFiscal: 'Calle Nueva 99, Lima' })
    await first.context.close()
    await second.context.close()
  })

  it('two people finish the same task: the second reads who did it, and keeps what he typed', async () => {
    const manager = await person('gerente.fm')
    const case_ = await beginCase(manager.context)
    await manager.context.close()
    const [first, second] = [await person('facility.manager'), await person('supervisor.fm')]
    for (const { page } of [first, second]) {
      await page.goto(`/tareas/${case_.task}`)
      await typeObservation(page, page === first.page ? 'Revisado' : 'Yo también lo revisé')
    }
    const finish = (page: Page) => page.locator('main button[data-variant="filled"]').last().click()
    await finish(first.page)
    await first.page.getByRole('heading', { level: 1, name: 'Listo' }).waitFor()
    await expectAccessible(first.page)
    await first.page.getByRole('link', { name: /Siguiente tarea|Volver a la bandeja/ }).waitFor()

    await finish(second.page)
    await second.page.getByRole('status').getByText('Martín Cáceres Vega').waitFor()
    await second.page.getByText('Yo también lo revisé').waitFor()
    await expectAccessible(second.page)
    await takePicture(second.page, 'staff-task-closed')
    await first.context.close()
    await second.context.close()
  })

  it('shows where a case stands with the mark of bpmn.io whole, linked and uncovered', async () => {
    const { page, context, problems } = await person('gerente.fm')
    await page.goto(`/registros/contrato/${record}?seccion=avance`)
    const mark = page.locator('a.bjs-powered-by')
    await mark.waitFor()
    expect(await mark.getAttribute('href')).toContain('bpmn.io')
    await page.locator('.cauce-open').first().waitFor()
    // What loads above the drawing moves it.
    await eventually(async () => {
      const box = (await mark.boundingBox())!
      const stage = (await page.locator('.djs-container').boundingBox())!
      expect(box.x + box.width).toBeLessThanOrEqual(stage.x + stage.width)
      expect(box.y + box.height).toBeLessThanOrEqual(stage.y + stage.height)
      const onTop = await page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('a')?.className ?? '', {
        x: box.x + box.width / 2,
        y: box.y + box.height / 2,
      })
      expect(onTop).toContain('bjs-powered-by')
    })
    expect(problems).toEqual([])
    await context.close()
  })

  it('a session that ended in the middle of a form asks to sign in and gives back what was typed', async () => {
    const { page, context } = await person('superadmin')
    // Asked for every half minute: it would find the session ended before the form does.
    await context.route('**/api/notifications*', (route) => route.abort())
    await page.goto('/registros/cliente/nuevo')
    await page
      .getByLabel(/Razón Social/)
      .first()
      .fill('Empresa a medio registrar')
    await page.getByText(/^Guardado/).waitFor()
    await context.clearCookies()
    await page
      .getByLabel(/Razón Social/)
      .first()
      .fill('Empresa a medio registrar S.A.C.')
    await page.getByText(/guardado en este equipo/).waitFor()
    await page.reload()
    await page.getByLabel('Correo').fill('superadmin@demo.pe')
    await page.getByLabel('Contraseña', { exact: true }).fill(demoPassword)
    await page.getByRole('button', { name: 'Ingresar' }).click()
    await page
      .getByLabel(/Razón Social/)
      .first()
      .waitFor()
    expect(
      await page
        .getByLabel(/Razón Social/)
        .first()
        .inputValue(),
    ).toBe('Empresa a medio registrar S.A.C.')
    await context.close()
  })
})

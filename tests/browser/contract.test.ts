import { afterAll, expect, it } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { sampleDocx, samplePdf } from '../../engine/rehearsal/index.ts'
import { eventually } from '../setup/eventually.ts'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  openPage,
  takePicture,
  withProduct,
} from './harness.ts'

/** The thirteen steps of section 9.10, as the people of both sides do them on their screens. */
describeInBrowser('a contract from "Recibido" to "Finalizado"', () => {
  let folder: string
  const pages = new Map<string, { page: Page; problems: string[] }>()

  const stage = withProduct({}, async () => {
    folder = await mkdtemp(join(tmpdir(), 'cauce-documents-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  /** The page of a person, signed in on his side: clients at the portal. */
  async function as(user: string): Promise<Page> {
    let opened = pages.get(user)
    if (!opened) {
      const base = user === 'cliente' ? stage.product.portalUrl : stage.product.staffUrl
      opened = await openPage(stage.browser, base, { user })
      pages.set(user, opened)
    }
    return opened.page
  }
  async function file(kind: 'pdf' | 'docx', title: string): Promise<string> {
    const path = join(folder, `${title}.${kind}`)
    await writeFile(path, kind === 'pdf' ? samplePdf(title) : sampleDocx(title))
    return path
  }
  const code = async (): Promise<string> => {
    const [record] = await stage.product.ctx.db.records('contrato').find({}, { sort: { createdAt: -1 }, limit: 1 })
    return String(record?.data.codigo)
  }
  const state = async (): Promise<string> => {
    const [record] = await stage.product.ctx.db.records('contrato').find({}, { sort: { createdAt: -1 }, limit: 1 })
    return String(record?.data.estado)
  }
  /** Waits for the state: what the person did has arrived. */
  async function reaches(wanted: string): Promise<void> {
    await eventually(async () => expect(await state()).toBe(wanted))
  }
  /** A mail that arrived at the sink, as the person reads it. */
  async function mailTo(address: string, subject: RegExp): Promise<string> {
    return eventually(async () => {
      await stage.product.jobs.wake()
      const mails = stage.product.devMail?.messages(address) ?? []
      const mail = mails.find((candidate) => subject.test(candidate.subject))
      const got = mails.map((other) => other.subject).join(' | ') || 'none'
      if (!mail) throw new Error(`no mail to ${address} with ${String(subject)}; there are: ${got}`)
      return mail.text
    })
  }
  /** Opens the person's task about the contract: from the inbox (staff) or from the start page (portal). */
  async function openTask(user: string, title: RegExp): Promise<Page> {
    const page = await as(user)
    await eventually(async () => {
      const open = await stage.product.ctx.db.tasks.find({ status: 'open' })
      expect(open.map((task) => task.title)).toContainEqual(expect.stringMatching(title))
    })
    await page.goto('/')
    // What waits for the client stands first on its start page, after the word for answering.
    const name = user === 'cliente' ? new RegExp(title.source.replace('^', '')) : title
    await page.getByRole('link', { name }).first().click()
    await page.getByRole('heading', { level: 1, name: title }).waitFor()
    return page
  }
  /** Gives an answer and whatever is asked before it counts; ends when the task is closed. */
  async function answer(page: Page, label: RegExp | string): Promise<void> {
    const id = /tareas\/([\w-]+)/.exec(page.url())?.[1] ?? ''
    await page.getByRole('button', { name: label }).last().click()
    const dialog = page.getByRole('dialog')
    let confirmed = false
    await eventually(async () => {
      if (!confirmed && (await dialog.isVisible())) {
        const password = dialog.locator('input[type=password]')
        if (await password.isVisible()) await password.fill(demoPassword)
        await dialog.getByRole('button').last().click()
        confirmed = true
      }
      const status = (await stage.product.ctx.db.tasks.get(id))?.status
      expect({ answer: String(label), status }).toEqual({ answer: String(label), status: 'completed' })
    })
  }

  it('[FM-9.10-1] [FM-9.10-6] [FM-9.3.1-1] is driven through all its steps by FM, Legal, the client and the Gerente general, who each get their mail', async () => {
    // Paso 2: the Gerente de FM registers what the client sent by e-mail.
    const manager = await as('gerente.fm')
    await manager.goto('/registros/contrato')
    await manager
      .getByRole('link', { name: 'Nuevo Contrato' })
      .or(manager.getByRole('button', { name: 'Nuevo Contrato' }))
      .first()
      .click()
    await manager.getByRole('heading', { level: 1, name: 'Nuevo Contrato' }).waitFor()
    await manager.getByRole('button', { name: 'Cargar Contrato' }).click()
    await manager
      .getByText(/Falta el cliente/)
      .first()
      .waitFor()
    await expectAccessible(manager)
    await takePicture(manager, 'contract-new-errors')
    await manager.getByRole('combobox', { name: /^Cliente/ }).click()
    await manager.keyboard.type('altamar')
    await manager.getByRole('option', { name: /Altamar/ }).click()
    await manager.getByLabel('Objeto / Servicio').fill('Mantenimiento integral de la sede')
    await manager.getByRole('textbox', { name: /^Fecha de Vigencia/ }).fill('01/01/2027')
    await manager.keyboard.press('Tab')
    await manager.getByRole('textbox', { name: /^Fecha de Vencimiento/ }).fill('31/12/2027')
    await manager.keyboard.press('Tab')
    await manager.getByRole('combobox', { name: /^Moneda/ }).click()
    await manager.getByRole('option', { name: /Soles/ }).click()
    await manager.locator('input[type=file]').setInputFiles(await file('pdf', 'Contrato inicial'))
    await manager.getByText('Contrato inicial.pdf').waitFor()
    await manager.getByRole('button', { name: 'Cargar Contrato' }).click()
    await reaches('Recibido')
    const number = await code()
    expect(number).toMatch(/^CTR-\d{4}-\d{4}$/)
    expect(await mailTo('gerente.fm@demo.pe', new RegExp(number))).toContain(number)
    await mailTo('facility.manager@demo.pe', new RegExp(number))
    await mailTo('cliente@demo.pe', new RegExp(`Su contrato ${number} ha sido recibido`))

    // Pasos 3 y 4: FM reviews, registers observations and sends them.
    let page = await openTask('facility.manager', /^Iniciar la revisión/)
    await answer(page, 'Iniciar revisión')
    await reaches('En Revisión')
    page = await openTask('facility.manager', /^Revisar CTR/)
    await page
      .getByRole('button', { name: /Agregar fila/ })
      .first()
      .click()
    await page
      .getByRole('textbox', { name: /Descripción de la observación/ })
      .first()
      .fill('La cláusula quinta no dice el plazo de pago.')
    await takePicture(page, 'contract-review')
    await expectAccessible(page)
    await answer(page, 'Registrar observaciones')
    await reaches('Con Observaciones')
    await mailTo('gerente.fm@demo.pe', /observaciones/i)
    page = await openTask('facility.manager', /^Enviar al cliente las observaciones/)
    await answer(page, 'Enviar al cliente')
    await reaches('Observaciones Enviadas')
    expect(await mailTo('cliente@demo.pe', /Tiene observaciones pendientes/)).toContain(
      'La cláusula quinta no dice el plazo de pago.',
    )

    // Paso 5: the client uploads its counter-proposal at the portal.
    page = await openTask('cliente', /^Responder las observaciones/)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await file('docx', 'Contrapropuesta'))
    await page.getByText('Contrapropuesta.docx').waitFor()
    await takePicture(page, 'portal-counterproposal')
    await expectAccessible(page)
    await answer(page, 'Cargar Contrapropuesta')
    await reaches('Contrapropuesta Recibida')
    await mailTo('facility.manager@demo.pe', /versión|contrapropuesta/i)

    // Pasos 6 y 7: Legal.
    page = await openTask('facility.manager', /contrapropuesta/i)
    await answer(page, /Enviar a Legal/)
    await reaches('En Revisión Legal')
    await mailTo('legal@demo.pe', new RegExp(number))
    page = await openTask('legal', /Revisión legal|legal/i)
    await page
      .getByRole('button', { name: /Agregar fila/ })
      .first()
      .click()
    await page
      .getByRole('textbox', { name: /Descripción/ })
      .first()
      .fill('Falta la cláusula de confidencialidad.')
    await answer(page, /Registrar observaciones/)
    await reaches('Legal con Observaciones')

    // Paso 8: the second proposal, as a PDF.
    page = await openTask('facility.manager', /propuesta/i)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await file('pdf', 'Propuesta'))
    await page.getByText('Propuesta.pdf').waitFor()
    await answer(page, /propuesta/i)
    await reaches('Propuesta Enviada')
    await mailTo('cliente@demo.pe', new RegExp(`Nueva propuesta disponible para contrato ${number}`))

    // Pasos 9 y 10: the client accepts; the signature opens by itself.
    page = await openTask('cliente', /^Responder la propuesta/)
    await takePicture(page, 'portal-proposal')
    await answer(page, /Aceptar/)
    await reaches('En Firma')
    await mailTo('gerente.general@demo.pe', new RegExp(number))
    await mailTo('cliente@demo.pe', new RegExp(`Contrato ${number} listo para firma electrónica`))

    // Pasos 11 y 12: both parties sign.
    page = await openTask('cliente', /^Firmar/)
    await page
      .getByRole('textbox', { name: /firmante|nombre/i })
      .first()
      .fill('Gabriela Montoya Rey')
    await page.getByRole('textbox', { name: /cargo/i }).first().fill('Gerente de Operaciones')
    await answer(page, /Firmar/)
    page = await openTask('gerente.general', /^Firmar/)
    await page
      .getByRole('textbox', { name: /firmante|nombre/i })
      .first()
      .fill('Eduardo Salazar Ríos')
    await page.getByRole('textbox', { name: /cargo/i }).first().fill('Gerente general')
    await answer(page, /Firmar/)
    await reaches('Firmado')
    await mailTo('cliente@demo.pe', new RegExp(`Contrato ${number} ha sido firmado por todas las partes`))

    // Paso 13: the signed contract goes to the client.
    page = await openTask('facility.manager', /firmado al cliente/)
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles(await file('pdf', 'Contrato firmado'))
    await page.getByText('Contrato firmado.pdf').waitFor()
    await answer(page, 'Enviar al cliente')
    await reaches('Finalizado')
    await mailTo('cliente@demo.pe', new RegExp(`Contrato ${number} ha sido enviado y archivado`))
  }, 300_000)

  it('[FM-9.3.2-1] [FM-9.11.3-25] shows on the contract, at both widths, its state, versions, observations, history and the way it travelled', async () => {
    const [record] = await stage.product.ctx.db.records('contrato').find({}, { sort: { createdAt: -1 }, limit: 1 })
    for (const width of ['wide', 'narrow'] as const) {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'facility.manager',
      })
      await page.goto(`/registros/contrato/${record?._id}`)
      await page.getByText('Finalizado').first().waitFor()
      await expectAccessible(page)
      await expectNoSidewaysScroll(page)
      await takePicture(page, 'contract-page')
      for (const tab of ['Documentos', 'Observaciones', 'Historial', 'Avance']) {
        await page.getByRole('tab', { name: tab }).click()
        if (tab === 'Documentos')
          for (const version of ['v1.0', 'v1.1', 'v2.0'])
            await page.getByText(version, { exact: true }).first().waitFor()
        if (tab === 'Observaciones')
          await page.getByText('La cláusula quinta no dice el plazo de pago.').first().waitFor()
        if (tab === 'Historial')
          await page
            .getByText(/ha sido enviado y archivado/)
            .first()
            .waitFor()
        if (tab === 'Avance') await page.locator('a.bjs-powered-by').waitFor()
        await expectAccessible(page)
        await takePicture(page, `contract-page-${tab}`)
      }
      const download = page.waitForEvent('download')
      await page.getByRole('tab', { name: 'Documentos' }).click()
      await page
        .getByRole('link', { name: /Contrapropuesta\.docx/ })
        .first()
        .click()
      expect((await download).suggestedFilename()).toBe('Contrapropuesta.docx')
      expect(problems).toEqual([])
      await context.close()
    }
  }, 120_000)

  it('[FM-9.11.7-1] leaves nothing for another company to see', async () => {
    const { page, context } = await openPage(stage.browser, stage.product.portalUrl, {
      user: 'cliente2',
      width: 'narrow',
    })
    await page.goto('/')
    await page.getByText('No tiene nada pendiente').waitFor()
    await page.getByText('Todavía no hay contratos').waitFor()
    expect(await page.getByText(await code()).count()).toBe(0)
    await context.close()
    for (const [user, opened] of pages) expect({ user, problems: opened.problems }).toEqual({ user, problems: [] })
  })
})

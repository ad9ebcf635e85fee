import { afterAll, beforeAll, expect, it } from '@jest/globals'
import type { Browser } from 'playwright-core'
import { engineWords } from '../../ui/texts/engineWords.ts'
import { filesOf, installPack } from '../../engine/packs/index.ts'
import { Works } from '../runtime/worksProduct.ts'
import {
  demoPassword,
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  launchBrowser,
  openPage,
  takePicture,
} from './harness.ts'

const wide = { width: 1280, height: 800 }
const narrow = { width: 360, height: 740 }

/** What people do with a running process besides their tasks: hold it, move it, open it again, change its calendar. */
describeInBrowser('around a running process', () => {
  let works: Works
  let browser: Browser

  async function person(name: string, size: { width: number; height: number }) {
    const opened = await openPage(browser, works.product.staffUrl)
    await opened.page.setViewportSize(size)
    const answer = await opened.context.request.post('/api/session', {
      data: { email: `${name}@works.example`, password: demoPassword },
      headers: { 'x-cauce': '1', origin: new URL(works.product.staffUrl).origin },
    })
    expect(answer.status()).toBe(201)
    return opened
  }
  type Page = Awaited<ReturnType<typeof person>>['page']

  async function expectReadable(page: Page, picture: string) {
    await expectAccessible(page)
    await expectNoSidewaysScroll(page)
    const words = (await page.locator('main').innerText()).toLowerCase()
    expect(engineWords.filter((word) => new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'u').test(words))).toEqual([])
    await takePicture(page, picture)
  }

  beforeAll(async () => {
    works = await Works.start()
    works.product.clock?.reset()
    browser = await launchBrowser()
  }, 60_000)
  afterAll(async () => {
    await (browser as Browser | undefined)?.close()
    await (works as Works | undefined)?.stop()
  })

  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])('a task is put on hold for a declared reason, and resumed (%s)', async (width, size) => {
    const id = await works.begin('wait', { subject: `Held ${width}` })
    const [task] = await works.tasks(id)
    const { page, context, problems } = await person('worker', size)
    await page.goto(`/tareas/${task!._id}`)
    await page.getByRole('button', { name: 'Poner en espera' }).click()
    await page.getByRole('menuitem', { name: 'Waiting for the customer' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('textbox', { name: 'Comentario (opcional)' }).fill('They look for the paper')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Poner en espera' }).click()
    await dialog.waitFor({ state: 'hidden' })
    const note = page.getByRole('status').filter({ hasText: 'Waiting for the customer' })
    await note.getByText('They look for the paper').waitFor()
    await expectReadable(page, `task-on-hold-${width}`)
    await note.getByRole('button', { name: 'Reanudar' }).click()
    await note.waitFor({ state: 'hidden' })
    await page.getByText(/^Vence /).waitFor()
    expect((await works.tasks(id))[0]!.pause).toBeNull()
    expect(problems).toEqual([])
    await context.close()
  })

  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])('a stuck case is led to another step (%s)', async (width, size) => {
    await works.outside(() => Promise.reject(new Error('connection refused')))
    const id = await works.begin('deliver', { subject: `Stuck ${width}` })
    for (const minutes of [2, 3, 5]) await works.pass(0, 0, minutes)
    const { page, context, problems } = await person('chief', size)
    await page.goto('/operacion')
    const item = page.getByRole('listitem').filter({ hasText: `Stuck ${width}` })
    await item.getByRole('button', { name: 'Llevar a otro paso' }).click()
    const dialog = page.getByRole('dialog')
    const confirm = dialog.getByRole('button', { name: 'Llevar a otro paso' })
    await dialog.getByRole('textbox', { name: 'Motivo' }).fill('They answered by telephone')
    await confirm.click()
    await dialog.getByText('Elija el paso').waitFor()
    await dialog.getByRole('combobox', { name: 'Seguir en' }).click()
    await page.getByRole('option', { name: 'Accept' }).click()
    await expectAccessible(page)
    await takePicture(page, `operations-move-${width}`)
    await confirm.click()
    await dialog.waitFor({ state: 'hidden' })
    await item.waitFor({ state: 'hidden' })
    expect(await works.open(id)).toEqual(['accept'])
    await page.getByRole('tab', { name: 'Resueltos' }).click()
    await item.getByText('Carla Chief lo llevó a otro paso').waitFor()
    expect(problems).toEqual([])
    await context.close()
  })

  it('an ended case is opened again from its record, with a reason', async () => {
    const id = await works.begin('redo', { subject: 'Once more' })
    await works.complete(id, 'draft')
    await works.complete(id, 'sign')
    const { record } = await works.case(id)
    const { page, context, problems } = await person('chief', wide)
    await page.goto(`/registros/order/${record!.id}`)
    await page.getByRole('button', { name: 'Open again' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Open again' }).click()
    await dialog.getByText('Escriba el motivo').waitFor()
    await expectAccessible(page)
    await dialog.getByRole('textbox').fill('A page was missing')
    await dialog.getByRole('button', { name: 'Open again' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('Open again: A page was missing').first().waitFor()
    await page.getByRole('button', { name: 'Open again' }).waitFor({ state: 'hidden' })
    await takePicture(page, 'record-reopened')
    expect(problems).toEqual([])
    await context.close()
  })

  it.each([
    ['wide', wide],
    ['narrow', narrow],
  ])(
    'the calendar shows official holidays, and takes and gives back those of the company (%s)',
    async (width, size) => {
      const { page, context, problems } = await person('chief', size)
      await page.goto('/configuracion/calendario?anio=2026')
      await page.getByRole('heading', { level: 1, name: 'Calendario' }).waitFor()
      const day = width === 'wide' ? '17/03/2026' : '18/03/2026'
      const name = `Founding day ${width}`
      await page.getByRole('button', { name: 'Agregar feriado' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByRole('button', { name: 'Guardar' }).click()
      await dialog.getByText('Escriba el nombre del feriado').waitFor()
      await dialog.getByRole('textbox', { name: 'Fecha' }).fill(day)
      await dialog.getByRole('textbox', { name: 'Nombre' }).fill(name)
      await expectAccessible(page)
      await dialog.getByRole('button', { name: 'Guardar' }).click()
      await dialog.waitFor({ state: 'hidden' })
      const added = page.getByRole('listitem').filter({ hasText: name })
      await added.getByText('De la empresa').waitFor()
      const official = page.getByRole('listitem').filter({ hasText: '5 de marzo' }).first()
      await official.getByRole('button', { name: /^Se trabaja/ }).click()
      await dialog.getByRole('button', { name: 'Guardar' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await official.getByRole('button', { name: /^Restablecer/ }).waitFor()
      await page.getByText('Cambios').click()
      await expectReadable(page, `calendar-${width}`)
      for (const [item, button] of [
        [official, /^Restablecer/],
        [added, /^Quitar/],
      ] as const) {
        await item.getByRole('button', { name: button }).click()
        await dialog.getByRole('button', { name: 'Guardar' }).click()
        await dialog.waitFor({ state: 'hidden' })
      }
      await page
        .getByRole('listitem')
        .filter({ has: page.getByText('De la empresa'), hasText: name })
        .waitFor({ state: 'hidden' })
      await page
        .getByText(`Carla Chief quitó el ${width === 'wide' ? 'martes, 17' : 'miércoles, 18'} de marzo`)
        .waitFor()
      expect(problems).toEqual([])
      await context.close()
    },
  )

  it('open cases are moved to a new version from the studio, and back', async () => {
    const { db, product } = works
    const id = await works.begin('plan', { subject: 'To be moved' })
    const files = filesOf((await db.packVersions.findOne({ pack: 'works' }, { sort: { number: -1 } }))!)
    const PLAN = 'processes/plan.bpmn'
    const renamed = files[PLAN]!.replace('<userTask id="draft"', '<userTask id="write"').replace(
      /(source|target)Ref="draft"/g,
      '$1Ref="write"',
    )
    const { number } = await installPack(product.ctx, { files: { ...files, [PLAN]: renamed }, origin: 'files' })
    const { page, context, problems } = await person('chief', wide)
    await page.goto('/estudio')
    await page.getByRole('button', { name: 'Pasar casos abiertos a esta versión' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Probar' }).click()
    await dialog.getByText(/no puede seguir en esta versión|no pueden seguir en esta versión/).waitFor()
    await dialog.getByRole('link', { name: /To be moved/ }).waitFor()
    await expectAccessible(page)
    await takePicture(page, 'studio-migrate-blocked')
    await dialog.getByRole('combobox', { name: /«draft»/ }).click()
    await page.getByRole('option', { name: 'Draft (Tarea)' }).click()
    await dialog.getByRole('button', { name: 'Probar' }).click()
    await dialog.getByText(/casos? puede/).waitFor()
    await takePicture(page, 'studio-migrate-ready')
    await dialog.getByRole('button', { name: /^Pasar \d+ casos|^Pasar un caso/ }).click()
    await dialog.getByText(/(pasó|pasaron) a la versión/).waitFor()
    expect(await works.open(id)).toEqual(['write'])
    expect(await works.case(id)).toMatchObject({ pack: { number } })
    await dialog.getByRole('button', { name: 'Deshacer' }).click()
    await dialog.getByText(/(volvió|volvieron) a su versión/).waitFor()
    expect(await works.open(id)).toEqual(['draft'])
    expect(problems).toEqual([])
    await context.close()
  })
})

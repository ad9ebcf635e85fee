import { describe, expect, it } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { eventually } from '../setup/eventually.ts'
import { describeInBrowser, look, openPage, withProduct, type WidthName } from './harness.ts'

/** Filter → what is ticked, typed and chosen from what it proposes, or the bounds. */
type Chosen = { tick: string; search?: string } | { type: string; choose: string } | { from: string; to: string }

const searches: { entity: string; filters: Record<string, Chosen>; found: string; last: string; without: string[] }[] =
  [
    {
      entity: 'equipo',
      filters: {
        Categoría: { tick: 'HVAC' },
        'Ubicación por Sede': { tick: 'Torre Altamar Golf', search: 'golf' },
        Departamento: { tick: 'Lima', search: 'lima' },
        'Marca del Equipo': { type: 'soler', choose: 'Soler & Palau' },
        'Precio del Equipo': { from: '10000', to: '20000' },
      },
      found: 'Ventilador de extracción de cocina, piso 1',
      last: 'Precio del Equipo',
      without: ['Ventilador de extracción de cocina, piso 1', 'Ventilador de inyección de aire, sótano 2'],
    },
    {
      entity: 'inmueble',
      filters: {
        Cliente: { tick: 'Inmobiliaria Altamar', search: 'altamar' },
        Ubicación: { tick: 'Provincias' },
        Departamento: { tick: 'Arequipa', search: 'arequ' },
        Provincia: { tick: 'Arequipa' },
        'Nombre del Inmueble o Sede': { type: 'yanahuara', choose: 'Edificio Altamar Yanahuara' },
      },
      found: 'Edificio Altamar Yanahuara',
      last: 'Departamento',
      without: ['Edificio Altamar Yanahuara'],
    },
  ]

const beginsWith = (text: string): RegExp => new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`)

describeInBrowser('searching records', () => {
  const stage = withProduct()
  const open = async (entity: string, width: WidthName) => {
    const opened = await openPage(stage.browser, stage.product.staffUrl, { width, user: 'superadmin' })
    await opened.page.goto(`/registros/${entity}`)
    await opened.page.locator('[data-row-link]').first().waitFor()
    return opened
  }
  const filterGroup = (page: Page) => page.getByRole('group', { name: 'Filtros' }).first()
  /** The open filter: a small window on a wide screen, a part of the sheet on a telephone. */
  const openFilter = async (page: Page, name: string, width: WidthName): Promise<Locator> => {
    if (width === 'narrow') {
      const sheet = page.getByRole('dialog', { name: 'Filtros' })
      if (!(await sheet.isVisible())) await page.getByRole('button', { name: 'Filtros', exact: true }).click()
      await sheet
        .getByRole('button', { name: beginsWith(name) })
        .first()
        .click()
      return sheet.getByRole('region', { name: beginsWith(name) }).first()
    }
    const chip = filterGroup(page).getByRole('button', { name, exact: true })
    if (await chip.isVisible()) await chip.click()
    else {
      await page.getByRole('button', { name: 'Más filtros' }).click()
      await page.getByRole('menuitem', { name, exact: true }).click()
    }
    return page.getByRole('dialog')
  }
  const choose = async (page: Page, filter: Locator, chosen: Chosen): Promise<void> => {
    if ('tick' in chosen) {
      if (chosen.search) await filter.getByRole('searchbox').fill(chosen.search)
      await filter
        .getByRole('checkbox', { name: new RegExp(chosen.tick) })
        .first()
        .check()
    } else if ('type' in chosen) {
      await filter.getByRole('combobox').or(filter.getByRole('textbox')).first().fill(chosen.type)
      await filter.getByRole('option', { name: chosen.choose }).click()
    } else {
      await filter.getByLabel('Desde').fill(chosen.from)
      await filter.getByLabel('Hasta').fill(chosen.to)
      await filter.getByRole('button', { name: 'Aplicar' }).click()
    }
  }
  const leave = async (page: Page, width: WidthName): Promise<void> => {
    if (width === 'narrow') await page.getByRole('dialog').getByRole('button', { name: 'Ver resultados' }).click()
    else await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  }
  const found = (page: Page, total: number) =>
    page.waitForFunction((count) => document.querySelectorAll('[data-row-link]').length === count, total)

  describe.each(searches)('$entity', ({ entity, filters, found: wanted, last, without }) => {
    it.each(['wide', 'narrow'] as const)(
      `${entity === 'inmueble' ? '[FM-5.2-1] ' : ''}five filters together, kept in the address, cleared one by one (%s)`,
      async (width) => {
        const { page, context, problems } = await open(entity, width)
        for (const [name, chosen] of Object.entries(filters)) {
          const filter = await openFilter(page, name, width)
          await choose(page, filter, chosen)
          if (width === 'wide') await leave(page, width)
        }
        if (width === 'narrow') {
          await look(page, `search-${entity}-sheet`)
          await leave(page, width)
        }
        await found(page, 1)
        await page.getByText(wanted).first().waitFor()
        const chips = filterGroup(page).getByRole('button', { name: /^Quitar el filtro/ })
        const showsChips = (count: number) => eventually(async () => expect(await chips.count()).toBe(count))
        await showsChips(5)
        expect(
          [...new URL(page.url()).searchParams.keys()].filter((key) => key.startsWith('filter.')).length,
        ).toBeGreaterThanOrEqual(5)
        await look(page, `search-${entity}`)

        // Into the record and back: the list is as it was.
        await page.locator('[data-row-link]').first().click()
        await page.getByRole('heading', { level: 1 }).filter({ hasText: wanted }).waitFor()
        await page.goBack()
        await found(page, 1)
        await showsChips(5)

        await page.getByRole('button', { name: `Quitar el filtro ${last}` }).click()
        await found(page, without.length)
        for (const name of without) await page.getByText(name).first().waitFor()
        for (let left = 4; left > 0; left -= 1) {
          await showsChips(left)
          await chips.last().click()
        }
        await showsChips(0)
        await page.waitForURL((url) => ![...url.searchParams.keys()].some((key) => key.startsWith('filter.')))
        expect(problems).toEqual([])
        await context.close()
      },
      120_000,
    )
  })

  it('of two changes in quick succession neither is lost, nor a key typed while the list follows', async () => {
    const { page, context, problems } = await open('equipo', 'wide')
    await page.goto('/registros/equipo?filter.categoria=hvac&filter.departamento=15&filter.marca=Daikin')
    const chips = page.locator('[aria-label^="Quitar el filtro"]')
    await chips.nth(2).waitFor()
    // Faster than any hand: the second before the page has been painted after the first.
    await chips.evaluateAll(async (buttons) => {
      for (const button of buttons.slice(0, 2)) {
        ;(button as HTMLElement).click()
        for (let turn = 0; turn < 50; turn += 1) await Promise.resolve()
      }
    })
    await page.waitForFunction(() => document.querySelectorAll('[aria-label^="Quitar el filtro"]').length === 1)

    const search = page.getByRole('searchbox', { name: /^Buscar en/ })
    const typed = 'ventilador de'
    for (const key of typed) {
      await search.press(key === ' ' ? 'Space' : key)
      await page.waitForTimeout(key === 'i' ? 320 : 5)
    }
    await page.waitForFunction((text) => new URL(location.href).searchParams.get('q') === text, typed)
    expect(await search.inputValue()).toBe(typed)
    await page.goBack()
    await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[type=search]')?.value === '')
    expect(problems).toEqual([])
    await context.close()
  })

  it('[FM-5.2-1] every filter of properties opens as a list to choose from', async () => {
    const { page, context, problems } = await open('inmueble', 'wide')
    const { list } = (await (await context.request.get('/api/entities/inmueble')).json()) as {
      list: { filters: { title: string }[] }
    }
    expect(list.filters.length).toBeGreaterThanOrEqual(7)
    for (const { title } of list.filters) {
      const filter = await openFilter(page, title, 'wide')
      // What is not chosen by ticking proposes the values there are.
      const box = filter.getByRole('combobox').or(filter.getByRole('textbox')).first()
      const choice = filter.getByRole('group').getByRole('checkbox').first()
      await choice.or(box).first().waitFor()
      if (await choice.isVisible()) await page.getByRole('dialog').press('Escape')
      else {
        await box.click()
        await filter.getByRole('option').first().waitFor()
        await box.press('Escape')
      }
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)(
    '[FM-4.8-2] the search by RUC proposes the clients’ numbers that contain what is typed (%s)',
    async (width) => {
      const { page, context, problems } = await open('cliente', width)
      const filter = await openFilter(page, 'RUC (Registro Único de Contribuyentes)', width)
      const box = filter.getByRole('combobox').or(filter.getByRole('textbox')).first()
      await box.click()
      await filter.getByRole('option').nth(3).waitFor()
      await box.fill('84371')
      await filter.getByRole('option', { name: '20601843715' }).waitFor()
      await page.waitForFunction(() => document.querySelectorAll('[role=option]').length === 1)
      await look(page, 'search-ruc')
      await filter.getByRole('option', { name: '20601843715' }).click()
      if (width === 'narrow') await leave(page, width)
      await found(page, 1)
      await page.getByText('Inmobiliaria Altamar S.A.C.').first().waitFor()
      expect(new URL(page.url()).searchParams.get('filter.ruc')).toBe('20601843715')
      expect(problems).toEqual([])
      await context.close()
    },
  )
})

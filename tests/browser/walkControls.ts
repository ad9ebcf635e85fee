import { expect, it } from '@jest/globals'
import type { Locator, Page } from 'playwright-core'
import { foldText } from '#forms'
import { tags, type FieldRow, type Ids } from '../modules/FieldRow.ts'
import { eventually } from '../setup/eventually.ts'
import { fieldOf } from './fillForm.ts'
import { openSection } from './harness.ts'

/**
 * Writes the tests of what a table of fields says of the screen: which fields are lists that open, in which of them
 * typing narrows what is offered, which are boxes to tick, which nobody types. `open` answers the page with the empty form of the module.
 */
export function walkControls(open: () => Promise<Page>, rows: readonly FieldRow[]): void {
  for (const row of rows) {
    const place = async (): Promise<{ page: Page; input: Locator }> => {
      const page = await open()
      await openSection(page, row.section)
      return { page, input: fieldOf(page.getByRole('main'), row.title) }
    }
    if (row.dropdown)
      it(`${tags(row.dropdown)} "${row.title}" is a list that opens`, async () => {
        const { page, input } = await place()
        await input.click()
        await eventually(async () => {
          const offered = await page.getByRole('option').allInnerTexts()
          if (row.offers) expect(offered).toEqual(row.offers[1])
          else expect(offered.length).toBeGreaterThan(1)
        })
        await page.keyboard.press('Escape')
      })
    if (row.shown)
      it(`${tags(row.shown)} "${row.title}" is shown, and not asked for`, async () => {
        const { page, input } = await place()
        await page.getByRole('main').getByText(row.title, { exact: true }).first().waitFor()
        expect(await input.count()).toBe(0)
      })
    if (row.searchable) {
      const [ids, { type, finds }] = row.searchable
      it(`${tags(ids)} typing «${type}» in the list "${row.title}" finds ${finds}`, async () => {
        const { page, input } = await place()
        await input.click()
        await input.fill(type)
        await page.waitForFunction((wanted) => {
          const shown = [...document.querySelectorAll<HTMLElement>('[role=option]')].filter((one) =>
            one.checkVisibility(),
          )
          return shown.length > 0 && shown.length < 5 && shown[0]!.innerText.includes(wanted)
        }, finds)
        await page.keyboard.press('Escape')
      })
    }
    if (row.narrowed) {
      const [ids, { by, chosen, offers, hides }] = row.narrowed
      it(`${tags(ids)} "${row.title}" offers only what belongs to "${by}"`, async () => {
        const { page, input } = await place()
        await fieldOf(page.getByRole('main'), by).click()
        await page.getByRole('option', { name: chosen, exact: true }).click()
        // Chosen once more it stays chosen.
        await fieldOf(page.getByRole('main'), by).click()
        await page.getByRole('option', { name: chosen, exact: true }).click()
        await eventually(async () => expect(await fieldOf(page.getByRole('main'), by).inputValue()).toBe(chosen))
        await input.click()
        // A district says which province it lies in.
        const option = (name: string) => page.getByRole('option', { name: new RegExp(`^${name}( \\(|$)`) })
        await option(offers).first().waitFor()
        await eventually(async () => expect(await option(hides).count()).toBe(0))
        await page.keyboard.press('Escape')
      })
    }
    if (row.checkbox)
      it(`${tags(row.checkbox)} "${row.title}" is a box to tick`, async () => {
        const { input } = await place()
        expect(await input.getAttribute('type')).toBe('checkbox')
        await input.check()
        expect(await input.isChecked()).toBe(true)
        await input.uncheck()
      })
  }
}

/** Writes the test that every closed list of a form can be searched: what is typed, without accents, leaves only what has it. */
export function walkSearch(open: () => Promise<Page>, ids: Ids, rows: readonly FieldRow[]): void {
  it.each(
    rows
      .filter(({ dropdown, offers, catalog }) => dropdown && (offers ?? catalog))
      .map((row) => [row.title, row] as const),
  )(`${tags(ids)} the list "%s" is searched by typing`, async (_, row) => {
    const page = await open()
    await openSection(page, row.section)
    const input = fieldOf(page.getByRole('main'), row.title)
    await input.click()
    await page.getByRole('option').first().waitFor()
    const offered = await page.getByRole('option').allInnerTexts()
    const wanted = foldText(offered.at(-1) ?? '')
    await input.fill(wanted)
    await page
      .getByRole('option')
      .nth(offered.length - 1)
      .waitFor({ state: 'hidden' })
    const left = await page.getByRole('option').allInnerTexts()
    expect(left).toContain(offered.at(-1))
    for (const text of left) expect(foldText(text)).toContain(wanted)
    await page.keyboard.press('Escape')
  })
}

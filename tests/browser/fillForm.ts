import type { Locator, Page } from 'playwright-core'
import { openSection } from './harness.ts'

/** A text is typed; `{ pick }` is chosen from the list that opens, after typing `typed` where that is given. */
export type Entry = string | { pick: string | RegExp; typed?: string }

/** Fills a form as people do, section by section: fields by their labels. */
export async function fillForm(page: Page, sections: Record<string, Record<string, Entry>>): Promise<void> {
  for (const [section, fields] of Object.entries(sections)) {
    await openSection(page, section)
    for (const [title, entry] of Object.entries(fields)) await fillIn(fieldOf(page.getByRole('main'), title), entry)
  }
}

/** The field with this label, with nothing behind it but the mark of a mandatory field. */
export const fieldOf = (within: Page | Locator, title: string): Locator =>
  within.getByLabel(new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}[\\s*]*$`)).first()

export async function fillIn(field: Locator, entry: Entry): Promise<void> {
  if (typeof entry === 'string') return field.fill(entry)
  await field.click()
  if (entry.typed !== undefined) await field.fill(entry.typed)
  await field
    .page()
    .getByRole('option', { name: entry.pick, exact: typeof entry.pick === 'string' })
    .filter({ visible: true })
    .first()
    .click()
}

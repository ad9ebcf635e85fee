import type { Locator, Page } from 'playwright-core'
import { openSection } from './harness.ts'

/** A text is typed; `{ pick }` is chosen from the list that opens, after typing `typed` where that is given. */
export type Entry = string | { pick: string | RegExp; typed?: string }
/** Section → label → what is put there. */
export type Sections = Record<string, Record<string, Entry>>

/** Fills a form as people do, section by section: fields by their labels. `form`: a window, else the page. */
export async function fillForm(page: Page, sections: Sections, form: Locator = page.getByRole('main')): Promise<void> {
  for (const [section, fields] of Object.entries(sections)) {
    await openSection(form, section)
    for (const [title, entry] of Object.entries(fields)) await fillIn(fieldOf(form, title), entry)
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

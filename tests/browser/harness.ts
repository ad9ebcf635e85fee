import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect } from '@jest/globals'
import type { RunOptions } from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Locator, type Page } from 'playwright-core'
import type { Running } from '../../engine/main.ts'
import { engineWords } from '../../ui/texts/engineWords.ts'
import { demoPassword } from '../http/harness.ts'
import { chromiumPath, hasBrowser } from '../setup/browserTools.mjs'
import { eventually } from '../setup/eventually.ts'
import { startProduct, type ProductOptions } from '../setup/startProduct.ts'

export { demoPassword, startProduct }

/** `describe` where there is a browser; where there is none, one line of the run's setup has said so. */
export const describeInBrowser = hasBrowser ? describe : describe.skip

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
}

/** What the tests of a file share; filled before the first of them. */
export interface Stage {
  product: Running
  browser: Browser
}

/** A product and a browser for all tests of a file, ended whatever happens in them. `prepare` runs once both are there. */
export function withProduct(
  options: ProductOptions | (() => Promise<ProductOptions>) = {},
  prepare: (stage: Stage) => Promise<void> = async () => {},
): Stage {
  const stage: Partial<Stage> = {}
  beforeAll(async () => {
    stage.product = await startProduct(typeof options === 'function' ? await options() : options)
    stage.browser = await launchBrowser()
    await prepare(stage as Stage)
  }, 120_000)
  afterAll(async () => {
    await stage.browser?.close()
    await stage.product?.stop()
  })
  return stage as Stage
}

/** The two widths every screen is looked at in. */
export const widths = { wide: { width: 1280, height: 800 }, narrow: { width: 360, height: 740 } } as const
export type WidthName = keyof typeof widths

export interface OpenPage {
  page: Page
  context: BrowserContext
  /** Exceptions, errors on the console and refusals of the content policy since the page was opened. */
  problems: string[]
}

/** A page as a person in Lima has it. `user`: a demo user (the part before the @) or any e-mail, signed in already. */
export async function openPage(
  browser: Browser,
  base: string,
  options: { width?: WidthName; user?: string } = {},
): Promise<OpenPage> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: widths[options.width ?? 'wide'],
    locale: 'es-PE',
    timezoneId: 'America/Lima',
    reducedMotion: 'reduce',
  })
  if (options.user) {
    const answer = await context.request.post('/api/session', {
      data: { email: options.user.includes('@') ? options.user : `${options.user}@demo.pe`, password: demoPassword },
      headers: { 'x-cauce': '1', origin: new URL(base).origin },
    })
    expect({ user: options.user, status: answer.status() }).toEqual({ user: options.user, status: 201 })
  }
  // Shorter than a test may take, so that what is missing is named.
  context.setDefaultTimeout(15_000)
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`))
  page.on('console', (message) => {
    // An answer of 4xx is the server's word, not a mistake of the page; the browser writes it down all the same.
    if (message.type() === 'error' && !/^Failed to load resource/.test(message.text()))
      problems.push(`console: ${message.text()}`)
  })
  return { page, context, problems }
}

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  id: string
  help: string
  nodes: { place: string; html: string }[]
}

/** Runs axe in the page. Only violations come back: all that it looked at is megabytes, and takes longer than looking. */
async function violationsOf(page: Page, where: string, only: RunOptions['runOnly']): Promise<Violation[]> {
  // evaluate, not a script element: the content policy stays as it is.
  if (!(await page.evaluate('"axe" in window'))) await page.evaluate(`${axeSource};0`)
  const options: RunOptions = { ...(only ? { runOnly: only } : {}), resultTypes: ['violations'] }
  return page.evaluate<Violation[]>(
    `axe.run(${where}, ${JSON.stringify(options)}).then(({ violations }) => violations.map(({ id, help, nodes }) => ({
      id, help, nodes: nodes.map(({ target, html }) => ({ place: target.join(' '), html })),
    })))`,
  )
}

/** No violation of WCAG 2.2 A and AA that axe can find on the page, once nothing of it is on its way any more. */
export async function expectAccessible(page: Page): Promise<void> {
  // What is folded away loads when it is opened.
  await page.waitForFunction(() =>
    [...document.querySelectorAll('[aria-busy="true"], [data-stale]')].every((one) => !one.checkVisibility()),
  )
  const violations = await violationsOf(
    page,
    // What stands behind an open window cannot be pressed, and is looked at before it opens.
    `[...document.querySelectorAll('[role=dialog][aria-modal=true]')].at(-1) ?? document`,
    ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'],
  )
  const found: string[] = []
  for (const { id, help, nodes } of violations)
    for (const { place, html } of nodes) {
      if (id === 'target-size' && (await isLargeInTheMiddle(page, place))) continue
      found.push(`${id} (${help}): ${place} ${html.slice(0, 200)}`)
    }
  expect(found).toEqual([])
}

/** A target half under a bar at the edge of the screen is as large as it is once scrolled to the middle. */
async function isLargeInTheMiddle(page: Page, selector: string): Promise<boolean> {
  await page
    .locator(selector)
    .first()
    .evaluate((target) => {
      target.scrollIntoView({ block: 'center' })
    })
  const again = await violationsOf(page, JSON.stringify(selector), { type: 'rule', values: ['target-size'] })
  return again.length === 0
}

/** Waits until the keyboard is in a window: a key pressed before goes to what lies under it. */
export async function hasKeyboard(window: Locator): Promise<void> {
  await eventually(async () =>
    expect(await window.evaluate((element) => element.contains(document.activeElement))).toBe(true),
  )
}

/** Nothing to scroll sideways: what a narrow screen must not need. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, shown } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }))
  expect(scroll).toBeLessThanOrEqual(shown)
}

/** Keeps a picture in .cache/screens, to be looked at; not where nobody will look (CI). */
export async function takePicture(page: Page, name: string): Promise<void> {
  if (process.env.CI) return
  const folder = resolve(import.meta.dirname, '../../.cache/screens')
  await mkdir(folder, { recursive: true })
  const width = page.viewportSize()?.width ?? 0
  await page.screenshot({ path: `${folder}/${name}.${width}.png`, fullPage: true })
}

/** The page as it stands can be read by everybody: axe, nothing sideways, no word of the engine; and a picture of it. */
export async function look(page: Page, picture: string): Promise<void> {
  await expectAccessible(page)
  await expectNoSidewaysScroll(page)
  const words = (await page.locator('main').first().innerText()).toLowerCase()
  expect(engineWords.filter((word) => new RegExp(`(?<![\\p{L}])${word}(?![\\p{L}])`, 'u').test(words))).toEqual([])
  await takePicture(page, picture)
}

/** Goes to a section of a form: in the index at the side, on a telephone in the list above; a short form shows all. `page` may be a window over it. */
export async function openSection(page: Page | Locator, title: string): Promise<void> {
  const heading = page.getByRole('heading', { name: title, level: 2 }).first()
  const index = page.getByRole('navigation', { name: 'Secciones' }).getByRole('button', { name: title })
  const picker = page.getByRole('combobox', { name: 'Secciones' })
  await heading.or(index).or(picker).first().waitFor()
  if (await heading.isVisible()) return
  if (await index.isVisible()) await index.click()
  else {
    // By its value: the label also says how the section stands, which changes by itself.
    await picker.selectOption(await picker.locator('option', { hasText: title }).first().getAttribute('value'))
  }
  await heading.waitFor()
}

import { mkdir } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect } from '@jest/globals'
import type { AxeResults } from 'axe-core'
import { chromium, type Browser, type BrowserContext, type Page } from 'playwright-core'
import { demoPassword } from '../http/harness.ts'
import { chromiumPath, hasBrowser } from '../setup/browserTools.mjs'

export { startProduct } from '../setup/startProduct.ts'
export { demoPassword }

/** `describe` where there is a browser; where there is none, one line of the run's setup has said so. */
export const describeInBrowser = hasBrowser ? describe : describe.skip

export async function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: chromiumPath,
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  })
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

/** A page as a person in Lima has it. `user`: the part before the @ of a demo user, signed in already. */
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
      data: { email: `${options.user}@demo.pe`, password: demoPassword },
      headers: { 'x-cauce': '1', origin: new URL(base).origin },
    })
    expect({ user: options.user, status: answer.status() }).toEqual({ user: options.user, status: 201 })
  }
  // Shorter than a test may take, so that what is missing is named.
  context.setDefaultTimeout(8000)
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

/** No violation of WCAG 2.2 A and AA that axe can find on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  // evaluate, not a script element: the content policy stays as it is.
  await page.evaluate(axeSource)
  const results = await page.evaluate<AxeResults>(
    "axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })",
  )
  const found = results.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ target, html }) => `${id} (${help}): ${target.join(' ')} ${html.slice(0, 200)}`),
  )
  expect(found).toEqual([])
}

/** Nothing to scroll sideways: what a narrow screen must not need. */
export async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const { scroll, shown } = await page.evaluate(() => ({
    scroll: document.documentElement.scrollWidth,
    shown: document.documentElement.clientWidth,
  }))
  expect(scroll).toBeLessThanOrEqual(shown)
}

/** Keeps a picture in .cache/screens, to be looked at. */
export async function takePicture(page: Page, name: string): Promise<string> {
  const folder = resolve(import.meta.dirname, '../../.cache/screens')
  await mkdir(folder, { recursive: true })
  const width = page.viewportSize()?.width ?? 0
  const path = `${folder}/${name}.${width}.png`
  await page.screenshot({ path, fullPage: true })
  return path
}

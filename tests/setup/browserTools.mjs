// Is there a browser to test with? Its own file, because both the setup of the run and the tests ask.
import { existsSync } from 'node:fs'

// The one without windows and menus of its own opens a page for less than half the work.
const known = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium']
export const chromiumPath = process.env.CHROMIUM ?? known.find((path) => existsSync(path)) ?? known[0]
export const hasBrowser = existsSync(chromiumPath)

/** Says once per run that browser tests are left out; with REQUIRE_TOOLS=1 that is a failure. */
export function announceBrowser() {
  if (hasBrowser) return
  const message = `NO BROWSER: ${chromiumPath} does not exist, the browser tests are SKIPPED (apt-get install chromium-headless-shell)`
  if (process.env.REQUIRE_TOOLS === '1') throw new Error(message)
  console.warn(`\n*** ${message} ***`)
}

// Runs once before all tests. bpmnlint is CommonJS and requires the ESM-only min-dash, which Jest's
// loader refuses: a CommonJS build of it is made here and mapped in jest.config.js.
import { build } from 'esbuild'
import { announceBrowser } from './browserTools.mjs'
import { startStore } from './startStore.mjs'

export default async function globalSetup() {
  announceBrowser()
  await build({
    entryPoints: ['min-dash'],
    bundle: true,
    format: 'cjs',
    outfile: '.cache/jest-cjs/min-dash.cjs',
    logLevel: 'error',
  })
  await startStore()
}

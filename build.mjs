// Builds dist/: the pages (Vite: staff, portal) and the programs (esbuild). `npm install` runs it once; with --watch it
// stays, builds again on every change and restarts the server (`npm run dev`).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))
const isWatching = process.argv.includes('--watch')
/** Vite sets NODE_ENV for its own build; the server started here must not inherit that. */
const environment = { ...process.env }

const programs = {
  server: 'engine/main.server.ts',
  portal: 'engine/main.portal.ts',
  store: 'engine/persistence/embedded/main.ts',
  storeWorker: 'engine/persistence/embedded/worker.ts',
  storeExport: 'engine/persistence/embedded/tools/export.cli.ts',
  storeBackup: 'engine/persistence/embedded/tools/backup.cli.ts',
  storeRestore: 'engine/persistence/embedded/tools/restore.cli.ts',
  storeImport: 'engine/persistence/embedded/tools/import.cli.ts',
  sheetWriter: 'engine/exports/sheetWriter.ts',
  sheetReader: 'engine/imports/reader/main.ts',
  auditVerify: 'engine/audit/verify/verify.cli.ts',
}
const pages = { staff: 'ui/workspace/index.html', portal: 'ui/portal/index.html' }

const started = performance.now()
const tools = await loadTools()
if (!tools) {
  // `npm install --omit=dev` on a machine that received dist/ ready made.
  console.log('The build tools are not installed: dist/ is left as it is.')
} else if (isWatching) {
  await Promise.all([...present(pages).map(([mode]) => buildPage(mode)), watchPrograms()])
} else {
  await Promise.all([...present(pages).map(([mode]) => buildPage(mode)), buildPrograms()])
  console.log(`dist/ built in ${((performance.now() - started) / 1000).toFixed(1)} s`)
}

async function loadTools() {
  try {
    return { esbuild: await import('esbuild'), vite: await import('vite') }
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return null
    throw error
  }
}

/** What a checkout does not hold (yet) is said, not built. */
function present(entries) {
  return Object.entries(entries).filter(([name, path]) => {
    const exists = existsSync(`${root}${path}`)
    if (!exists) console.warn(`build: ${name} is left out, ${path} does not exist`)
    return exists
  })
}

function programOptions() {
  return {
    absWorkingDir: root,
    entryPoints: present(programs).map(([out, path]) => ({ in: path, out })),
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    packages: 'external',
    // What is imported on demand stays in a file of its own: with MONGODB_URI nothing of the embedded store is loaded.
    splitting: true,
    chunkNames: 'part-[hash]',
    sourcemap: true,
    logLevel: 'warning',
  }
}

async function buildPrograms() {
  await tools.esbuild.build(programOptions())
}

async function buildPage(mode) {
  await tools.vite.build({
    configFile: `${root}vite.config.ts`,
    mode,
    logLevel: 'warn',
    build: isWatching ? { watch: {}, minify: false } : {},
  })
}

async function watchPrograms() {
  let server = null
  const restart = {
    name: 'restart',
    setup(build) {
      build.onEnd(async ({ errors }) => {
        if (errors.length > 0) return
        await stop(server)
        server = spawn(process.execPath, ['--enable-source-maps', 'dist/server.mjs'], {
          cwd: root,
          env: environment,
          stdio: 'inherit',
        })
      })
    },
  }
  const context = await tools.esbuild.context({ ...programOptions(), plugins: [restart] })
  await context.watch()
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.on(signal, async () => {
      await stop(server)
      process.exit(0)
    })
  }
}

/** The store's folder belongs to one server at a time: the next one starts when this one has gone. */
async function stop(child) {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const gone = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await gone
}

/**
 * `npm run definitions [pack folder…]`: the static checks of the packs, on the console. Exit code 1 when there is an
 * error. Without arguments: every pack of definitions/ and the one of tests/toy.
 */
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Finding } from './types.ts'
import { checkPack, readPackFiles, type CheckOptions } from './pack/index.ts'
import { packFolders } from './pack/packFolders.ts'

interface PluginRegistry {
  serverPlugins: { name: string; functions?: object; services?: object; actions?: object }[]
}

/**
 * Packs name plugins, which live in a room that imports this one: their registry is loaded by its path, not imported.
 */
async function loadPlugins(): Promise<CheckOptions['plugins']> {
  const registry = (await import(pathToFileURL(path.resolve('plugins/server.ts')).href)) as PluginRegistry
  return Object.fromEntries(
    registry.serverPlugins.map(({ name, functions = {}, services = {}, actions = {} }) => [
      name,
      { functions: Object.keys(functions), services: Object.keys(services), actions: Object.keys(actions) },
    ]),
  )
}

function print(folder: string, finding: Finding): void {
  const place = `${path.join(folder, finding.file)}${finding.at ? `  ${finding.at}` : ''}`
  const mark = finding.severity === 'error' ? 'error' : 'aviso'
  console.log(`${mark}  ${finding.code}  ${place}\n       ${finding.message}${finding.cure ? `. ${finding.cure}` : ''}`)
}

const plugins = await loadPlugins()
const folders = process.argv.length > 2 ? process.argv.slice(2) : await packFolders()
let errors = 0
for (const folder of folders) {
  const findings = await checkPack(await readPackFiles(folder), { ...(plugins && { plugins }) })
  findings.forEach((finding) => print(folder, finding))
  const wrong = findings.filter(({ severity }) => severity === 'error').length
  console.log(`${folder}: ${wrong} errores, ${findings.length - wrong} avisos`)
  errors += wrong
}
if (errors > 0) process.exitCode = 1

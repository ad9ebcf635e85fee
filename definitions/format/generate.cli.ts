/**
 * `npm run generate`: TypeScript types of the entities of each pack, into definitions/format/generated/<pack>.ts.
 * With `--check` nothing is written; exit code 1 when a file is not what it should be.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { format, resolveConfig } from 'prettier'
import { typesFor } from '#forms/typegen'
import { parsePack, readPackFiles } from './pack/index.ts'
import { packFolders } from './pack/packFolders.ts'

const folder = path.join('definitions', 'format', 'generated')
const isCheck = process.argv.includes('--check')
if (!isCheck) await mkdir(folder, { recursive: true })
for (const packFolder of await packFolders()) {
  const { pack, findings } = parsePack(await readPackFiles(packFolder))
  if (!pack) throw new Error(`${packFolder}: ${findings.map(({ message }) => message).join('; ')}`)
  const file = path.join(folder, `${pack.manifest.name}.ts`)
  const options = (await resolveConfig(file)) ?? {}
  const text = await format(await typesFor(pack.entities), { ...options, parser: 'typescript' })
  if (!isCheck) await writeFile(file, text)
  else if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    console.log(`${file} is not up to date: npm run generate`)
    process.exitCode = 1
  }
}

import { access, readdir } from 'node:fs/promises'
import path from 'node:path'

/** Folders with a pack.json, from the root of the project: those of definitions/ and the toy pack of the tests. */
export async function packFolders(): Promise<string[]> {
  const folders = await readdir('definitions', { withFileTypes: true })
  const own = folders.filter((folder) => folder.isDirectory()).map((folder) => path.join('definitions', folder.name))
  const found = await Promise.all(
    [...own, path.join('tests', 'toy')].map(async (folder) => ((await isPack(folder)) ? folder : null)),
  )
  return found.filter((folder) => folder !== null)
}

function isPack(folder: string): Promise<boolean> {
  return access(path.join(folder, 'pack.json')).then(
    () => true,
    () => false,
  )
}

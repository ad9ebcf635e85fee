import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parsePack, readPackFiles } from '#definitions/pack'
import { compilePack } from '../engine/packs/index.ts'
import { permissionTable } from './permissionTable.ts'

/** Frozen: role × thing × action × field of the whole pack. `UPDATE_PERMISSIONS=1` writes it anew. */
describe('the rights of the pack fm', () => {
  it('[FM-D-005] are those of docs/permissions-fm.md', async () => {
    const { pack } = parsePack(await readPackFiles(resolve('definitions/fm')))
    const table = permissionTable(await compilePack(pack!, 1, 'America/Lima'))
    const file = resolve('docs/permissions-fm.md')
    if (process.env.UPDATE_PERMISSIONS === '1') await writeFile(file, table)
    expect(table).toBe(await readFile(file, 'utf8'))
  })
})

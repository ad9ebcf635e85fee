import { isAbsolute } from 'node:path'
import { doc, type Doc } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { Engine } from './command.ts'

/**
 * `{ storeBackup: DIRECTORY }` on `admin`, for the store's own tool: a compact copy into a new directory of the
 * machine, while everything goes on. Waits, so it is no command of the table.
 * @throws StoreError 13 where the port is open to everybody, 2 and 8 for a directory that will not do
 */
export async function backup(engine: Engine, database: string, body: Doc): Promise<Doc> {
  if (database !== 'admin' || !engine.backup) throw new StoreError(13, 'not authorized to execute storeBackup')
  const directory = body.get('storeBackup')
  if (typeof directory !== 'string' || !isAbsolute(directory))
    throw new StoreError(2, "'storeBackup' must be an absolute path")
  try {
    await engine.backup(directory)
  } catch (error) {
    if (error instanceof StoreError) throw error
    throw new StoreError(8, (error as Error).message)
  }
  return doc({})
}

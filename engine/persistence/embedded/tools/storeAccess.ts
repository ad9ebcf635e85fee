import { existsSync } from 'node:fs'
import { isDoc, doc, type Doc, type Value } from '../bson/values.ts'
import { dispatch } from '../commands/dispatch.ts'
import { DataDirectory, StoreLockedError } from '../dataDirectory.ts'
import { openEngine, type RunningEngine } from '../openEngine.ts'
import { checkDataFile } from '../storage/checkDataFile.ts'
import { Disk } from '../storage/disk.ts'
import { WireClient } from '../wire/client.ts'

/** A way to run commands on a store, running or not. */
export interface StoreAccess {
  /** @throws Error when the store answers with an error */
  run(database: string, command: Record<string, Value | undefined>): Promise<Doc>
  close(): Promise<void>
}

/**
 * Opens the data directory, or talks to the store that has it open.
 * @throws Error for a directory without data, unless it may be `fresh`
 */
export async function accessStore(dataDir: string, { fresh = false } = {}): Promise<StoreAccess> {
  if (!fresh && !existsSync(dataDir)) throw new Error(`${dataDir} holds no data: --data names the folder of the store`)
  try {
    return await accessFiles(dataDir)
  } catch (error) {
    if (!(error instanceof StoreLockedError) || !error.uri) throw error
    return accessRunning(error.uri)
  }
}

async function accessFiles(dataDir: string): Promise<StoreAccess> {
  const directory = await DataDirectory.open(dataDir)
  let running: RunningEngine
  try {
    checkDataFile(directory.dataPath, { thorough: directory.wasLeftOpen })
    const disk = new Disk(directory.dataPath, true)
    running = openEngine(disk, { log: () => undefined, testCommands: false })
    running.engine.backup = (target) => DataDirectory.writeBackup(target, (path) => disk.backup(path))
  } catch (error) {
    directory.release()
    throw error
  }
  const connection = { id: 0, appName: undefined, authenticated: true, conversation: undefined }
  return {
    async run(database, command) {
      const body = doc({ ...command, $db: database })
      const request = { id: 0, body, sections: new Map(), silent: false, legacy: false }
      return checked(await dispatch(running.engine, request, connection))
    },
    async close() {
      await running.close()
      directory.release()
    },
  }
}

async function accessRunning(uri: string): Promise<StoreAccess> {
  const client = await WireClient.connect(uri)
  return {
    run: async (database, command) => checked(await client.command(doc({ ...command, $db: database }))),
    close: () => {
      client.close()
      return Promise.resolve()
    },
  }
}

function checked(reply: Doc | undefined): Doc {
  const errors = reply?.get('writeErrors')
  const first = Array.isArray(errors) && isDoc(errors[0]) ? errors[0] : undefined
  if (reply?.get('ok') !== 1 || first)
    throw new Error(String((first ?? reply)?.get('errmsg') ?? 'no answer from the store'))
  return reply
}

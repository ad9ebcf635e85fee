import { createHash } from 'node:crypto'
import { MongoClient, type Db } from 'mongodb'
import { pino } from 'pino'
import { MovableClock } from '../../engine/clock.ts'
import type { Config } from '../../engine/config.ts'
import { createContext } from '../../engine/context.ts'
import { PackRegistry, putPacks } from '../../engine/packs/index.ts'
import { Store } from '../../engine/persistence/index.ts'
import { prepareInstallation } from '../../engine/prepareInstallation.ts'

type Demo = 'records' | 'none'

/**
 * Fills an empty database with the packs and their demo. To write a demo record by record takes seconds: the first test
 * file of a run does it and keeps a copy in the store, those after it take the copy. Indexes are made at the start.
 */
export async function loadDatabase(config: Config, databaseUri: string, demo: Demo): Promise<void> {
  const { packs, packsDir, baseUrl, portalBaseUrl, mailFrom, secretKey, timeZone } = config
  // All that what is written may depend on.
  const key = createHash('sha256')
    .update(JSON.stringify([packs, packsDir, demo, baseUrl, portalBaseUrl, mailFrom, secretKey, timeZone]))
    .digest('hex')
  const client = await MongoClient.connect(databaseUri)
  try {
    const loaded = client.db(`${process.env.CAUCE_TEST_RUN}_loaded_${key.slice(0, 12)}`)
    if (await loaded.collection<{ _id: string }>('complete').findOne({ _id: key })) {
      await copy(loaded, client.db())
      return
    }
    await prepare(config, databaseUri, demo)
    // Another file may be keeping its copy at this moment.
    const begun = await loaded
      .collection<{ _id: string }>('begun')
      .insertOne({ _id: key })
      .catch(() => null)
    if (!begun) return
    await copy(client.db(), loaded)
    await loaded.collection<{ _id: string }>('complete').insertOne({ _id: key })
  } finally {
    await client.close()
  }
}

async function prepare(config: Config, databaseUri: string, demo: Demo): Promise<void> {
  const store = await Store.open(databaseUri)
  try {
    const ctx = createContext({ store, config, clock: new MovableClock(), log: pino({ level: config.logLevel }) })
    putPacks(ctx, new PackRegistry(config.packs))
    await prepareInstallation(ctx, demo)
  } finally {
    await store.close()
  }
}

async function copy(from: Db, to: Db): Promise<void> {
  const collections = await from.listCollections({}, { nameOnly: true }).toArray()
  await Promise.all(
    collections
      .filter(({ name }) => name !== 'begun' && name !== 'complete')
      .map(async ({ name }) => {
        const documents = await from.collection(name).find().toArray()
        if (documents.length > 0) await to.collection(name).insertMany(documents)
      }),
  )
}

import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { readConfig } from '../../engine/config.ts'
import { start, type Running } from '../../engine/main.ts'
import { backupStore } from '../../engine/persistence/embedded/tools/backupStore.ts'
import { restoreStore } from '../../engine/persistence/embedded/tools/restoreStore.ts'
import { People, startContract } from './contractCase.ts'

/** Backup and restore of the embedded store under the product, while people work. */
const WRITERS = 5
const directory = mkdtempSync(join(tmpdir(), 'cauce-backup-'))
let product: Running | undefined

const open = (dataDir: string): Promise<Running> =>
  start(
    readConfig({
      PORT: '0',
      PORTAL_PORT: '0',
      DATA_DIR: dataDir,
      LOG_LEVEL: 'error',
      PACKS_DIR: resolve('definitions'),
    }),
    { demo: 'records' },
  )

interface Counts {
  contracts: number
  instances: number
  openTasks: number
  codes: string[]
}

/** What the pages would show, and what belongs together. */
async function countsOf({ ctx }: Running): Promise<Counts> {
  const records = await ctx.db.records('contrato').find({})
  const instances = await ctx.db.instances.find({ process: 'contrato' })
  expect(new Set(instances.map((instance) => instance.record?.id))).toEqual(new Set(records.map(({ _id }) => _id)))
  return {
    contracts: records.length,
    instances: instances.length,
    openTasks: await ctx.db.tasks.count({ status: 'open', node: 'iniciarRevision' }),
    codes: records.map(({ data }) => data.codigo as string).sort(),
  }
}

beforeAll(async () => {
  product = await open(join(directory, 'first'))
}, 60_000)

afterAll(async () => {
  await product?.stop()
  rmSync(directory, { recursive: true, force: true })
})

it('copies one moment of a running product with five writers; restored, every case is whole', async () => {
  const people = new People(product!)
  await startContract(people)
  let begun = 1
  let acknowledged = 1
  let working = true
  const writers = Array.from({ length: WRITERS }, async () => {
    while (working) {
      begun++
      await startContract(people)
      acknowledged++
    }
  })
  while (acknowledged < 4 * WRITERS) await sleep(20)
  const store = (data: string): string => join(directory, data, 'store')
  const before = acknowledged
  await backupStore(store('first'), join(directory, 'copy'))
  const after = begun
  working = false
  await Promise.all(writers)
  await expect(backupStore(store('first'), join(directory, 'copy'))).rejects.toThrow(/holds a data file already/)

  await restoreStore(store('second'), join(directory, 'copy'))
  await expect(restoreStore(store('second'), join(directory, 'copy'))).rejects.toThrow(/move it away first/)
  const restored = await open(join(directory, 'second'))
  try {
    const counts = await countsOf(restored)
    expect(counts.contracts).toBeGreaterThanOrEqual(before)
    expect(counts.contracts).toBeLessThanOrEqual(after)
    expect(counts).toMatchObject({ instances: counts.contracts, openTasks: counts.contracts })
    const numbers = counts.codes.map((code) => Number(/(\d+)$/.exec(code)?.[1]))
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index))
    // The work goes on where it was: the next code follows, with the counter of that same moment.
    await startContract(new People(restored))
    expect(await countsOf(restored)).toMatchObject({ contracts: counts.contracts + 1 })
  } finally {
    await restored.stop()
  }
}, 120_000)

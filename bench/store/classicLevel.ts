/**
 * The same operations on classic-level (LevelDB) with JSON, which one might pick instead: a library in this process, so
 * without a socket, an index kept by hand in the batch of each write, no transactions beyond a batch. Prints its
 * measurements as one line of JSON. Started by bench/store.ts, in a process of its own.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ClassicLevel } from 'classic-level'
import { DOCUMENTS, GROUP, measure, random, sample } from './load.ts'

const folder = mkdtempSync(join(tmpdir(), 'cauce-bench-level-'))
const level = new ClassicLevel<string, string>(folder)
const padded = (number: number): string => String(number).padStart(10, '0')
const documentKey = (id: number): string => `d:${padded(id)}`
type Put = { type: 'put'; key: string; value: string }
const putsOf = (number: number): Put[] => {
  const document = sample(number)
  return [
    { type: 'put', key: documentKey(number), value: JSON.stringify(document) },
    { type: 'put', key: `name:${document.name}`, value: padded(number) },
    { type: 'put', key: `group:${padded(document.group)}:${padded(document.at)}:${padded(number)}`, value: '' },
  ]
}
const parsed = async (key: string): Promise<unknown> => JSON.parse((await level.get(key))!)

for (let start = 0; start < DOCUMENTS; start += 1000)
  await level.batch(Array.from({ length: 1000 }, (_, index) => putsOf(start + index)).flat())

async function page(): Promise<void> {
  const prefix = `group:${padded(Math.floor(random() / GROUP))}:`
  const keys = await level.keys({ gte: prefix, lt: `${prefix}~`, limit: 25 }).all()
  for (const value of await level.getMany(keys.map((key) => `d:${key.split(':')[3]}`))) JSON.parse(value!)
}

let next = DOCUMENTS
const twenty = Array.from({ length: 20 })
const hundred = Array.from({ length: 100 })
const measured = [
  await measure('read by _id', twenty, () => parsed(documentKey(random()))),
  await measure('read by unique index', twenty, async () =>
    parsed(`d:${await level.get(`name:${sample(random()).name}`)}`),
  ),
  await measure('page of 25 by index, sorted', [0], page),
  await measure('insert, durable', hundred, () => level.batch(putsOf(next++), { sync: true })),
]
await level.close()
rmSync(folder, { recursive: true, force: true })
process.stdout.write(`${JSON.stringify(measured)}\n`)

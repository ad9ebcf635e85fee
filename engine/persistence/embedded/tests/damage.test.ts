import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { MongoClient } from 'mongodb'
import {
  closeSync,
  cpSync,
  existsSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Programs } from '../../../../tests/setup/programs.ts'

/** Files as a crash of the machine or a bad disk leaves them. CAUCE_ROUNDS says how many are tried. */
const rounds = Number(process.env.CAUCE_ROUNDS ?? 12)
const PAGE = 4096
const directory = mkdtempSync(join(tmpdir(), 'cauce-damage-'))
const whole = join(directory, 'whole')
const damaged = join(directory, 'damaged')
let programs: Programs

beforeAll(async () => {
  programs = await Programs.build({ store: 'engine/persistence/embedded/main.ts' })
  const store = programs.start('store', { args: ['--data', whole, '--quiet'] })
  const client = await MongoClient.connect(await store.firstLine)
  const rows = client.db('d').collection('rows')
  for (let batch = 0; batch < 20; batch++)
    await rows.insertMany(Array.from({ length: 100 }, (_, n) => ({ batch, n, text: 'x'.repeat(n * 10) })))
  await rows.createIndex({ batch: 1, n: 1 })
  await client.close()
  // Not stopped: the next start reads the file through.
  store.child.kill('SIGKILL')
  await store.exit
}, 60_000)

afterAll(() => {
  programs.remove()
  rmSync(directory, { recursive: true, force: true })
})

type Damage = (file: string, pages: number, random: (below: number) => number) => void

function overwrite(file: string, page: number, bytes: Buffer): void {
  const handle = openSync(file, 'r+')
  writeSync(handle, bytes, 0, bytes.length, page * PAGE)
  closeSync(handle)
}

function pageOf(file: string, page: number): Buffer {
  const bytes = Buffer.alloc(PAGE)
  const handle = openSync(file, 'r')
  readSync(handle, bytes, 0, PAGE, page * PAGE)
  closeSync(handle)
  return bytes
}

const DAMAGES: [string, Damage][] = [
  ['lost its end', (file, pages, random) => truncateSync(file, random(pages * PAGE))],
  ['a page of zeros', (file, pages, random) => overwrite(file, random(pages), Buffer.alloc(PAGE))],
  ['a page of anything', (file, pages, random) => overwrite(file, random(pages), Buffer.alloc(PAGE, 0x5a))],
  [
    'a page in the place of another',
    (file, pages, random) => overwrite(file, random(pages), pageOf(file, random(pages))),
  ],
  ['a page written by half', (file, pages, random) => overwrite(file, random(pages), Buffer.alloc(PAGE / 2, 0xff))],
]

async function outcomeOf(): Promise<string> {
  const store = programs.start('store', { args: ['--data', damaged, '--quiet'] })
  const uri = await store.firstLine.catch(() => undefined)
  if (uri === undefined) {
    const line = store.errors.trim()
    return (await store.exit) === 1 && /^The data file .* is damaged: .* Restore it from a backup\.$/.test(line)
      ? 'refused'
      : `ended badly: ${line}`
  }
  const client = await MongoClient.connect(uri)
  const found = await client.db('d').collection('rows').find().toArray()
  const { valid } = await client.db('d').command({ validate: 'rows' })
  await client.close()
  store.child.kill('SIGTERM')
  return found.length === 2000 && valid && (await store.exit) === 0 ? 'whole' : `lost ${2000 - found.length} documents`
}

it(
  `refuses every file whose pages do not fit together, ${rounds} times, and never ends by a signal`,
  async () => {
    let seed = 7
    const random = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below
    const outcomes: Record<string, number> = {}
    for (let round = 0; round < rounds; round++) {
      if (existsSync(damaged)) rmSync(damaged, { recursive: true })
      cpSync(whole, damaged, { recursive: true, filter: (path) => !path.endsWith('.sock') })
      const file = join(damaged, 'data.mdb')
      const [name, damage] = DAMAGES[round % DAMAGES.length]!
      damage(file, Math.floor(statSync(file).size / PAGE), random)
      const outcome = await outcomeOf()
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1
      // A page nothing points to may hold anything.
      expect({ name, outcome }).toEqual({ name, outcome: expect.stringMatching(/^(refused|whole)$/) })
    }
    expect(outcomes.refused).toBeGreaterThan(rounds / 2)
  },
  30_000 + rounds * 5000,
)

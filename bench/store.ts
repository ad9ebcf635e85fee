/**
 * Speed of the embedded store by itself: raw requests over its unix socket, the client's own work left out as far as
 * one process allows. `npx tsx bench/store.ts [connections]`
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build } from 'esbuild'
import { doc, int32, ObjectIdValue, type Doc, type Value } from '../engine/persistence/embedded/bson/values.ts'
import { WireClient } from '../engine/persistence/embedded/wire/client.ts'

const MILLISECONDS = 2000
const DOCUMENTS = 20_000
const connections = Number(process.argv[2] ?? 20)

const directory = mkdtempSync(join(tmpdir(), 'cauce-bench-'))
const program = join('.cache', `bench-store-${process.pid}.mjs`)
await build({
  entryPoints: ['engine/persistence/embedded/main.ts'],
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  packages: 'external',
  outfile: program,
})
const child = spawn(process.execPath, [program, '--data', join(directory, 'data'), '--quiet'], {
  stdio: ['ignore', 'pipe', 'inherit'],
})
const uri = await new Promise<string>((resolve) => {
  createInterface({ input: child.stdout }).once('line', resolve)
})
const clients = await Promise.all(Array.from({ length: connections }, () => WireClient.connect(uri)))

let next = 0
const sample = (number: number): Doc =>
  doc({
    _id: int32(number),
    name: `name ${number}`,
    group: int32(number % 100),
    at: new ObjectIdValue(Buffer.alloc(12, number)),
    text: 'x'.repeat(300),
  })
const run = async (client: WireClient, command: Record<string, Value>): Promise<Doc> => {
  const reply = await client.command(doc({ ...command, $db: 'bench' }))
  if (reply.get('ok') !== 1 || reply.has('writeErrors')) throw new Error(String(reply.get('errmsg') ?? 'write error'))
  return reply
}
const random = (): number => Math.floor(Math.random() * DOCUMENTS)

async function measure(
  name: string,
  used: number,
  operation: (client: WireClient) => Promise<unknown>,
  each = 1,
): Promise<void> {
  const until = performance.now() + MILLISECONDS
  let count = 0
  await Promise.all(
    clients.slice(0, used).map(async (client) => {
      while (performance.now() < until) {
        await operation(client)
        count += each
      }
    }),
  )
  console.log(
    `${name.padEnd(44)} ${String(used).padStart(4)} connections ${Math.round((count * 1000) / MILLISECONDS)
      .toLocaleString('en')
      .padStart(9)}/s`,
  )
}

const [first] = clients
await run(first!, {
  createIndexes: 'c',
  indexes: [
    doc({ key: doc({ name: int32(1) }), name: 'name', unique: true }),
    doc({ key: doc({ group: int32(1) }), name: 'group' }),
  ],
})
for (let start = 0; start < DOCUMENTS; start += 1000)
  await run(first!, { insert: 'c', documents: Array.from({ length: 1000 }, (_, index) => sample(start + index)) })
next = DOCUMENTS

const operations: [string, (client: WireClient) => Promise<unknown>, number?][] = [
  ['ping', (client) => run(client, { ping: int32(1) })],
  ['find by _id', (client) => run(client, { find: 'c', filter: doc({ _id: int32(random()) }), limit: int32(1) })],
  [
    'find by unique index',
    (client) => run(client, { find: 'c', filter: doc({ name: `name ${random()}` }), limit: int32(1) }),
  ],
  [
    'find 20 by index',
    (client) => run(client, { find: 'c', filter: doc({ group: int32(random() % 100) }), limit: int32(20) }),
  ],
  ['insert, durable', (client) => run(client, { insert: 'c', documents: [sample(next++)] })],
  [
    'insert of 100, durable (documents)',
    (client) => run(client, { insert: 'c', documents: Array.from({ length: 100 }, () => sample(next++)) }),
    100,
  ],
  [
    'update by _id, durable',
    (client) =>
      run(client, {
        update: 'c',
        updates: [doc({ q: doc({ _id: int32(random()) }), u: doc({ $inc: doc({ n: int32(1) }) }) })],
      }),
  ],
  [
    'findAndModify by unique index, durable',
    (client) =>
      run(client, {
        findAndModify: 'c',
        query: doc({ name: `name ${random()}` }),
        update: doc({ $set: doc({ n: int32(random()) }) }),
      }),
  ],
]
for (const [name, operation, each] of operations)
  for (const used of [1, connections]) await measure(name, used, operation, each)

const scanned = await run(first!, { count: 'c', query: doc({ text: doc({ $gt: 'y' }) }) })
const started = performance.now()
await run(first!, { count: 'c', query: doc({ text: doc({ $gt: 'y' }) }) })
console.log(`scan of ${next} documents: ${Math.round(performance.now() - started)} ms (${String(scanned.get('ok'))})`)
const grouping = performance.now()
await run(first!, {
  aggregate: 'c',
  pipeline: [doc({ $group: doc({ _id: '$group', n: doc({ $sum: int32(1) }) }) })],
  cursor: new Map(),
})
console.log(`$group of ${next} documents: ${Math.round(performance.now() - grouping)} ms`)

for (const client of clients) client.close()
child.kill('SIGTERM')
await new Promise((resolve) => child.once('exit', resolve))
rmSync(directory, { recursive: true, force: true })
rmSync(program)

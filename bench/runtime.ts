/**
 * The whole product under load: durable store, audit on, mail sent to a sink. This process is the load generator (and the
 * mail sink); the store and each server are processes of their own. Contracts are walked over HTTP along the story
 * "straight-through": each step lists the open tasks and completes one; what is timed is the request that completes.
 * `BENCH_CONTRACTS` (default 20) contracts per measurement, `BENCH_TASKS` (default 100000) open tasks for the inbox.
 */
import { calculateObjectSize } from 'bson'
import { MongoClient, type Db, type Document } from 'mongodb'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import type { StoryDefinition } from '#definitions'
import type { Answer } from '../tests/http/Visitor.ts'
import { Cluster } from '../tests/long/Cluster.ts'
import { PatientUser } from '../tests/long/PatientUser.ts'
import type { Program } from '../tests/long/Program.ts'
import { walkStory } from '../tests/long/walkStory.ts'

const contracts = Number(process.env.BENCH_CONTRACTS ?? 20)
const openTasks = Number(process.env.BENCH_TASKS ?? 100_000)
const story = JSON.parse(readFileSync('definitions/fm/stories/straight-through.json', 'utf8')) as StoryDefinition
const stepsPerContract = story.steps.filter((step) => step.complete !== undefined).length

let times: number[] = []
class TimedUser extends PatientUser {
  override async post(path: string, body: unknown): Promise<Answer> {
    const at = performance.now()
    const answer = await super.post(path, body)
    if (path.endsWith('/complete')) times.push(performance.now() - at)
    return answer
  }
}

const part = (values: number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? 0
/** Seconds of CPU that a process has used (utime + stime of /proc, 100 ticks per second). */
const cpuOf = (program: Program): number => {
  const fields = readFileSync(`/proc/${program.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  return (Number(fields[11]) + Number(fields[12])) / 100
}

const rows: Record<string, string | number>[] = []
/** Shown at once too: a run that is cut short has told what it knew. */
function tell(row: Record<string, string | number>): void {
  rows.push(row)
  console.log(JSON.stringify(row))
}

async function measure(what: string, cluster: Cluster, work: () => Promise<void>): Promise<number> {
  times = []
  const programs = [...cluster.servers, cluster.store]
  const before = programs.map(cpuOf)
  const own = process.cpuUsage()
  const at = performance.now()
  await work()
  const seconds = (performance.now() - at) / 1000
  const used = programs.map((program, index) => (((cpuOf(program) - (before[index] ?? 0)) / seconds) * 100).toFixed(0))
  const generator = process.cpuUsage(own)
  const rate = times.length / seconds
  tell({
    what,
    'steps/s': rate.toFixed(1),
    'p50 ms': part(times, 0.5).toFixed(0),
    'p95 ms': part(times, 0.95).toFixed(0),
    'CPU % servers': used.slice(0, -1).join(' + '),
    'CPU % store': used.at(-1) ?? '',
    'CPU % generator': ((generator.user + generator.system) / seconds / 10_000).toFixed(0),
  })
  return rate
}

async function names(db: Db): Promise<Map<string, string>> {
  const client = await db.collection('records_cliente').findOne({ 'data.razonSocial': /altamar/i })
  return new Map([['@altamar', String(client?._id)]])
}

/** Walks so many contracts, `atOnce` at a time, with people of their own. */
async function walk(cluster: Cluster, db: Db, count: number, atOnce: number): Promise<void> {
  const known = await names(db)
  let left = count
  const worker = async (): Promise<void> => {
    while (left-- > 0) await walkStory({ story, names: known, before: () => Promise.resolve(), user: userOf(cluster) })
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

const users = new Map<Cluster, Map<string, TimedUser>>()
function userOf(cluster: Cluster): (name: string) => TimedUser {
  const known = users.get(cluster) ?? new Map<string, TimedUser>()
  users.set(cluster, known)
  return (name) => {
    const user = known.get(name) ?? new TimedUser(cluster, name, Math.random)
    known.set(name, user)
    return user
  }
}

/** Contracts arrive at a rate that asks for so many steps per second, whether the ones before are done or not. */
async function arrive(cluster: Cluster, db: Db, count: number, stepsPerSecond: number): Promise<void> {
  const known = await names(db)
  const walks: Promise<unknown>[] = []
  for (let index = 0; index < count; index++) {
    walks.push(walkStory({ story, names: known, before: () => Promise.resolve(), user: userOf(cluster) }))
    await sleep((-Math.log(1 - Math.random()) * stepsPerContract * 1000) / stepsPerSecond)
  }
  await Promise.all(walks)
}

async function bytesPerContract(db: Db): Promise<{ bytes: number; parts: string }> {
  const ended = (await db.collection('instances').find({ status: 'completed' }).limit(20).toArray()) as Document[]
  const sizes = new Map<string, number>()
  const add = async (name: string, filter: Document): Promise<void> => {
    for await (const document of db.collection(name).find(filter))
      sizes.set(name, (sizes.get(name) ?? 0) + calculateObjectSize(document))
  }
  for (const instance of ended) {
    const { id, entity } = instance.record
    await add('instances', { _id: instance._id })
    for (const name of ['tasks', 'visits', 'requests']) await add(name, { instance: instance._id })
    for (const name of ['history', 'outbox']) await add(name, { 'record.entity': entity, 'record.id': id })
    await add('audit', { instance: instance._id })
    await add(`records_${entity}`, { _id: id })
    for (const name of ['records_documento', 'records_observacion']) await add(name, { 'data.contrato': id })
  }
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0)
  const parts = [...sizes].map(([name, size]) => `${name} ${Math.round(size / ended.length)}`).join(', ')
  return { bytes: total / ended.length, parts }
}

/** Copies of an open task, spread over a year of due dates; then the first page of the inbox, again and again. */
async function inbox(cluster: Cluster, db: Db): Promise<void> {
  const user = userOf(cluster)('facility.manager')
  await walkStory({
    story: { ...story, steps: story.steps.slice(0, 1) },
    names: await names(db),
    before: () => Promise.resolve(),
    user: userOf(cluster),
  })
  const model = await db.collection('tasks').findOne({ status: 'open' })
  if (!model) throw new Error('no open task')
  for (let made = 0; made < openTasks; made += 1000) {
    const copies = Array.from({ length: 1000 }, (_, index) => ({
      ...model,
      _id: randomUUID() as never,
      executionId: randomUUID(),
      dueAt: new Date(Date.now() + ((made + index) % 365) * 86_400_000),
    }))
    await db.collection('tasks').insertMany(copies)
  }
  for (const [title, path] of [
    ['first page', '/api/tasks?tab=mine&size=25'],
    ['page 100', '/api/tasks?tab=mine&size=25&page=100'],
    ['group', '/api/tasks?tab=group&size=25'],
  ] as const) {
    const taken: number[] = []
    for (let round = 0; round < 30; round++) {
      const at = performance.now()
      const { status } = await user.get(path)
      if (status !== 200) throw new Error(`${path}: ${status}`)
      taken.push(performance.now() - at)
    }
    tell({
      what: `inbox, ${title}, ${openTasks} open tasks`,
      'p50 ms': part(taken, 0.5).toFixed(0),
      'p95 ms': part(taken, 0.95).toFixed(0),
    })
  }
}

const cluster = new Cluster(Math.random, 1)
await cluster.start()
const client = new MongoClient(cluster.uri)
const db = client.db()
try {
  await walk(cluster, db, 3, 3)
  await measure('1 server, 1 user', cluster, () => walk(cluster, db, Math.ceil(contracts / 2), 1))
  const most = await measure('1 server, 20 users', cluster, () => walk(cluster, db, Math.max(contracts, 20), 20))
  await measure(`1 server, arrivals at ${(most / 2).toFixed(1)} steps/s`, cluster, () =>
    arrive(cluster, db, contracts, most / 2),
  )
  await cluster.addServer()
  await walk(cluster, db, 4, 4)
  await measure('2 servers, 20 users', cluster, () => walk(cluster, db, Math.max(contracts, 20), 20))
  const { bytes, parts } = await bytesPerContract(db)
  await inbox(cluster, db)
  console.table(rows)
  console.log(`bytes per finished contract: ${Math.round(bytes)} (${parts})`)
} finally {
  await client.close()
  await cluster.stop(false)
}

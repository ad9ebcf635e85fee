/**
 * Engine against engine, each with its database: completing a user task through its programming interface, everything
 * written durably. Ours writes what the product writes (record, task, history, audit); `bpmn-server` its instance and
 * items. Both use our store in a process of its own, and this process is the one server. `bpmn-server` is no dependency
 * of the project; where it is measured: `npm install --prefix DIR --ignore-scripts bpmn-server@2.3.8` and
 * `BENCH_BPMN_SERVER=DIR`. Run with `npx tsx bench/engines.ts [steps]` (default 100 per size).
 */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { readConfig } from '../engine/config.ts'
import { as } from '../engine/context.ts'
import { actorOf } from '../engine/access/index.ts'
import { start } from '../engine/main.ts'
import { startProcess } from '../engine/processes/index.ts'
import { completeTask } from '../engine/tasks/index.ts'
import { benchModel } from './models.ts'

/** The greatest that may be published has 150 elements; larger ones are measured in memory (advance.ts). */
const sizes = [26, 102, 146]
const steps = Number(process.argv[2] ?? 100)
const folder = mkdtempSync(join(tmpdir(), 'cauce-bench-'))

const part = (times: number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * share)] ?? 0
const rows: Record<string, string | number>[] = []
function tell(who: string, nodes: number, times: number[]): void {
  const seconds = times.reduce((sum, time) => sum + time, 0) / 1000
  rows.push({
    nodes,
    who,
    'p50 ms': part(times, 0.5).toFixed(1),
    'p95 ms': part(times, 0.95).toFixed(1),
    'steps/s': (times.length / seconds).toFixed(1),
  })
  console.log(JSON.stringify(rows.at(-1)))
}

async function startStore(): Promise<{ child: ChildProcess; uri: string }> {
  const script = resolve('engine/persistence/embedded/main.ts')
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', script, '--port', '0', '--no-auth', '--data', join(folder, 'store')],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  let text = ''
  const uri = await new Promise<string>((found, failed) => {
    child.stdout.on('data', (piece: Buffer) => {
      text += String(piece)
      const [address] = /mongodb:\/\/[^\s"]+/.exec(text) ?? []
      if (address) found(address)
    })
    child.once('exit', () => {
      failed(new Error(`the store did not start: ${text}`))
    })
  })
  return { child, uri }
}

/** A pack whose processes are the models: one entity, a form to begin and a form without fields for each task. */
function writePack(): string {
  const write = (path: string, content: unknown): void => {
    const file = join(folder, 'packs/bench', path)
    mkdirSync(join(file, '..'), { recursive: true })
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content))
  }
  write('pack.json', { name: 'bench', version: '1.0.0', title: 'Bench', plugins: [], menus: [] })
  write('roles.json', {
    roles: { chief: { title: 'Chief', protected: true }, worker: { title: 'Worker' } },
    can: { item: { worker: 'read create edit', chief: 'read' } },
  })
  write('entities/item.json', {
    title: 'Item',
    'x-title-plural': 'Items',
    type: 'object',
    'x-label': '{subject}',
    required: ['subject'],
    properties: {
      subject: { title: 'What', type: 'string', maxLength: 200 },
      status: { title: 'Status', type: 'string', oneOf: [{ const: 'Open', 'x-color': 'blue' }], 'x-state': true },
    },
    'x-list': { columns: ['subject', 'status'], filters: ['status'], search: ['subject'], sort: 'subject' },
  })
  write('forms/item.new.json', { title: 'New', entity: 'item', fields: ['subject'] })
  write('forms/item.step.json', { title: 'Step', entity: 'item', fields: [{ field: 'subject', readOnly: true }] })
  write('demo/demo.json', {
    users: [{ name: 'Will Worker', email: 'worker@bench.example', roles: ['worker'] }],
    records: {},
  })
  for (const nodes of sizes) write(`processes/p${nodes}.bpmn`, benchModel(nodes, 'cauce'))
  return join(folder, 'packs')
}

async function measureOurs(uri: string): Promise<void> {
  const config = readConfig({
    MONGODB_URI: uri,
    PACKS: 'bench',
    PACKS_DIR: writePack(),
    DATA_DIR: folder,
    PORT: '0',
    PORTAL_PORT: '0',
    LOG_LEVEL: 'error',
  })
  const product = await start(config, { demo: 'records' })
  try {
    const worker = await product.ctx.db.users.findOne({ roles: 'worker' })
    if (!worker) throw new Error('no worker')
    const ctx = as(product.ctx, actorOf(worker, '127.0.0.1', 'bench'))
    for (const nodes of sizes) {
      const times: number[] = []
      for (let warm = -20; times.length < steps;) {
        const started = await startProcess(ctx, { process: `p${nodes}`, data: { subject: 'A thing' } })
        let task = started.opened[0]?._id
        while (task !== undefined && times.length < steps) {
          const at = performance.now()
          const { next } = await completeTask(ctx, { task, outcome: 'ok', data: {} })
          if (warm++ >= 0) times.push(performance.now() - at)
          task = next[0]?.id
        }
      }
      tell('cauce', nodes, times)
    }
  } finally {
    await product.stop()
  }
}

interface Peer {
  engine: {
    start(model: string, data: object): Promise<PeerExecution>
    invoke(query: object, data: object): Promise<PeerExecution>
  }
}
interface PeerExecution {
  id: string
  getItems(): { elementId: string; type: string; status: string; id: string }[]
  errors?: unknown
}

async function measurePeer(directory: string, uri: string): Promise<void> {
  const peer = createRequire(join(resolve(directory), 'package.json'))('bpmn-server') as {
    BPMNServer: new (configuration: object, logger: object, options: object) => Peer
    Configuration: new (options: object) => object
    Logger: new (options: object) => object
    defaultConfiguration: Record<string, unknown>
  }
  const definitionsPath = join(folder, 'processes/')
  mkdirSync(definitionsPath, { recursive: true })
  for (const nodes of sizes) writeFileSync(join(definitionsPath, `p${nodes}.bpmn`), benchModel(nodes, 'bpmn-server'))
  const configuration = new peer.Configuration({
    ...peer.defaultConfiguration,
    definitionsPath,
    database: { MongoDB: { db_url: uri, db: 'bpmn_server' } },
  })
  const server = new peer.BPMNServer(configuration, new peer.Logger({ toConsole: false }), { cron: false })
  for (const nodes of sizes) {
    const times: number[] = []
    for (let warm = -20; times.length < steps;) {
      let execution = await server.engine.start(`p${nodes}`, {})
      for (;;) {
        const open = execution.getItems().find((item) => item.type === 'bpmn:UserTask' && item.status === 'wait')
        if (!open || times.length >= steps) break
        const at = performance.now()
        execution = await server.engine.invoke({ 'items.id': open.id }, { outcome: 'ok' })
        if (warm++ >= 0) times.push(performance.now() - at)
      }
    }
    tell('bpmn-server', nodes, times)
  }
}

const { child, uri } = await startStore()
try {
  await measureOurs(uri)
  const directory = process.env.BENCH_BPMN_SERVER
  if (directory) await measurePeer(directory, uri)
  else console.log('bpmn-server is not measured: BENCH_BPMN_SERVER is not set')
  console.table(rows)
} catch (error) {
  console.error(error)
  process.exitCode = 1
} finally {
  child.kill()
  await once(child, 'exit')
  rmSync(folder, { recursive: true, force: true })
  process.exit()
}

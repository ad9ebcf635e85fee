/**
 * One step of a process, in memory and without a database: `advance` beside stock bpmn-engine.
 * Each step takes up the saved state, completes the open user task, runs a service and a decision, and saves the state of
 * the next task. Run with `npx tsx bench/advance.ts [steps]`; prints medians in milliseconds.
 */
import { EventEmitter } from 'node:events'
import { Engine } from 'bpmn-engine'
import type { JsonObject } from '#forms'
import { advance } from '../engine/bpmn/advance.ts'
import { compileProcess } from '../engine/bpmn/compileProcess.ts'
import type { AdvanceResult, CompiledProcess } from '../engine/bpmn/types.ts'
import { benchModel } from './models.ts'

const sizes = [26, 102, 302]
const steps = Number(process.argv[2] ?? 40)

interface Measured {
  start: number
  step: number
  p95: number
  bytes: number
}
const median = (times: number[], part = 0.5): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * part)]!

async function measureOurs(nodes: number): Promise<Measured & { compile: number }> {
  const began = performance.now()
  const result = await compileProcess(benchModel(nodes, 'wf'))
  const compile = performance.now() - began
  if ('findings' in result) throw new Error(result.findings.map((finding) => finding.message).join('; '))
  const { definition } = result
  const starts: number[] = []
  const times: number[] = []
  let bytes = 0
  while (times.length < steps) {
    const started = performance.now()
    let last = await step(definition, null, { type: 'start', form: {} })
    let saved = JSON.stringify(last.state)
    starts.push(performance.now() - started)
    while (last.status === 'running' && times.length < steps) {
      const at = performance.now()
      const executionId = last.waits[0]!.executionId
      last = await step(definition, JSON.parse(saved) as JsonObject, {
        type: 'complete',
        executionId,
        outcome: 'ok',
        form: {},
      })
      saved = JSON.stringify(last.state)
      times.push(performance.now() - at)
      if (last.status === 'failed') throw new Error(last.error?.message)
      bytes = Math.max(bytes, saved.length)
    }
  }
  return { compile, start: median(starts), step: median(times), p95: median(times, 0.95), bytes }
}

function step(
  definition: CompiledProcess,
  state: JsonObject | null,
  event: Parameters<typeof advance>[0]['event'],
): Promise<AdvanceResult> {
  return advance({
    definition,
    state,
    event,
    facts: {
      record: { id: 'r1' },
      ref: {},
      vars: {},
      settings: {},
      actor: { id: null, roles: [], front: null },
      task: null,
    },
    functions: { 'bench.work': () => true },
    now: new Date(),
    timeZone: 'America/Lima',
    newId: () => 'id',
  })
}

async function measureStock(nodes: number): Promise<Measured> {
  const source = benchModel(nodes, 'bpmn-engine')
  const services = { work: (_scope: unknown, done: () => void) => done() }
  const starts: number[] = []
  const times: number[] = []
  let bytes = 0
  while (times.length < steps) {
    const started = performance.now()
    const fresh = new Engine({ name: 'bench', source, services, variables: { again: false } })
    let waiting = ''
    const listen = (): EventEmitter =>
      new EventEmitter().on('activity.wait', (api: { id: string }) => {
        waiting = api.id
      })
    await fresh.execute({ listener: listen() })
    let saved = JSON.stringify(await fresh.getState())
    starts.push(performance.now() - started)
    for (let round = 0; round < (nodes - 2) / 4 && times.length < steps; round++) {
      const at = performance.now()
      const engine = new Engine({ name: 'bench', services }).recover(JSON.parse(saved) as never)
      const execution = await engine.resume({ listener: listen() })
      execution.signal({ id: waiting })
      saved = JSON.stringify(await engine.getState())
      times.push(performance.now() - at)
      bytes = Math.max(bytes, saved.length)
    }
  }
  return { start: median(starts), step: median(times), p95: median(times, 0.95), bytes }
}

const rows: Record<string, string | number>[] = []
for (const nodes of sizes) {
  const ours = await measureOurs(nodes)
  const stock = await measureStock(nodes)
  const row = (who: string, { start, step, p95, bytes }: Measured, compile: number | string): void => {
    rows.push({
      nodes,
      who,
      'compile ms': compile,
      'start ms': start.toFixed(1),
      'step ms': step.toFixed(1),
      'p95 ms': p95.toFixed(1),
      'steps/s': Math.round(1000 / step),
      'state bytes': bytes,
    })
  }
  row('advance', ours, ours.compile.toFixed(0))
  row('bpmn-engine', stock, '')
}
console.table(rows)

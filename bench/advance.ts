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

const sizes = [26, 102, 302]
const steps = Number(process.argv[2] ?? 40)

/** Tasks in a row, each followed by a service and by a decision that may send the case back to the task. */
function model(nodes: number, dialect: 'wf' | 'stock'): string {
  const rounds = (nodes - 2) / 4
  const service =
    dialect === 'wf' ? 'wf:service="bench.work" wf:mode="inline"' : 'implementation="${environment.services.work}"'
  const condition = dialect === 'wf' ? 'language="feel">outcome = "again"' : '>${environment.variables.again}'
  const parts: string[] = []
  let last = 'start'
  const flow = (source: string, target: string, how = '/>'): void => {
    parts.push(`<sequenceFlow id="${source}_${target}" sourceRef="${source}" targetRef="${target}"${how}`)
  }
  for (let round = 0; round < rounds; round++) {
    const [merge, task, work, decide] = ['m', 't', 's', 'd'].map((kind) => `${kind}${round}`) as [
      string,
      string,
      string,
      string,
    ]
    parts.push(`<exclusiveGateway id="${merge}"/><userTask id="${task}"/><serviceTask id="${work}" ${service}/>`)
    const next = round + 1 < rounds ? `m${round + 1}` : 'end'
    parts.push(`<exclusiveGateway id="${decide}" default="${decide}_${next}"/>`)
    if (round === 0) flow(last, merge)
    flow(merge, task)
    flow(task, work)
    flow(work, decide)
    flow(
      decide,
      merge,
      `><conditionExpression xsi:type="tFormalExpression" ${condition}</conditionExpression></sequenceFlow>`,
    )
    flow(decide, next)
    last = decide
  }
  return `<?xml version="1.0"?><definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:wf="urn:cauce:bpmn:1" id="bench${nodes}" targetNamespace="urn:bench"><process id="p${nodes}" isExecutable="true"><startEvent id="start"/>${parts.join('')}<endEvent id="end"/></process></definitions>`
}

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
  const result = await compileProcess(model(nodes, 'wf'))
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
  const source = model(nodes, 'stock')
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

import type { TestInstance } from './testInstance.ts'
import type { AdvanceResult } from './types.ts'

/** Chooses a number from 0 to `count` - 1. */
export type Choose = (count: number) => number

/** The same numbers from the same seed, in every mode (mulberry32). */
export function chooser(seed: number): Choose {
  let state = seed >>> 0
  return (count) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * count)
  }
}

/** Something that can be done to an instance, named without execution ids so that runs compare. */
export interface Move {
  name: string
  run(instance: TestInstance): Promise<AdvanceResult>
}

/** All that could happen next, in a fixed order. */
export function movesOf(instance: TestInstance, outcomes: string[]): Move[] {
  const moves: Move[] = []
  for (const { executionId, node, kind, message, index } of instance.last.waits) {
    const at = index === undefined ? node : `${node}#${index}`
    const offered = instance.definition.nodes[node]?.outcomes.map((outcome) => outcome.key) ?? []
    if (kind === 'task')
      for (const outcome of offered.length ? offered : outcomes)
        moves.push({
          name: `complete ${at} ${outcome}`,
          run: (target) => target.step({ type: 'complete', executionId, outcome, form: {} }),
        })
    else if (kind === 'call') moves.push({ name: `return ${at}`, run: (target) => target.job(executionId, {}) })
    else if (message !== null)
      moves.push({
        name: `message ${at}`,
        run: (target) => target.step({ type: 'message', name: message, form: {}, executionId }),
      })
  }
  for (const executionId of instance.last.openJobs)
    moves.push({ name: `job ${nodeOf(executionId)}`, run: (target) => target.job(executionId, {}) })
  for (const { executionId, node } of instance.last.timers)
    moves.push({ name: `fire ${node}`, run: (target) => target.step({ type: 'timer', executionId }) })
  return moves.sort((left, right) => (left.name < right.name ? -1 : 1))
}

/** `send_0a1b2c_3` → `send_3`: the random part differs from run to run. */
const nodeOf = (executionId: string): string => executionId.replace(/_[0-9a-f]+(?=(_\d+)?$)/, '')

/** Walks at random until the end, an incident or `limit` steps; says what happened, without execution ids. */
export async function walk(instance: TestInstance, choose: Choose, outcomes: string[], limit = 40): Promise<string[]> {
  const trace: string[] = [report('start', await instance.start())]
  for (let step = 0; step < limit; step++) {
    const moves = instance.state === null && instance.options.mode !== 'live' ? [] : movesOf(instance, outcomes)
    const move = moves[moves.length ? choose(moves.length) : 0]
    if (!move) break
    const result = await move.run(instance)
    trace.push(report(move.name, result))
    if (result.status !== 'running') break
  }
  return trace
}

function report(name: string, result: AdvanceResult): string {
  const waits = result.waits.map(({ node, kind, index, title, assignee }) =>
    [node, kind, index, title, assignee].join(' '),
  )
  const timers = result.timers.map(({ node, dueAt }) => `${node} ${dueAt.toISOString()}`)
  const visits = result.visits.map(
    ({ node, event, cancelled }) => `${node}${cancelled ? '!' : event === 'enter' ? '>' : ''}`,
  )
  return [
    `${name}: ${result.status} ${result.error?.code ?? ''}`,
    waits.sort().join(', '),
    timers.sort().join(', '),
    result.openJobs.map(nodeOf).sort().join(', '),
    visits.join(' '),
    JSON.stringify([result.recordChanges, result.vars, result.states]),
  ].join(' | ')
}

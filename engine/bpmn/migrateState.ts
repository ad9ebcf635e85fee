import type { Json, JsonObject } from '#forms'
import { openProcess } from './compiledContext.ts'
import type { SavedState } from './savedState.ts'
import { openSession, resume, settle } from './session.ts'
import { StepFailure } from './stepFailure.ts'
import type { AdvanceResult, CompiledProcess, EngineState } from './types.ts'

export interface MigrateStateInput {
  state: EngineState
  from: CompiledProcess
  to: CompiledProcess
  /** Node id in `from` → node id in `to`; the others keep theirs. */
  mapping: Record<string, string>
  vars: JsonObject
  now: Date
  timeZone: string
}
export type MigratedState =
  | { result: AdvanceResult; problem: null }
  /** Why the case cannot go on in `to`, for people; `node`: where it stands in `from`. */
  | { result: null; problem: { node: string | null; message: string } }

/**
 * A waiting state, taken up by another version of its definition, in memory only. Everything that is open must be open
 * again, under the same execution id, at the node that the mapping says, of the same type and in the same scope; else
 * the case could stand there for ever without a word, and is refused. Boundary events that only the new version has begin
 * to count when their activity is entered the next time.
 */
export function migrateState(input: MigrateStateInput): MigratedState {
  const { from, to } = input
  const saved = input.state as unknown as SavedState
  const move = (node: string): string => input.mapping[node] ?? node
  try {
    for (const node of activeNodes(saved, from)) checkPlace(from, to, node, move)
    const moved: SavedState = {
      ...saved,
      hash: to.hash,
      engine: renamed(saved.engine, input.mapping) as JsonObject,
      waits: mapped(saved.waits, (wait) => ({ ...wait, node: move(wait.node) })),
      timers: mapped(saved.timers, (timer) => ({ ...timer, node: move(timer.node) })),
      jobs: mapped(saved.jobs, move),
    }
    const session = openSession(to, moved as unknown as EngineState)
    session.host.begin({
      definition: to,
      state: input.state,
      event: { type: 'claim', executionId: '' },
      facts: { record: {}, ref: {}, vars: input.vars, settings: {}, actor: nobody, task: null },
      functions: {},
      now: input.now,
      timeZone: input.timeZone,
      newId: () => '',
    })
    resume(session)
    const result = settle(session)
    const open = (state: SavedState): string =>
      JSON.stringify([placesOf(state.waits), placesOf(state.timers), Object.entries(state.jobs).sort()])
    if (result.state === null || open(result.state as unknown as SavedState) !== open(moved))
      throw new StepFailure('state-mismatch', null, 'En la otra versión no espera lo mismo')
    return { result, problem: null }
  } catch (error) {
    const { node = null, message } = error as Partial<StepFailure> & Error
    return { result: null, problem: { node, message } }
  }
}

const nobody = { id: null, roles: [], front: null }

/** Where something is open, and the sub-processes around it. */
function activeNodes(state: SavedState, from: CompiledProcess): Set<string> {
  const active = new Set<string>()
  const open = [...Object.values(state.waits), ...Object.values(state.timers)].map((entry) => entry.node)
  for (let node of [...open, ...Object.values(state.jobs)] as (string | null)[])
    for (; node !== null && !active.has(node); node = from.nodes[node]?.parent ?? null) active.add(node)
  return active
}

function checkPlace(from: CompiledProcess, to: CompiledProcess, node: string, move: (node: string) => string): void {
  const before = openProcess(from).nodes.get(node)
  const after = openProcess(to).nodes.get(move(node))
  const name = before?.name ?? node
  const refuse = (message: string): never => {
    throw new StepFailure('state-mismatch', node, message)
  }
  if (!before || !after) return refuse(`«${name}» ya no existe: diga a qué paso corresponde`)
  if (before.type !== after.type) return refuse(`«${name}» es ahora otra clase de paso`)
  if ((before.loop === null) !== (after.loop === null)) return refuse(`«${name}» ya no se repite igual`)
  const place = (parent: string | null): string | null => (parent === null ? null : move(parent))
  if (place(before.parent) !== after.parent || place(before.attachedTo) !== after.attachedTo)
    return refuse(`«${name}» está ahora dentro de otra parte del proceso`)
}

/** The library's state names nodes by whole values, never inside longer texts that it reads. */
function renamed(value: Json, mapping: Record<string, string>): Json {
  if (typeof value === 'string') return mapping[value] ?? value
  if (Array.isArray(value)) return value.map((entry) => renamed(entry, mapping))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renamed(entry, mapping)]))
}

const mapped = <T>(entries: Record<string, T>, change: (entry: T) => T): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, change(entry)]))

const placesOf = (entries: Record<string, { node: string }>): [string, string][] =>
  Object.entries(entries)
    .map(([id, { node }]): [string, string] => [id, node])
    .sort()

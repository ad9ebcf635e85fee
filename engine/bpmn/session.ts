import type { CompiledProcess, AdvanceInput, AdvanceResult, EngineState } from './types.ts'
import { applyEffects } from './applyEffects.ts'
import { openProcess } from './compiledContext.ts'
import type { Detour } from './detour.ts'
import { library, type ElementsDefinition } from './elements.ts'
import { hostExpressions, hostExtension, type HostHolder } from './hostElements.ts'
import { finishService } from './openTask.ts'
import { stateVersion, type SavedState } from './savedState.ts'
import { activeIds, sliceContext } from './slice.ts'
import { StepFailure } from './stepFailure.ts'
import { StepHost, type Parked } from './stepHost.ts'

/** A definition of bpmn-elements with its host. `advance` opens one per step and drops it afterwards. */
export interface Session {
  host: StepHost
  definition: ElementsDefinition
  state: SavedState | null
}

/**
 * Builds a definition for one step. All option objects are fresh: the library assigns recovered variables into the
 * ones it is given, so sharing them would leak data between instances.
 * @param options `whole`: do not slice (tests compare both); `detour`: ways of this step that are not the drawn ones
 */
export function openSession(
  compiled: CompiledProcess,
  state: EngineState | null,
  { whole = false, detour = null }: { whole?: boolean; detour?: Detour | null } = {},
): Session {
  const process = detour?.process ?? openProcess(compiled)
  const saved = state === null ? null : (state as unknown as SavedState)
  if (saved && saved.version !== stateVersion)
    throw new StepFailure('state-mismatch', null, 'El estado guardado es de otra versión')
  const host = new StepHost(process, saved, detour?.left ?? new Set())
  const holder: HostHolder = { current: host }
  const active = saved ? activeIds(saved.engine) : new Set(process.model.nodes.filter(isStart).map((node) => node.id))
  const environment = new library.Environment({
    // A parallel loop opens all its iterations at once, not fifty at a time.
    settings: { disableTrackState: true, batchSize: 10_000 },
    variables: {},
    output: {},
    services: {},
    timers: neverTimers(),
    scripts: { register: () => {}, getScript: () => {} },
    expressions: hostExpressions,
    extensions: { host: hostExtension },
    host: holder,
  })
  const definition = new library.Definition(new library.Context(sliceContext(process, active, whole), environment))
  return { host, definition, state: saved }
}

const isStart = (node: { type: string; parent: string | null }): boolean =>
  node.type === 'StartEvent' && node.parent === null

/** Timers of the library are never armed: due timers come back as events. */
const neverTimers = (): unknown => {
  const timers = { executing: [], register: () => timers, setTimeout: () => undefined, clearTimeout: () => undefined }
  return timers
}

/** Takes up a saved state: the library re-announces everything that is open. */
export function resume({ host, definition, state }: Session): void {
  if (!state) return
  watchErrors(host, definition)
  definition.recover(structuredClone(state.engine))
  definition.resume()
  const open = new Set([...host.parked.keys(), ...host.timers.keys()])
  const expected = [...Object.keys(state.waits), ...Object.keys(state.timers), ...Object.keys(state.jobs)]
  const missing = expected.find((id) => !open.has(id))
  if (missing || open.size !== expected.length)
    throw new StepFailure(
      'state-mismatch',
      null,
      `El estado guardado no corresponde al proceso (${missing ?? 'espera de más'})`,
    )
}

/** Lets the event of this step happen. */
export function act({ host, definition, state }: Session, input: AdvanceInput): void {
  const { event } = input
  switch (event.type) {
    case 'start': {
      if (state) throw new StepFailure('not-open', null, 'El proceso ya empezó')
      watchErrors(host, definition)
      const message = host.process.model.messages.find(({ id }) => id === event.reopens)
      const initial = host.process.model.initialState
      if (message) {
        applyEffects(host, message, ['complete'], host.facts.context(host.tokens.of(host.startToken), {}))
      } else if (initial !== null) {
        host.facts.setState(initial)
        host.states.push({ node: host.process.model.nodes.find(isStart)?.id ?? '', value: initial })
      }
      definition.run()
      return
    }
    case 'claim': {
      const parked = open(host, event.executionId, ['task'])
      applyEffects(host, parked.node, ['claim'], contextOf(host, parked))
      return
    }
    case 'complete': {
      const parked = open(host, event.executionId, ['task'])
      if (event.claimFirst) applyEffects(host, parked.node, ['claim'], contextOf(host, parked))
      const { outcome, form } = event
      const offered = parked.node.outcomes
      if (offered.length && !offered.some(({ key }) => key === outcome))
        throw new StepFailure('outcome', parked.node.id, `La tarea no ofrece el resultado «${outcome}»`)
      decide(host, parked, { outcome, form, task: input.facts.task })
      applyEffects(host, parked.node, ['complete', `outcome:${outcome}`], contextOf(host, parked))
      host.close(event.executionId)
      parked.finish(null, { outcome, form, actor: host.facts.actorId })
      return
    }
    case 'message': {
      const parked = [...host.parked].find(
        ([id, wait]) =>
          wait.message === event.name &&
          (wait.kind === 'message' || wait.kind === 'receive') &&
          (event.executionId === undefined || event.executionId === id),
      )
      if (!parked) throw new StepFailure('not-open', null, `El proceso no espera el mensaje «${event.name}»`)
      const [executionId, wait] = parked
      decide(host, wait, { form: event.form })
      const message = host.process.model.messages.find(({ id }) => id === event.name)
      if (message) applyEffects(host, message, ['complete'], contextOf(host, wait))
      if (wait.kind === 'receive') applyEffects(host, wait.node, ['complete'], contextOf(host, wait))
      host.close(executionId)
      wait.finish(null, { form: event.form })
      return
    }
    case 'timer': {
      const timer = host.timers.get(event.executionId)
      if (!timer) throw new StepFailure('not-open', null, 'El temporizador ya no está abierto')
      timer.fire()
      return
    }
    case 'reschedule': {
      for (const [executionId, at] of Object.entries(event.due)) {
        const open = host.timers.get(executionId)?.saved ?? host.waits.get(executionId)
        if (!open) throw new StepFailure('not-open', null, 'Este plazo ya no corre')
        open.dueAt = at
      }
      return
    }
    case 'move': {
      const { executionId } = event
      const timer = host.timers.get(executionId)
      const parked = host.parked.get(executionId)
      host.close(executionId)
      if (parked) parked.finish(null, {})
      else if (timer) timer.fire()
      else throw new StepFailure('not-open', null, 'El trámite ya no espera aquí')
      return
    }
    case 'job': {
      const parked = open(host, event.executionId, ['job', 'call'])
      host.close(event.executionId)
      if (event.error) parked.finish(Object.assign(new Error(event.error.message), { code: event.error.code }))
      else finishService(host, parked, event.result ?? null)
    }
  }
}

function open(host: StepHost, executionId: string, kinds: Parked['kind'][]): Parked {
  const parked = host.parked.get(executionId)
  // Only the execution id counts: the library's own signals also match a task's node id, whatever round it is in.
  if (!parked || !kinds.includes(parked.kind)) throw new StepFailure('not-open', null, 'Esta tarea ya no está abierta')
  return parked
}

function decide(host: StepHost, parked: Parked, changes: Parameters<StepHost['tokens']['derive']>[1]): void {
  const token = host.tokens.derive(parked.content.message?.token ?? null, changes)
  host.decide(parked.rootId, token)
  parked.content = { ...parked.content, message: { token } }
}

const contextOf = (host: StepHost, parked: Parked): Record<string, unknown> =>
  host.contextOf(parked.activity, parked.content, parked.content.message?.token ?? null)

/** An error that nothing catches ends the definition; without a listener the library would throw it. */
function watchErrors(host: StepHost, definition: ElementsDefinition): void {
  definition.broker.subscribeTmp(
    'event',
    'definition.error',
    (_key, message) => {
      const error = message.content.error
      const reason = error?.message ?? 'Error sin descripción'
      const node = error?.source?.content?.id ?? null
      const code = error?.code ?? (/no conditional flow taken/.test(reason) ? 'no-flow' : 'engine')
      host.failure ??= new StepFailure(code, node, code === 'no-flow' ? `Ninguna salida de ${node} se cumple` : reason)
    },
    { noAck: true, consumerTag: '_host-error' },
  )
}

/** What the step has led to. */
export function settle({ host, definition }: Session): AdvanceResult {
  if (host.failure) throw host.failure
  const running = definition.isRunning
  if (running && !host.parked.size && !host.timers.size)
    throw new StepFailure('token-lost', null, 'El proceso sigue abierto, pero ya nada puede hacerlo avanzar')
  const waits = [...host.waits.values()]
  return {
    status: running ? 'running' : 'completed',
    state: running ? (saveState(host, definition) as unknown as EngineState) : null,
    recordChanges: host.facts.recordChanges,
    states: host.states,
    vars: host.facts.vars,
    waits: waits.map((wait) => ({ ...wait, dueAt: wait.dueAt === null ? null : new Date(wait.dueAt) })),
    timers: [...host.timers].map(([executionId, { saved }]) => ({
      executionId,
      node: saved.node,
      dueAt: new Date(saved.dueAt),
    })),
    jobs: host.jobs,
    openJobs: jobIds(host),
    effects: host.effects,
    visits: host.visits,
    ...(!running && host.uncaught ? { error: host.uncaught } : {}),
  }
}

const jobIds = (host: StepHost): string[] =>
  [...host.parked].filter(([, parked]) => parked.kind === 'job').map(([id]) => id)

function saveState(host: StepHost, definition: ElementsDefinition): SavedState {
  const text = JSON.stringify(definition.getState())
  return {
    version: stateVersion,
    hash: host.process.hash,
    engine: JSON.parse(text) as SavedState['engine'],
    tokens: host.tokens.save(text),
    waits: Object.fromEntries(host.waits),
    timers: Object.fromEntries([...host.timers].map(([id, { saved }]) => [id, saved])),
    jobs: Object.fromEntries(jobIds(host).map((id) => [id, host.parked.get(id)!.node.id])),
    loops: Object.fromEntries(host.loops),
  }
}

import type { Json, JsonObject } from '#forms'
import type { ModelNode } from '#definitions'
import { applyEffects } from './applyEffects.ts'
import { caughtBy } from './caughtBy.ts'
import type { OpenedProcess } from './compiledContext.ts'
import type { ElementsActivity, ElementsEnvironment, ElementsMessage, MessageContent, Placed } from './elements.ts'
import { plainWait } from './plainWait.ts'
import { localsOf, ownerToken, scopeIdOf, scopesOf } from './scopes.ts'
import type { SavedState, SavedTimer, SavedWait } from './savedState.ts'
import { StepFailure } from './stepFailure.ts'
import { Tokens } from './tokens.ts'
import type { AdvanceInput, AdvanceResult, Effect, JobRequest, Visit } from './types.ts'
import { WorkingFacts } from './workingFacts.ts'

/** A node that stands still until an event of the outside finishes it. */
export interface Parked {
  kind: 'task' | 'receive' | 'call' | 'job' | 'message' | 'signal'
  node: ModelNode
  activity: ElementsActivity
  content: MessageContent
  /** Execution id of the whole activity; differs from the own one for iterations and event definitions. */
  rootId: string
  /** Message that finishes it (kinds message and receive). */
  message: string | null
  finish(error: (Error & { code?: string }) | null, output?: Json): void
}
/** FEEL in a multi-instance loop, as the compiler leaves it in the library's context. */
export interface LoopExpression {
  feel: string
  use: 'collection' | 'cardinality' | 'completion'
  node: string
}
export interface OpenTimer {
  node: ModelNode
  activity: ElementsActivity
  rootId: string
  saved: SavedTimer
  fire(): void
}

/** More node entries than this in one step is a loop that waits for nobody; far below what overflows the stack. */
const maxEntries = 200

/**
 * What the library's objects call back into during a step: it keeps the open waits, timers and jobs, applies the
 * `wf` effects and remembers the first failure. It reaches them through `environment.options.host`.
 */
export class StepHost {
  failure: StepFailure | null = null
  readonly parked = new Map<string, Parked>()
  readonly timers = new Map<string, OpenTimer>()
  readonly waits: Map<string, SavedWait>
  readonly tokens: Tokens
  /** What loops run over, decided when they began. */
  readonly loops: Map<string, Json>
  /** Error end event at which the process ended, when nothing around it catches the error. */
  uncaught: AdvanceResult['error'] | null = null

  facts!: WorkingFacts
  visits: Visit[] = []
  effects: Effect[] = []
  jobs: JobRequest[] = []
  states: AdvanceResult['states'] = []
  private entries = 0
  startToken: string | null = null
  /** Token decided for an activity while it executes: execution id → token. */
  private readonly decided = new Map<string, string>()
  /** Last token that entered a node: scope and node → token. Event-based gateways do not hand it on themselves. */
  private readonly entered = new Map<string, string>()
  /** Last token that completed a node of a scope: what a sub-process hands on when it ends. */
  private readonly ended = new Map<string, string>()
  /** Activities between their entry and their end: → execution id, and whether it completed. */
  private readonly active = new Map<ElementsActivity, { executionId: string; completed: boolean }>()

  constructor(
    readonly process: OpenedProcess,
    readonly saved: SavedState | null,
    /** Nodes that this step leaves by a way that is not drawn (detour.ts). */
    private readonly left: ReadonlySet<string> = new Set(),
  ) {
    this.tokens = new Tokens(saved?.tokens ?? null)
    this.waits = new Map(Object.entries(saved?.waits ?? {}))
    this.loops = new Map(Object.entries(saved?.loops ?? {}))
  }

  /** Begins a step: everything that is reported per step starts empty. */
  begin(input: AdvanceInput): void {
    this.input = input
    this.facts = new WorkingFacts(input, this.process.model.variables)
    this.visits = []
    this.effects = []
    this.jobs = []
    this.states = []
    this.entries = 0
    if (input.event.type === 'start') this.startToken = this.tokens.derive(null, { form: input.event.form })
  }
  input!: AdvanceInput

  /** Runs a callback of the library; the first failure is kept, because the library may swallow the exception. */
  guard<T>(work: () => T): T {
    if (this.failure) throw this.failure
    try {
      return work()
    } catch (error) {
      this.failure ??= asFailure(error)
      throw this.failure
    }
  }

  fail(code: StepFailure['code'], node: string | null, message: string): never {
    throw new StepFailure(code, node, message)
  }

  nodeOf(activity: ElementsActivity): ModelNode {
    return this.process.nodes.get(activity.id) ?? this.fail('engine', activity.id, `No existe el nodo ${activity.id}`)
  }

  // ——— what the extension of each activity reports

  /** An activity was entered. Settles its token and runs its `enter` effects. */
  onEnter(activity: ElementsActivity, message: ElementsMessage): void {
    const node = this.nodeOf(activity)
    if (++this.entries > maxEntries)
      this.fail('too-long', node.id, `Más de ${maxEntries} pasos seguidos sin esperar a nadie`)
    const token = this.tokenOnEntry(activity, message.content)
    if (token !== null) {
      this.entered.set(placeOf(activity, node.id), token)
      if (message.content.message?.token !== token) formatToken(activity, 'run.start', token)
    }
    this.active.set(activity, { executionId: message.content.executionId, completed: false })
    if (node.type === 'BoundaryEvent') return // It only waits beside its activity; it is visited when it fires.
    if (this.left.has(node.id)) return
    this.visits.push({ node: node.id, event: 'enter' })
    const context = this.contextOf(activity, message.content, token)
    applyEffects(this, node, ['enter'], context)
    if (throwsAtOnce(node)) this.onPassed(activity, node, context)
  }

  /** End and throw events are done as soon as they are entered: what they throw may end the scope around them. */
  private onPassed(activity: ElementsActivity, node: ModelNode, context: Record<string, unknown>): void {
    this.active.get(activity)!.completed = true
    applyEffects(this, node, ['complete'], context)
    this.visits.push({ node: node.id, event: 'leave' })
    if (node.type === 'EndEvent') this.noteUncaught(node)
  }

  /** A running activity was taken up again from a saved state. */
  onResume(activity: ElementsActivity, message: ElementsMessage): void {
    this.active.set(activity, { executionId: message.content.executionId, completed: false })
    const token = message.content.message?.token
    if (token) this.entered.set(placeOf(activity, activity.id), token)
  }

  /** An activity has done its work and is about to choose its way out. */
  onCompleted(activity: ElementsActivity, content: MessageContent): void {
    const node = this.nodeOf(activity)
    const rootId = content.executionId
    const arrived = content.message?.token ?? null
    let token = this.decided.get(rootId) ?? arrived
    if (node.type === 'SubProcess') token = this.tokenOfEndedScopes(rootId) ?? token
    if (node.loop) {
      token = this.tokens.derive(token, { results: givenResults(content.output) })
    }
    const state = this.active.get(activity)
    if (state) state.completed = true
    if (this.left.has(node.id)) {
      if (node.type === 'StartEvent') return
      this.visits.push({ node: node.id, event: 'leave', cancelled: true })
      applyEffects(this, node, ['cancel'], this.contextOf(activity, content, arrived))
      return
    }
    if (node.type === 'BoundaryEvent') this.visits.push({ node: node.id, event: 'enter' })
    if (!isParkable(node) && !throwsAtOnce(node)) {
      const moments = node.type === 'BoundaryEvent' ? ['enter', 'complete'] : ['complete']
      applyEffects(this, node, moments, this.contextOf(activity, content, token))
    }
    if (!throwsAtOnce(node)) this.visits.push({ node: node.id, event: 'leave' })
    if (token !== null) {
      if (token !== arrived) formatToken(activity, 'run.end', token)
      this.ended.set(scopeIdOf(activity), token)
      if (activity.context.owner?.isMultiInstance) {
        const { outcome, form } = this.tokens.of(token)
        Object.assign(activity.environment.output, { outcome, form })
      }
    }
  }

  /**
   * An activity is over: it left, was discarded or was stopped. What is still open inside it is over too; the
   * library does not tell that of every activity inside a recovered sub-process.
   */
  onLeave(activity: ElementsActivity): void {
    const state = this.active.get(activity)
    if (!state) return
    this.active.delete(activity)
    for (const inner of [...this.active.keys()])
      if (scopesOf(inner).some((scope) => isUnder(scope, state.executionId))) this.onLeave(inner)
    this.forget(state.executionId)
    const node = this.nodeOf(activity)
    if (state.completed || node.type === 'BoundaryEvent') return
    this.visits.push({ node: node.id, event: 'leave', cancelled: true })
    const token = this.entered.get(placeOf(activity, node.id)) ?? null
    applyEffects(this, node, ['cancel'], this.contextOf(activity, null, token))
  }

  onFlow(flow: string): void {
    const source = this.process.flows.get(flow)?.source
    if (source === undefined || !this.left.has(source)) this.visits.push({ node: flow, event: 'leave', flow: true })
  }

  /** A signal catch event stands still until a signal is thrown inside the process; nobody outside finishes it. */
  onSignalWait(activity: ElementsActivity, content: MessageContent): void {
    const node = this.nodeOf(activity)
    const { executionId } = content
    this.park(executionId, {
      kind: 'signal',
      node,
      activity,
      content,
      rootId: executionId,
      message: null,
      finish: () => this.fail('not-open', node.id, 'Una señal solo la da el propio proceso'),
    })
    if (!this.waits.has(executionId)) this.waits.set(executionId, plainWait(node, content, 'signal', null))
  }

  /** Is this way out of a node taken? Only true and false are answers. */
  isTaken(flow: Placed, from: MessageContent): boolean {
    const { isDefault, condition } = this.process.flows.get(flow.id) ?? { isDefault: false, condition: null }
    if (isDefault || condition === null) return true
    const context = this.contextOf(flow, null, from.message?.token ?? null)
    const taken = this.evaluate(condition.text, context, flow.id)
    if (typeof taken !== 'boolean')
      this.fail('expression', flow.id, `La condición «${condition.text}» no da verdadero ni falso`)
    return taken
  }

  /** The list or number of a loop is decided once, when it begins; whether it is done, after each iteration. */
  resolveLoop({ feel, use, node }: LoopExpression, environment: ElementsEnvironment, content: MessageContent): Json {
    const id = `${use}/${content.executionId}`
    const known = use === 'completion' ? undefined : this.loops.get(id)
    if (known !== undefined) return known
    const place = this.placeIn(environment, node)
    const context = this.contextOf(place, content, content.message?.token ?? null)
    if (use === 'completion') context.results = givenResults(content.loopOutput)
    const value = this.evaluate(feel, context, node)
    if (use === 'completion' && typeof value !== 'boolean')
      this.fail('expression', node, `La condición de término «${feel}» no da verdadero ni falso`)
    if (use === 'collection' && !Array.isArray(value)) this.fail('expression', node, `«${feel}» no da una lista`)
    if (use === 'cardinality' && !(Number.isInteger(value) && (value as number) >= 0))
      this.fail('expression', node, `«${feel}» no da un número de repeticiones`)
    if (use !== 'completion') this.loops.set(id, value)
    return value
  }

  private placeIn(environment: ElementsEnvironment, node: string): Placed {
    const scope = environment.variables.content?.executionId
    for (const activity of this.active.keys())
      if (activity.id === node && activity.environment.variables.content?.executionId === scope) return activity
    return { id: node, environment, context: {} }
  }

  // ——— waits, timers and jobs

  /** Was this wait or job opened in an earlier step? */
  isKnown(executionId: string): boolean {
    return this.waits.has(executionId) || this.saved?.jobs[executionId] !== undefined
  }

  park(executionId: string, parked: Parked): void {
    this.parked.set(executionId, parked)
  }

  openTimer(executionId: string, timer: OpenTimer): void {
    this.timers.set(executionId, timer)
  }

  /** Drops what waits under an execution id: itself, its iterations and event definitions, and all inside it. */
  forget(executionId: string): void {
    for (const id of this.loops.keys()) if (isUnder(id.slice(id.indexOf('/') + 1), executionId)) this.loops.delete(id)
    for (const [id, entry] of [...this.parked, ...this.timers])
      if ([id, entry.rootId, ...scopesOf(entry.activity)].some((scope) => isUnder(scope, executionId))) this.close(id)
  }

  close(executionId: string): void {
    this.parked.delete(executionId)
    this.timers.delete(executionId)
    this.waits.delete(executionId)
  }

  decide(rootId: string, token: string): void {
    this.decided.set(rootId, token)
  }

  /** The names expressions of a node may use: the facts of its path and the elements of the loops around it. */
  contextOf(activity: Placed, content: MessageContent | null, token: string | null): Record<string, unknown> {
    const locals = localsOf(activity, content, (id) => this.process.nodes.get(id)?.loop?.elementVariable ?? null)
    return this.facts.context(this.tokens.of(token), locals)
  }

  evaluate(text: string, context: Record<string, unknown>, node: string): Json {
    return this.facts.evaluate(text, context, node)
  }

  private tokenOnEntry(activity: ElementsActivity, content: MessageContent): string | null {
    const own = content.message?.token
    if (own) return own
    const inbound = (content.inbound ?? []).flatMap((from) => {
      const source = from.sourceId ?? from.id
      const token = from.message?.token ?? (source ? this.entered.get(placeOf(activity, source)) : undefined)
      return token ? [token] : []
    })
    return Tokens.youngest(inbound) ?? ownerToken(activity) ?? this.startToken
  }

  private tokenOfEndedScopes(rootId: string): string | null {
    const ended = [...this.ended].filter(([scope]) => scope === rootId || scope.startsWith(`${rootId}_`))
    return Tokens.youngest(ended.map(([, token]) => token))
  }

  private noteUncaught(node: ModelNode): void {
    const thrown = node.events.find((event) => event.kind === 'error')
    if (!thrown || caughtBy(this.process, node) !== null) return
    const error = this.process.model.errors.find((candidate) => candidate.id === thrown.ref)
    this.uncaught = { code: error?.code ?? error?.id ?? 'error', node: node.id, message: error?.name ?? node.name }
  }
}

/** Results of the iterations that have ended, in the order of the list; those still open have left holes. */
const givenResults = (output: unknown): Json[] =>
  Array.isArray(output) ? (output as (Json | undefined)[]).filter((result) => result != null) : []

/** Execution ids of iterations and event definitions are those of their activity with `_0`, `_1` … behind. */
const isUnder = (id: string, executionId: string): boolean => id === executionId || id.startsWith(`${executionId}_`)

/** Nodes that end through `finishParked`, which runs their `complete` effects once per iteration. */
export const isParkable = (node: Pick<ModelNode, 'type'>): boolean =>
  ['UserTask', 'ReceiveTask', 'CallActivity', 'ServiceTask', 'SendTask', 'BusinessRuleTask'].includes(node.type)

export const asRecord = (value: Json): JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {}

const throwsAtOnce = (node: ModelNode): boolean => node.type === 'EndEvent' || node.type === 'IntermediateThrowEvent'

const placeOf = (activity: Placed, node: string): string => `${scopeIdOf(activity)}/${node}`

/** Lets the library put the token into the message it publishes next (its formatting exchange exists for this). */
function formatToken(activity: ElementsActivity, runKey: 'run.start' | 'run.end', token: string): void {
  activity.broker.publish('format', `${runKey}.token`, { message: { token } }, { persistent: false })
}

function asFailure(error: unknown): StepFailure {
  if (error instanceof StepFailure) return error
  if (error instanceof RangeError) return new StepFailure('too-long', null, 'Demasiados pasos seguidos sin esperar')
  return new StepFailure('engine', null, error instanceof Error ? error.message : String(error))
}

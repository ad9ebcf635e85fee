import type { ModelEvent } from '#definitions'
import {
  executeContentOf,
  forgetThrown,
  library,
  TypeResolver,
  type ElementsActivity,
  type ElementsBroker,
  type ElementsEnvironment,
  type ElementsExtension,
  type ElementsMessage,
  type MessageContent,
  type Placed,
} from './elements.ts'
import { caughtBy } from './caughtBy.ts'
import { timerDue } from './moments.ts'
import { openTask } from './openTask.ts'
import { plainWait } from './plainWait.ts'
import type { SavedTimer } from './savedState.ts'
import { isParkable, type LoopExpression, type StepHost } from './stepHost.ts'

/** Handed into every scope through the environment's options; `current` so that a test can keep a definition alive. */
export interface HostHolder {
  current: StepHost
}

const hostOf = (environment: ElementsEnvironment): StepHost => (environment.options.host as HostHolder).current

/**
 * A sequence flow that is taken or not, and never "discarded". Stock 17.x sends a discard along every way not taken:
 * joins count it as an arrival and lose tokens, and it doubles at every merge. Conditions are FEEL and must give
 * true or false; anything else fails the step instead of silently choosing the default flow.
 */
class NoDiscardFlow extends library.SequenceFlow {
  private readonly place: Placed

  constructor(definition: unknown, context: { owner?: ElementsActivity }) {
    super(definition, context)
    this.place = { id: this.id, environment: this.environment, context }
  }

  override take(content: MessageContent): boolean {
    const host = hostOf(this.environment)
    host.guard(() => host.onFlow(this.id))
    return super.take(content)
  }

  discard(): void {}

  evaluate(from: ElementsMessage, decide: (error: Error | null, take?: boolean) => void): void {
    const host = hostOf(this.environment)
    decide(
      null,
      host.guard(() => host.isTaken(this.place, from.content)),
    )
  }
}

/** What a service task of the library runs: ours opens a wait or a job, or does the work at once. */
class HostService {
  readonly type = 'host'
  constructor(private readonly activity: ElementsActivity) {}

  execute(message: ElementsMessage, done: (error: Error | null, output?: unknown) => void): void {
    const host = hostOf(this.activity.environment)
    host.guard(() => openTask(host, this.activity, message, done))
  }

  discard(message: ElementsMessage): void {
    hostOf(this.activity.environment).close(message.content.executionId)
  }

  stop(message: ElementsMessage): void {
    this.discard(message)
  }
}

/**
 * A message or timer event that waits for the outside. Replaces the library's own definitions, which arm timers in the
 * process, read its clock, and fire what is overdue as soon as a state is recovered.
 */
class HostCatch {
  readonly type: string
  private readonly broker: ElementsBroker
  private content: MessageContent | null = null

  constructor(
    private readonly activity: ElementsActivity,
    eventDefinition: { type: string },
    _context: unknown,
    private readonly index: number,
  ) {
    this.type = eventDefinition.type
    this.broker = activity.broker
  }

  get executionId(): string | undefined {
    return this.content?.executionId
  }

  execute(message: ElementsMessage): void {
    this.content = message.content
    this.broker.subscribeTmp('api', `activity.#.${message.content.executionId}`, this.onApi, {
      noAck: true,
      consumerTag: `_api-${message.content.executionId}`,
      priority: 400,
    })
    const host = hostOf(this.activity.environment)
    host.guard(() => this.open(host, message))
  }

  private open(host: StepHost, message: ElementsMessage): void {
    const content = message.content
    const node = host.nodeOf(this.activity)
    const event = node.events[this.index] ?? host.fail('engine', node.id, 'Evento sin definición')
    const { executionId } = content
    const rootId = content.parent?.executionId ?? executionId
    if (event.kind === 'timer') {
      const saved = host.saved?.timers[executionId] ?? this.due(host, event, content)
      const fire = (): void => this.fire(saved.repeat)
      host.openTimer(executionId, { node, activity: this.activity, rootId, saved, fire })
      return
    }
    const finish = (_error: Error | null, output?: unknown): void => {
      // A boundary event that does not interrupt may be triggered again as long as its activity is open.
      if (node.type === 'BoundaryEvent' && !node.interrupting) this.rearm(-1)
      this.complete({ output })
    }
    host.park(executionId, {
      kind: 'message',
      node,
      activity: this.activity,
      content,
      rootId,
      message: event.ref,
      finish,
    })
    if (!host.waits.has(executionId)) host.waits.set(executionId, plainWait(node, content, 'message', event.ref))
  }

  private due(host: StepHost, event: ModelEvent, content: MessageContent): SavedTimer {
    const node = host.nodeOf(this.activity)
    const context = host.contextOf(this.activity, content, content.message?.token ?? null)
    const timer = event.timer ?? host.fail('expression', node.id, 'El temporizador no dice cuándo')
    const due = timerDue(timer, (text, names) => host.evaluate(text, { ...context, ...names }, node.id), node.id)
    // A repeating boundary timer is entered anew for each repetition, with what is left of the count.
    return { node: node.id, dueAt: due.dueAt.toISOString(), repeat: content.inbound?.[0]?.repeat ?? due.repeat }
  }

  private fire(repeat: number | null): void {
    if (repeat !== null && (repeat === -1 || repeat > 1)) this.rearm(repeat === -1 ? -1 : repeat - 1)
    this.complete({})
  }

  /** Lets the boundary event be entered again. @param repeat how often it still fires; -1: for ever */
  private rearm(repeat: number): void {
    this.broker.publish('execution', 'execute.repeat', { ...this.content, repeat })
  }

  private complete(output: { output?: unknown }): void {
    this.stop()
    this.broker.publish('execution', 'execute.completed', { ...this.content, ...output, state: 'catch' })
  }

  stop(): void {
    if (!this.content) return
    this.broker.cancel(`_api-${this.content.executionId}`)
    hostOf(this.activity.environment).close(this.content.executionId)
  }

  private readonly onApi = (_key: string, message: ElementsMessage): void => {
    const type = message.properties.type
    if (type !== 'discard' && type !== 'stop') return
    this.stop()
    if (type === 'discard') this.broker.publish('execution', 'execute.discard', { ...this.content, state: 'discard' })
  }
}

/**
 * Only the boundary event that the drawing makes responsible reacts to a thrown error or escalation, and only to what
 * is thrown while it stands open: the library delivers a throw once per scope on its way, and what comes after the
 * catch would stay in the boundary's queue and interrupt the activity at once when the flow comes back to it.
 */
class ScopedError extends library.ErrorEventDefinition {
  override execute(message: ElementsMessage): unknown {
    forgetThrown(this)
    return super.execute(message)
  }
  override _onThrowApiMessage(routingKey: string, message: ElementsMessage): void {
    if (isCatcher(this.activity, message)) super._onThrowApiMessage(routingKey, message)
  }
}
class ScopedEscalation extends library.EscalationEventDefinition {
  override execute(message: ElementsMessage): unknown {
    forgetThrown(this)
    return super.execute(message)
  }
  override _onCatchMessage(routingKey: string, message: ElementsMessage): void {
    if (!isCatcher(this.activity, message)) return
    if (!hostOf(this.activity.environment).nodeOf(this.activity).interrupting)
      this.broker.publish('execution', 'execute.repeat', { ...executeContentOf(this), repeat: -1 })
    super._onCatchMessage(routingKey, message)
  }
}

function isCatcher(activity: ElementsActivity, message: ElementsMessage): boolean {
  const { process } = hostOf(activity.environment)
  const thrower = process.nodes.get(message.content.id)
  return thrower === undefined || caughtBy(process, thrower) === activity.id
}

/** Everything that stands still is one kind of node to the library: a service whose callback comes later. */
const waiting = library.ServiceTask!

const resolveType = TypeResolver({
  ...library,
  UserTask: waiting,
  ReceiveTask: waiting,
  CallActivity: waiting,
  ServiceTask: waiting,
  SendTask: waiting,
  BusinessRuleTask: waiting,
  // Nothing is done by the engine for these two (BPMN 2.0, 10.3.3 "manual task", "abstract task"): they pass.
  ManualTask: library.Task,
  Task: library.Task,
  SequenceFlow: NoDiscardFlow,
  TimerEventDefinition: HostCatch,
  MessageEventDefinition: HostCatch,
  ErrorEventDefinition: ScopedError,
  EscalationEventDefinition: ScopedEscalation,
})

/** Gives each element of a context its behaviour: the library's, or ours where the library's is unsafe for us. */
export function resolveElement(entity: { type: string; behaviour?: Record<string, unknown> }): void {
  resolveType(entity)
  if (entity.behaviour && isParkable({ type: entity.type.replace('bpmn:', '') })) entity.behaviour.Service = HostService
}

/** Reports to the host what an activity goes through. Data objects, lanes and the process itself need none. */
export function hostExtension(activity: ElementsActivity): ElementsExtension | undefined {
  const host = hostOf(activity.environment)
  if (!host.process.nodes.has(activity.id)) return undefined
  const isSignal = host.process.nodes.get(activity.id)!.events.some((event) => event.kind === 'signal')
  return {
    activate(message) {
      const current = hostOf(activity.environment)
      if (message.fields.routingKey === 'run.discard') return
      current.guard(() =>
        message.fields.redelivered ? current.onResume(activity, message) : current.onEnter(activity, message),
      )
      listen('activity.execution.completed', 'completed', (content) =>
        hostOf(activity.environment).onCompleted(activity, content),
      )
      if (isSignal)
        listen('activity.wait', 'signal', (content) => hostOf(activity.environment).onSignalWait(activity, content))
    },
    deactivate() {
      activity.broker.cancel(`_host-completed-${activity.id}`)
      activity.broker.cancel(`_host-signal-${activity.id}`)
      const current = hostOf(activity.environment)
      current.guard(() => current.onLeave(activity))
    },
  }

  function listen(event: string, name: string, onEvent: (content: MessageContent) => void): void {
    activity.broker.subscribeTmp(
      'event',
      event,
      // A sub-process passes on the events of what is inside it.
      (_key, { content }) => {
        if (content.id === activity.id) hostOf(activity.environment).guard(() => onEvent(content))
      },
      { noAck: true, consumerTag: `_host-${name}-${activity.id}`, priority: 1000 },
    )
  }
}

/**
 * What the library takes for an expression. The compiler leaves FEEL as `{feel, use, node}` where the library asks
 * for a value (loops); any plain text is a name and stays what it is, so nothing inside data is ever evaluated.
 */
export const hostExpressions = {
  resolveExpression(value: unknown, message?: { environment: ElementsEnvironment; content: MessageContent }): unknown {
    if (typeof value !== 'object' || value === null || !('feel' in value) || !message) return value
    const host = hostOf(message.environment)
    return host.guard(() => host.resolveLoop(value as LoopExpression, message.environment, message.content))
  },
  isExpression: (): boolean => false,
  hasExpression: (): boolean => false,
}

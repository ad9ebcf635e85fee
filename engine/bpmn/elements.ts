/**
 * The only door to bpmn-elements. Its own type declarations leave out most of what a host needs, so the shapes we
 * rely on are written down here: an upgrade that changes one of them must change this file.
 */
import * as elements from 'bpmn-elements'
import { deserialize, TypeResolver, type SerializableContext } from 'moddle-context-serializer'
import type { JsonObject } from '#forms'

export interface ElementsMessage {
  fields: { routingKey: string; redelivered?: boolean; [key: string]: unknown }
  content: MessageContent
  properties: { type?: string; [key: string]: unknown }
}
export interface MessageContent {
  id: string
  type: string
  executionId: string
  isRootScope?: boolean
  isRecovered?: boolean
  isMultiInstance?: boolean
  index?: number
  repeat?: number
  /** Handed on from node to node along a path: we keep the token's id in it. */
  message?: { token?: string } | null
  inbound?: InboundContent[]
  parent?: { id: string; executionId?: string; path?: { id: string; executionId?: string }[] }
  output?: unknown
  error?: { code?: string; message?: string; source?: { content?: { id?: string } } }
  [key: string]: unknown
}
export interface InboundContent {
  id?: string
  sourceId?: string
  repeat?: number
  message?: { token?: string } | null
  [key: string]: unknown
}

export interface ElementsBroker {
  publish(exchange: string, routingKey: string, content: unknown, properties?: Record<string, unknown>): void
  subscribeTmp(
    exchange: string,
    pattern: string,
    onMessage: (routingKey: string, message: ElementsMessage) => void,
    options: { noAck: boolean; consumerTag: string; priority?: number },
  ): void
  cancel(consumerTag: string): void
}

export interface ElementsEnvironment {
  variables: { content?: MessageContent }
  output: Record<string, unknown>
  /** Options that the library does not know are carried into every scope: ours holds the step's host. */
  options: Record<string, unknown>
}

export interface ElementsActivity {
  id: string
  type: string
  broker: ElementsBroker
  environment: ElementsEnvironment
  isMultiInstance: boolean
  isSubProcess: boolean
  context: { owner?: ElementsActivity }
}
/** Where a node or flow lies: enough to find its scope and the loops around it. */
export type Placed = Pick<ElementsActivity, 'id' | 'environment' | 'context'>

export interface ElementsDefinition {
  isRunning: boolean
  broker: ElementsBroker
  run(): void
  recover(state: unknown): void
  resume(): void
  getState(): JsonObject
}

export interface ElementsExtension {
  activate(message: ElementsMessage): void
  deactivate(message: ElementsMessage): void
}

export interface EnvironmentOptions {
  settings: Record<string, unknown>
  variables: Record<string, unknown>
  output: Record<string, unknown>
  services: Record<string, unknown>
  timers: unknown
  scripts: unknown
  expressions: unknown
  extensions: Record<string, (activity: ElementsActivity) => ElementsExtension | undefined>
  host: unknown
}

type Behaviour = new (...args: never[]) => unknown

/** Constructors of the library, typed as far as we subclass or call them. */
export const library = elements as unknown as Record<string, Behaviour> & {
  Context: new (definitionContext: SerializableContext, environment: unknown) => unknown
  Environment: new (options: EnvironmentOptions) => unknown
  Definition: new (context: unknown) => ElementsDefinition
  SequenceFlow: new (
    definition: unknown,
    context: unknown,
  ) => {
    id: string
    environment: ElementsEnvironment
    take(content: MessageContent): boolean
  }
  ErrorEventDefinition: ThrownEventDefinition
  EscalationEventDefinition: ThrownEventDefinition
}
type ThrownEventDefinition = new (
  activity: ElementsActivity,
  eventDefinition: unknown,
  context: unknown,
  index: number,
) => {
  activity: ElementsActivity
  broker: ElementsBroker
  execute(message: ElementsMessage): unknown
  /** Errors: a thrown error was offered to this boundary event. */
  _onThrowApiMessage(routingKey: string, message: ElementsMessage): void
  /** Escalations: likewise. */
  _onCatchMessage(routingKey: string, message: ElementsMessage): void
}

/** The message an event definition is executing; the library keeps it under a registered symbol. */
export const executeContentOf = (eventDefinition: object): MessageContent =>
  (eventDefinition as Record<symbol, ElementsMessage>)[Symbol.for('executeMessage')]!.content

/** Forgets what was thrown at a boundary event while nobody listened; the queue is kept under a registered symbol. */
export const forgetThrown = (eventDefinition: object): void => {
  const queue = (eventDefinition as Record<symbol, { purge(): unknown } | undefined>)[Symbol.for('messageQ')]
  queue?.purge()
}

export { deserialize, TypeResolver, type SerializableContext }

/**
 * One process of a BPMN file as plain data: its nodes, flows and `wf` annotations. The lint rules and the engine's
 * compiler read the same model, so they cannot disagree about what a file says. Shapes follow `docs/packs.md`.
 */
export interface ProcessModel {
  id: string
  name: string
  entity: string | null
  startOn: string | null
  startWhen: string | null
  initialState: string | null
  schedule: string | null
  forEach: string | null
  variables: { name: string; type: string; required: boolean }[]
  nodes: ModelNode[]
  flows: ModelFlow[]
  /** Compensation event → its handler. */
  associations: { source: string; target: string }[]
  messages: ModelMessage[]
  errors: { id: string; name: string; code: string | null }[]
  escalations: { id: string; name: string; code: string | null }[]
  signals: { id: string; name: string }[]
}

export interface ModelNode {
  id: string
  /** BPMN type without the prefix: `UserTask`. */
  type: string
  name: string
  /** The sub-process around it; null at the top. */
  parent: string | null
  incoming: string[]
  outgoing: string[]
  /** Boundary events: the activity they are drawn on, and whether they interrupt it. */
  attachedTo: string | null
  interrupting: boolean
  events: ModelEvent[]
  loop: ModelLoop | null
  isForCompensation: boolean
  triggeredByEvent: boolean
  /** Role of the lane the node lies in. */
  laneRole: string | null
  effects: ModelEffect[]
  candidates: ModelCandidate[]
  outcomes: ModelOutcome[]
  /** What the clock of a user task may be stopped for. */
  pauses: { key: string; label: string }[]
  escalations: { on: string; role: string | null; group: string | null }[]
  notSameAs: string | null
  inputs: { name: string; source: string }[]
  outputs: { target: string; source: string }[]
  form: string | null
  /** A start event that anybody may use, without a session: with which form, on which front, and when. */
  public: { form: string; front: string; when: string | null } | null
  title: string | null
  assignee: string | null
  dueDate: string | null
  priority: number | null
  claim: string | null
  service: ModelService | null
  /** BPMN's own `implementation` attribute: code named in the model, always refused. */
  implementation: string | null
  call: { process: string; record: string | null; binding: 'pinned' | 'latest' } | null
  /** Message a receive task waits for. */
  message: string | null
}

export type EventKind =
  | 'message'
  | 'timer'
  | 'error'
  | 'escalation'
  | 'signal'
  | 'terminate'
  | 'compensation'
  | 'conditional'
  | 'link'
  | 'cancel'
export interface ModelEvent {
  kind: EventKind
  /** Id of the message, error, escalation or signal. */
  ref: string | null
  timer: ModelTimer | null
}
export interface ModelTimer {
  kind: 'duration' | 'date' | 'cycle'
  text: string
  /** What happens to firings that were missed while nothing ran; null: `once`. */
  catchUp: string | null
}
export interface ModelLoop {
  kind: 'multi' | 'standard'
  sequential: boolean
  collection: string | null
  elementVariable: string | null
  cardinality: string | null
  completionCondition: string | null
}
export type ModelEffect =
  | { kind: 'set'; on: string; target: string; source: string }
  | { kind: 'setState'; on: string; value: string }
  | { kind: 'notify'; on: string; template: string; to: string; every: string | null }
export interface ModelCandidate {
  role?: string
  group?: string
  user?: string
  party?: string
}
export interface ModelOutcome {
  key: string
  label: string
  kind: 'primary' | 'neutral' | 'danger'
  confirm: string | null
  reason: boolean
  when: string | null
  reauthenticate: boolean
}
export interface ModelService {
  name: string | null
  mode: 'durable' | 'inline'
  retries: number
  backoff: string
  timeout: string
  decision: string | null
}
export interface ModelFlow {
  id: string
  name: string
  source: string
  target: string
  parent: string | null
  condition: { text: string; language: string | null } | null
  isDefault: boolean
}
export interface ModelMessage {
  id: string
  /** What people see; the id when the file gives no name. */
  label: string
  form: string | null
  kind: 'primary' | 'neutral' | 'danger'
  confirm: string | null
  showWhen: string | null
  candidates: ModelCandidate[]
  correlation: string | null
  /** What happens when it is sent. */
  effects: ModelEffect[]
  /** Node at which it lets an ended case begin again. */
  reopensAt: string | null
}

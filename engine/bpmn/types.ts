/** What goes into and comes out of one step of a process. */
import type { ExpressionActor, ExpressionFunctions, FormSchema, Json, JsonObject } from '#forms'

/** A BPMN file compiled once; immutable and shareable between instances. */
export interface CompiledProcess {
  key: string
  name: string
  hash: string
  /** Attributes and elements of the `wf` namespace that the rest of the engine asks for. */
  process: ProcessAnnotations
  /** All flow nodes by id, nested sub-processes included. */
  nodes: Record<string, NodeDefinition>
  /** Messages by name, with who may send them and their form. */
  messages: Record<string, MessageDefinition>
  /** Serialized moddle context, as text (internal to engine/bpmn). */
  context: string
}
export interface ProcessAnnotations {
  entity: string | null
  startOn: 'create' | 'record' | 'event' | 'call' | 'schedule'
  startWhen: string | null
  initialState: string | null
  variables: { name: string; type: string; required: boolean }[]
  start: {
    node: string
    form: string | null
    candidates: Candidate[]
    /** Anybody may begin it with this form, without a session, on this front. */
    public: { form: string; front: string; when: string | null } | null
  }
}
export interface NodeDefinition {
  id: string
  /** BPMN type without the prefix: `UserTask`, `ExclusiveGateway` … */
  type: string
  name: string
  parent: string | null
  /** Boundary events: the activity they are drawn on. */
  attachedTo: string | null
  /** User tasks: what their clock may be stopped for. */
  pauses: { key: string; label: string }[]
  /** User tasks (others: empty). */
  form: string | null
  title: string | null
  priority: number | null
  claim: 'auto' | 'manual' | null
  candidates: Candidate[]
  notSameAs: string | null
  outcomes: OutcomeDefinition[]
  /** Timer events: their body, and what happens to firings missed while nothing ran. */
  timer: { text: string; catchUp: 'once' | 'all' | 'skip' } | null
}
/** Who may do something: `{role}`, `{group}`, `{user: FEEL}`, or `{party: path, role?}` (accounts of the record found at the path). */
export interface Candidate {
  role?: string
  group?: string
  user?: string
  party?: string
  /** Only in a resolved candidate: the path that `party` was read from (`record.owner`), so that its entity can be found. */
  entityField?: string
}
export interface OutcomeDefinition {
  key: string
  label: string
  kind: 'primary' | 'neutral' | 'danger'
  /** Sentence that names the consequence; asked before sending. */
  confirm: string | null
  /** A reason (own text, required) is asked in place; expressions read it as `form.reason`. */
  reason: boolean
  /** FEEL; the outcome is offered only when true. */
  when: string | null
  reauthenticate: boolean
}
export interface MessageDefinition {
  name: string
  label: string
  form: string | null
  kind: 'primary' | 'neutral' | 'danger'
  confirm: string | null
  showWhen: string | null
  candidates: Candidate[]
  /** Node at which this message lets an ended case begin again; null: it is for running ones. */
  reopensAt: string | null
}

/** The engine's own state between two steps: opaque JSON, without the definition. */
export type EngineState = JsonObject

export type ProcessEvent =
  /** `reopens`: begins where this message of the process says (`wf:reopensAt`), without what a start does. */
  | { type: 'start'; form: JsonObject; reopens?: string }
  /** A user task completed. `executionId` names the open wait. */
  /** `claimFirst`: nobody had taken the task, so its `on="claim"` effects run before those of completing it. */
  | { type: 'complete'; executionId: string; outcome: string; form: JsonObject; claimFirst?: boolean }
  /** Somebody took a task (runs `on="claim"` effects only; nothing moves). */
  | { type: 'claim'; executionId: string }
  /** `name` is the id of the BPMN message. `executionId` picks one wait when several wait for the same message. */
  | { type: 'message'; name: string; form: JsonObject; executionId?: string }
  | { type: 'timer'; executionId: string }
  /** Somebody makes the case leave what it waits for there, and go on at `to`, in the same part of the process. */
  | { type: 'move'; executionId: string; to: string }
  /** Deadlines that are put off (or back): execution id of an open wait or timer → when it is due (ISO 8601). Nothing moves. */
  | { type: 'reschedule'; due: Record<string, string> }
  | { type: 'job'; executionId: string; result?: Json; error?: { code: string; message: string } }

/** What expressions of this step may know. `advance` keeps a working copy of `record` and `vars`. */
export interface StepFacts {
  /** The record's data with its `id`; {} when the process has none. */
  record: JsonObject
  ref: Record<string, JsonObject | null>
  vars: JsonObject
  settings: JsonObject
  actor: ExpressionActor
  /** The task being completed, for expressions. */
  task: JsonObject | null
  /** The record's field that holds its state, so that expressions of the same step see what `wf:setState` wrote. */
  stateField?: string | null
  /**
   * Schemas of `record`, `ref` and `settings` (objects with properties). With them, expressions see dates as FEEL dates
   * and every declared field, null when empty; without them, values as they are.
   */
  schemas?: { record?: FormSchema; ref?: FormSchema; settings?: FormSchema }
}

export interface AdvanceInput {
  definition: CompiledProcess
  /** null: start. */
  state: EngineState | null
  event: ProcessEvent
  facts: StepFacts
  /** Callable from FEEL by full name. */
  functions: ExpressionFunctions
  /** The current instant: bpmn-elements' own clock is never used. */
  now: Date
  timeZone: string
  /** Makes ids for records that inline services create (so that later nodes can refer to them). */
  newId: () => string
}

/** Something a person, a message or another process must do. `executionId` is unique within its instance only. */
export interface Wait {
  executionId: string
  /** Node id. */
  node: string
  kind: 'task' | 'message' | 'receive' | 'signal' | 'call'
  /** For messages: the message's name. */
  message: string | null
  /** Resolved for user tasks. */
  assignee: string | null
  dueAt: Date | null
  title: string | null
  /** Candidates with FEEL resolved: `{user: accountId}`, `{party: recordId, entityField, role}`. */
  candidates: Candidate[]
  /** Multi-instance: the element this iteration is for, and its position from 0. */
  element?: Json
  index?: number
  /** Kind 'call': the process to start once (keyed by `executionId`) and what to start it with. */
  call?: { process: string; binding: 'pinned' | 'latest'; record: Json; input: JsonObject }
}
export interface TimerWait {
  executionId: string
  node: string
  dueAt: Date
}
export interface JobRequest {
  executionId: string
  node: string
  service: string
  input: JsonObject
  retries: number
  /** ISO 8601 durations. */
  backoff: string
  timeout: string
  /** Business rule tasks: the decision table to evaluate. */
  decision: string | null
}

/** What a step wants done; all of it is committed in one transaction with the state. */
export type Effect =
  | { type: 'notify'; node: string; on: string; template: string; to: string; form: JsonObject }
  | {
      type: 'schedule-notify'
      node: string
      executionId: string
      on: string
      template: string
      to: string
      at: Date
      every: string | null
    }
  | { type: 'record.create'; node: string; entity: string; id: string; data: JsonObject }
  | { type: 'record.update'; node: string; entity: string; id: string; data: JsonObject }
  /** A new record `id` with the data of record `from`, `data` on top. */
  | { type: 'record.copy'; node: string; entity: string; from: string; id: string; data: JsonObject }
  | { type: 'escalate'; node: string; executionId: string; at: Date; candidate: Candidate }

/** One node entered or left, in order: history and the diagram's way travelled are made of it. */
export interface Visit {
  node: string
  event: 'enter' | 'leave'
  /** Sequence flows taken are visits with the flow's id and event `leave`. */
  flow?: boolean
  /** Left without completing: interrupted by a boundary event, a terminate end or the quicker of two events. */
  cancelled?: boolean
}

export interface AdvanceResult {
  /** 'failed': nothing may be saved; an incident is written instead. */
  status: 'running' | 'completed' | 'failed'
  state: EngineState | null
  /** Changed fields of the record: what `wf:set` and `wf:setState` wrote. */
  recordChanges: JsonObject
  /** New value of the record's state when the step set one; all values passed through, in order. */
  states: { node: string; value: string }[]
  vars: JsonObject
  /** All that is open after the step, not only what is new; the same `executionId` keeps the same data. */
  waits: Wait[]
  timers: TimerWait[]
  /** New jobs of this step. */
  jobs: JobRequest[]
  /** Execution ids of all jobs still awaited; any other job of the instance was cancelled. */
  openJobs: string[]
  effects: Effect[]
  visits: Visit[]
  /**
   * Status 'failed': why nothing may be saved. `code` is one of `StepErrorCode`, or the code of a business error
   * that no boundary event caught.
   * Status 'completed': the process ended in an error end event that nothing around it caught; a calling process
   * gets it as the error of its job.
   */
  error?: { code: string; node: string | null; message: string }
}

/** Why a step failed. */
export type StepErrorCode =
  /** The wait, timer or job named by the event is not open (any more): a double submit, or somebody was quicker. */
  | 'not-open'
  /** The task does not offer this outcome. */
  | 'outcome'
  /** An expression could not be evaluated, or did not give what its place needs. */
  | 'expression'
  /** A gateway found no way out. */
  | 'no-flow'
  /** A service, function or input that the step needed does not exist or is malformed. */
  | 'service'
  /** More than 200 nodes in one step: a loop that waits for nobody. */
  | 'too-long'
  /** Running, but nothing is waited for: a join that can never complete. */
  | 'token-lost'
  /** The saved state does not fit the definition. */
  | 'state-mismatch'
  /** A failure inside the BPMN library. */
  | 'engine'

import {
  RowMemory,
  checkForm,
  settleForm,
  type CompiledValidator,
  type FormEnvironment,
  type FormModel,
  type FormSchema,
  type Issue,
  type Json,
  type JsonObject,
  type SettledForm,
} from '#forms'
import { afterPress } from './afterPress.ts'
import { holds } from '../sections/formSections.ts'
import { valueAt, withValue } from '../schema/schemaAt.ts'

/** Everything the parts of a form need to draw themselves. Replaced, never changed in place. */
export interface FormSnapshot {
  /** What the inputs hold: as typed, hidden fields kept in case they come back. */
  raw: JsonObject
  settled: SettledForm
  /** All findings of the last check and those the server sent, whether shown yet or not. */
  issues: Issue[]
  /** Fields the person edited: a proposal no longer follows. */
  touched: ReadonlySet<string>
  /** Fields the person has left: their findings may show. */
  left: ReadonlySet<string>
  /** After a refused attempt everything shows. */
  showAll: boolean
  /** How the rows that were read meanwhile are called, and what they refer to: id → label. */
  names: Record<string, string>
}

export interface FormStore {
  readonly model: FormModel
  getSnapshot(): FormSnapshot
  subscribe(listener: () => void): () => void
  /** A new value of one input; settles proposals and computed values at once and checks soon after. */
  set(path: string, value: Json | undefined): void
  /** The row behind a reference arrived (null: emptied), with the names that came with it. */
  setReference(field: string, row: JsonObject | null, names?: Record<string, string>): void
  /** What the server knows now, for what was typed; the answer being given stays. */
  setFacts(facts: JsonObject): void
  leave(...paths: string[]): void
  /**
   * Checks now and shows every finding. Answers the value to send and what blocks or asks. A form may ask for more by
   * the answer chosen (`facts.outcome`).
   */
  check(outcome?: string): { value: JsonObject; issues: Issue[] }
  /** Findings of the server; each goes away when its field changes. */
  refuse(issues: Issue[]): void
  getEnvironment(): FormEnvironment
}

export const noNames: Record<string, string> = {}

const calm = 180
/** Rows of a long list that are worked out in one go while the form opens: the page stays quick meanwhile. */
const slice = 60

/** The state of one open form, apart from React, so that a key press redraws only what it changed. */
export function createFormStore(input: {
  model: FormModel
  validator: CompiledValidator
  data: JsonObject
  environment: FormEnvironment
}): FormStore {
  const { model, validator } = input
  let environment = input.environment
  let refused: Issue[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  const listeners = new Set<() => void>()

  const memory = new RowMemory()
  memory.budget = slice
  let warming: ReturnType<typeof setTimeout> | undefined
  const settle = (raw: JsonObject, touched: ReadonlySet<string>) => {
    const settled = settleForm(model, raw, environment, { touched: [...touched], keepHidden: true, memory })
    clearTimeout(warming)
    if (memory.pending) warming = setTimeout(settleMore, 0)
    return settled
  }
  const settleMore = () => {
    const settled = settle(snapshot.raw, snapshot.touched)
    const raw = follow(snapshot.raw, settled, snapshot.touched, snapshot.settled)
    replace({ settled, raw: memory.pending ? snapshot.raw : raw })
    if (!memory.pending) checkSoon()
  }
  /** With every row settled, whatever it costs: before something is sent. */
  const settleAll = () => {
    memory.budget = Infinity
    const settled = settle(snapshot.raw, snapshot.touched)
    memory.budget = slice
    snapshot = { ...snapshot, settled, raw: follow(snapshot.raw, settled, snapshot.touched, snapshot.settled) }
  }

  const firstTouched = new Set<string>()
  const firstSettled = settle(input.data, firstTouched)
  let snapshot: FormSnapshot = {
    raw: follow(input.data, firstSettled, firstTouched),
    settled: firstSettled,
    issues: [],
    touched: firstTouched,
    left: new Set(),
    showAll: false,
    names: noNames,
  }

  const replace = (part: Partial<FormSnapshot>) => {
    snapshot = { ...snapshot, ...part }
    afterPress(tell)
  }
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const findings = () => {
    if (memory.pending) settleAll()
    const checked = checkForm(model, validator, snapshot.raw, environment, { touched: [...snapshot.touched], memory })
    return { value: checked.value, issues: [...checked.issues, ...refused] }
  }
  const checkSoon = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      // The rows come first; then this is asked again.
      if (!memory.pending) replace({ issues: findings().issues })
    }, calm)
  }

  checkSoon()
  return {
    model,
    getSnapshot: () => snapshot,
    getEnvironment: () => environment,
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearTimeout(timer)
        clearTimeout(warming)
      }
    },
    set(path, value) {
      if (Object.is(valueAt(snapshot.raw, path), value)) return
      const top = topOf(path)
      const raw = withValue(snapshot.raw, path, value)
      const touched = snapshot.touched.has(top) ? snapshot.touched : new Set([...snapshot.touched, top])
      const settled = settle(raw, touched)
      refused = refused.filter((issue) => !isAbout(issue, path))
      const outdated = (issue: Issue) => isAbout(issue, path) && (isOfValue(issue) || !isEmpty(value))
      replace({
        raw: follow(raw, settled, touched, snapshot.settled),
        settled,
        touched,
        issues: snapshot.issues.some(outdated) ? snapshot.issues.filter((issue) => !outdated(issue)) : snapshot.issues,
      })
      checkSoon()
    },
    setReference(field, row, names) {
      environment = { ...environment, ref: { ...environment.ref, [field]: row } }
      const settled = settle(snapshot.raw, snapshot.touched)
      replace({
        raw: follow(snapshot.raw, settled, snapshot.touched, snapshot.settled),
        settled,
        ...(names && { names: { ...snapshot.names, ...names } }),
      })
      checkSoon()
    },
    setFacts(facts) {
      const { outcome } = environment.facts
      environment = { ...environment, facts: { ...facts, ...(outcome === undefined ? {} : { outcome }) } }
      const settled = settle(snapshot.raw, snapshot.touched)
      replace({ raw: follow(snapshot.raw, settled, snapshot.touched, snapshot.settled), settled })
      checkSoon()
    },
    leave(...paths) {
      if (paths.every((path) => snapshot.left.has(path))) return
      replace({ left: new Set([...snapshot.left, ...paths]) })
    },
    check(outcome) {
      clearTimeout(timer)
      if (outcome !== undefined && environment.facts.outcome !== outcome) {
        environment = { ...environment, facts: { ...environment.facts, outcome } }
        settleAll()
      }
      const result = findings()
      replace({ issues: result.issues, showAll: true })
      return result
    },
    refuse(issues) {
      refused = issues
      replace({
        issues: [...snapshot.issues.filter((issue) => !issues.some((other) => other.path === issue.path)), ...issues],
        showAll: true,
      })
    },
  }
}

/** A finding about a value that is being retyped is out of date; one about its absence is renewed by the check. */
const isOfValue = (issue: Issue) => issue.rule !== 'required'

const topOf = (path: string) => path.split('.')[0]!

/** The finding is about this place or one within it, or about what this place is in. */
const isAbout = ({ path }: Issue, place: string) =>
  path === place || path.startsWith(`${place}.`) || place.startsWith(`${path}.`)

const sameJson = (a: unknown, b: unknown) =>
  Object.is(a, b) || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b))

/**
 * The inputs follow what settled without them: computed values always, proposals while nobody edited the field.
 * What a person is typing is never normalised under his fingers. `before`: what was settled last, whose values need no
 * second look.
 */
export function follow(
  raw: JsonObject,
  settled: SettledForm,
  touched: ReadonlySet<string>,
  before: SettledForm | null = null,
): JsonObject {
  let next: JsonObject | null = null
  for (const [name, value] of Object.entries(settled.value)) {
    const follows = name in settled.computedBy || !touched.has(name)
    const asBefore = typeof value === 'object' && before !== null && Object.is(before.value[name], value)
    if (!follows || (asBefore && raw[name] !== undefined) || sameJson(raw[name], value)) continue
    next ??= { ...raw }
    next[name] = value
  }
  return next ?? raw
}

const shown = new WeakMap<FormSnapshot, Issue[]>()

/** The findings a person sees now: all after a refused attempt, else those of fields he edited and left. */
export function shownIssues(snapshot: FormSnapshot): Issue[] {
  let issues = shown.get(snapshot)
  if (!issues) {
    issues = snapshot.issues.filter((issue) => {
      const top = topOf(issue.path)
      if (snapshot.settled.visible[top] === false) return false
      if (snapshot.showAll) return true
      return snapshot.touched.has(top) && snapshot.left.has(issue.path || top)
    })
    shown.set(snapshot, issues)
  }
  return issues
}

/** Some field of the section shows. */
export const isSectionShown = (fields: string[], snapshot: FormSnapshot) =>
  fields.some((field) => snapshot.settled.visible[field] !== false)

export type SectionStatus = 'error' | 'complete' | 'pending'

/** How a section stands: an error that shows, everything needed is there, or something is missing. */
export function sectionStatus(fields: string[], snapshot: FormSnapshot, schema: FormSchema): SectionStatus {
  const inSection = (issue: Issue) => holds(fields, issue.path)
  if (shownIssues(snapshot).some((issue) => issue.level === 'error' && inSection(issue))) return 'error'
  if (snapshot.issues.some((issue) => issue.level === 'error' && inSection(issue))) return 'pending'
  const needed = fields.filter((field) => snapshot.settled.required[field] && snapshot.settled.visible[field] !== false)
  if (needed.some((field) => isEmpty(valueAt(snapshot.raw, field)))) return 'pending'
  if (fields.some((field) => lacksCells(schema.properties?.[field], snapshot.raw[field]))) return 'pending'
  return fields.some((field) => !isEmpty(valueAt(snapshot.raw, field))) ? 'complete' : 'pending'
}

const lacking = new WeakMap<object, boolean>()

/** A row of the list has an empty cell that must be filled in: seen at once, before the rows have been checked. */
function lacksCells(list: FormSchema | undefined, rows: Json | undefined): boolean {
  const { required = [], properties = {} } = list?.items ?? {}
  const needed = required.filter((name) => properties[name]?.['x-computed'] === undefined)
  if (needed.length === 0 || !Array.isArray(rows)) return false
  let lacks = lacking.get(rows)
  if (lacks === undefined) {
    lacks = rows.some((row) => needed.some((name) => isEmpty((row as JsonObject | null)?.[name])))
    lacking.set(rows, lacks)
  }
  return lacks
}

export const isEmpty = (value: unknown) =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

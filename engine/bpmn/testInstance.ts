import { readFileSync } from 'node:fs'
import { builtinFunctions, createBusinessFunctions, type ExpressionFunctions, type Json, type JsonObject } from '#forms'
import { advance } from './advance.ts'
import { compileProcess } from './compileProcess.ts'
import { act, openSession, resume, settle, type Session } from './session.ts'
import { StepFailure } from './stepFailure.ts'
import type {
  AdvanceInput,
  AdvanceResult,
  CompiledProcess,
  Effect,
  EngineState,
  ProcessEvent,
  StepFacts,
} from './types.ts'

/** A process instance in memory, for tests: keeps record, variables and state between steps as a caller would. */
export class TestInstance {
  state: EngineState | null = null
  record: JsonObject
  vars: JsonObject = {}
  now = new Date('2026-03-02T15:00:00Z')
  last!: AdvanceResult
  log: { states: string[]; effects: Effect[]; visits: string[] } = { states: [], effects: [], visits: [] }
  functions: ExpressionFunctions
  private ids = 0
  private live: Session | null = null

  /** @param mode `recover`: as in production; `whole`: without slicing; `live`: one definition kept in memory. */
  constructor(
    readonly definition: CompiledProcess,
    readonly options: {
      record?: JsonObject
      settings?: JsonObject
      mode?: 'recover' | 'whole' | 'live'
      stateField?: string
      functions?: ExpressionFunctions
    } = {},
  ) {
    this.record = { id: 'r1', ...options.record }
    this.functions = {
      ...builtinFunctions,
      ...createBusinessFunctions([], 'America/Lima'),
      ...options.functions,
    }
  }

  static async of(xml: string, options: TestInstance['options'] = {}): Promise<TestInstance> {
    return new TestInstance(await compiled(xml), options)
  }

  async step(event: ProcessEvent, facts: Partial<StepFacts> = {}): Promise<AdvanceResult> {
    const input: AdvanceInput = {
      definition: this.definition,
      // Through text, as the store does it: nothing but JSON survives.
      state: this.state === null ? null : (JSON.parse(JSON.stringify(this.state)) as EngineState),
      event,
      facts: {
        record: this.record,
        ref: {},
        vars: this.vars,
        settings: this.options.settings ?? {},
        actor: { id: 'ana', roles: [], front: 'staff' },
        task: null,
        stateField: this.options.stateField ?? null,
        ...facts,
      },
      functions: this.functions,
      now: this.now,
      timeZone: 'America/Lima',
      newId: () => `n${++this.ids}`,
    }
    const result =
      this.options.mode === undefined || this.options.mode === 'recover' ? await advance(input) : this.stepIn(input)
    if (result.status === 'failed') return result
    this.last = result
    this.state = result.state
    this.record = { ...this.record, ...result.recordChanges }
    this.vars = result.vars
    this.log.states.push(...result.states.map((state) => state.value))
    this.log.effects.push(...result.effects)
    this.log.visits.push(
      ...result.visits.map(({ node, event: what, cancelled }) => `${node}:${cancelled ? 'cancel' : what}`),
    )
    return result
  }

  private stepIn(input: AdvanceInput): AdvanceResult {
    const keep = this.options.mode === 'live'
    if (!keep || !this.live) {
      this.live = openSession(input.definition, keep ? null : input.state, { whole: true })
      this.live.host.begin(input)
      if (!keep) resume(this.live)
    } else this.live.host.begin(input)
    try {
      act(keep ? { ...this.live, state: this.state as never } : this.live, input)
      return settle(this.live)
    } catch (error) {
      if (!(error instanceof StepFailure)) throw error
      const { code, node, message } = this.live.host.failure ?? error
      return {
        ...{ status: 'failed', state: null, recordChanges: {}, states: [], vars: this.vars, waits: [], timers: [] },
        ...{ jobs: [], openJobs: [], effects: [], visits: [], error: { code, node, message } },
      }
    }
  }

  start(form: JsonObject = {}): Promise<AdvanceResult> {
    return this.step({ type: 'start', form })
  }

  /** Completes an open task by its node id (the n-th one, when several are open). */
  complete(node: string, outcome = 'ok', form: JsonObject = {}, nth = 0): Promise<AdvanceResult> {
    return this.step({ type: 'complete', executionId: this.waitAt(node, nth), outcome, form })
  }

  message(name: string, form: JsonObject = {}): Promise<AdvanceResult> {
    return this.step({ type: 'message', name, form })
  }

  job(executionId: string, result: Json): Promise<AdvanceResult> {
    return this.step({ type: 'job', executionId, result })
  }

  /** Moves the clock to the due time of the timer at `node` and lets it fire. */
  fire(node: string): Promise<AdvanceResult> {
    const timer = this.last.timers.find((candidate) => candidate.node === node)
    if (!timer) throw new Error(`no timer at ${node}`)
    this.now = timer.dueAt
    return this.step({ type: 'timer', executionId: timer.executionId })
  }

  waitAt(node: string, nth = 0): string {
    const wait = this.last.waits.filter((candidate) => candidate.node === node)[nth]
    if (!wait) throw new Error(`nothing open at ${node}; open: ${this.open.join(', ')}`)
    return wait.executionId
  }

  /** Nodes at which something is open, sorted. */
  get open(): string[] {
    return [...this.last.waits.map((wait) => wait.node), ...this.last.timers.map((timer) => `${timer.node}@`)].sort()
  }
}

/** Compiles text or throws the findings. */
export async function compiled(xml: string): Promise<CompiledProcess> {
  const result = await compileProcess(xml)
  if ('findings' in result) throw new Error(result.findings.map((f) => `${f.at}: ${f.message}`).join('\n'))
  return result.definition
}

/** Text of a fixture beside the tests. */
export const fixture = (name: string): string =>
  readFileSync(new URL(`./fixtures/${name}.bpmn`, import.meta.url), 'utf8')

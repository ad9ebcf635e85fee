import { compileExpression, ExpressionError, typedValue, type FormSchema, type Json, type JsonObject } from '#forms'
import { StepFailure } from './stepFailure.ts'
import type { TokenFacts } from './tokens.ts'
import type { AdvanceInput, StepFacts } from './types.ts'

/** Names below which an absent entry is null: their keys differ from record to record and from form to form. */
const sparse = ['form', 'record', 'ref', 'result', 'task'] as const

/**
 * The facts of one step: a working copy of the record and the variables that `wf:set` writes to and that every
 * later expression of the same step reads.
 */
export class WorkingFacts {
  readonly recordChanges: JsonObject = {}
  readonly vars: JsonObject
  private readonly facts: StepFacts
  private readonly record: JsonObject
  private readonly dateVariables: Set<string>
  /** `shared()` until something is written. */
  private current: Record<string, unknown> | null = null

  constructor(
    private readonly input: Pick<AdvanceInput, 'facts' | 'functions' | 'now' | 'timeZone'>,
    variables: { name: string; type: string }[],
  ) {
    this.facts = input.facts
    this.record = { ...input.facts.record }
    this.vars = { ...Object.fromEntries(variables.map(({ name }) => [name, null])), ...input.facts.vars }
    this.dateVariables = new Set(variables.filter(({ type }) => type.startsWith('date')).map(({ name }) => name))
  }

  /** The record's own id, null when the process has no record. */
  get recordId(): string | null {
    return typeof this.record.id === 'string' ? this.record.id : null
  }

  get actorId(): string | null {
    return this.facts.actor.id
  }

  setRecord(field: string, value: Json): void {
    this.current = null
    this.record[field] = value
    this.recordChanges[field] = value
  }

  setState(value: string): void {
    if (this.facts.stateField) this.setRecord(this.facts.stateField, value)
  }

  /** Assigns to `record.x` or `vars.x`. */
  assign(target: string, value: Json, node: string): void {
    const [root, name, ...rest] = target.split('.')
    if (!name || rest.length || (root !== 'record' && root !== 'vars'))
      throw new StepFailure('expression', node, `No se puede asignar a «${target}»: use record.campo o vars.nombre`)
    if (root === 'record') this.setRecord(name, value)
    else this.vars[name] = value
    this.current = null
  }

  /** What only the expressions of one path may use: the facts of its token and the elements of loops. */
  context(token: TokenFacts, locals: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      outcome: token.outcome,
      form: token.form,
      task: token.task ?? this.facts.task,
      result: token.result,
      results: token.results,
      ...locals,
    }
  }

  /** What all expressions of the step may use, as it stands now. */
  private shared(): Record<string, unknown> {
    const { ref, settings, actor, schemas } = this.facts
    return (this.current ??= {
      record: typed(schemas?.record, this.record),
      ref: typed(schemas?.ref, ref),
      vars: this.typedVariables(),
      settings: typed(schemas?.settings, settings),
      actor,
    })
  }

  private typedVariables(): Record<string, unknown> {
    const vars: Record<string, unknown> = { ...this.vars }
    for (const name of this.dateVariables)
      vars[name] = typedValue({ type: 'string', format: 'date-time' }, this.vars[name])
    return vars
  }

  /** @throws StepFailure (`expression`) with the expression's own reason. */
  evaluate(text: string, context: Record<string, unknown>, node: string): Json {
    const { functions, now, timeZone } = this.input
    try {
      return compileExpression(text).evaluate(
        { ...this.shared(), ...context },
        { functions, now, timeZone, absent: sparse },
      )
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error
      throw new StepFailure('expression', node, `La expresión «${text}» no se pudo calcular: ${error.message}`)
    }
  }
}

const typed = (schema: FormSchema | undefined, value: JsonObject): unknown =>
  schema ? typedValue(schema, value) : value

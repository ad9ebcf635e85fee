import { compileExpression, compileRule, ExpressionError } from '#forms'
import type { FactDefinition, FactKind } from './types.ts'

export const FACT_KINDS: readonly FactKind[] = ['count', 'exists', 'sum', 'min', 'max', 'one', 'latest', 'inForce']

/** An entry of `x-facts`, read. */
export interface Fact {
  kind: FactKind
  /** Whose records it is about. */
  entity: string
  /** What is added up, compared, or (`latest`) what is greatest. */
  field: string | null
  where: string | null
  at: string | null
  fields: string[] | null
  /** What it reads of the record it is about: `value.site`, `record.id`. */
  inputs: string[]
  /** The inputs without which nothing meets the rule: those it neither keeps apart by `!=` nor compares with null. */
  needed: string[]
}

const isOfTheRecord = (path: string): boolean => /^(value|record)\./.test(path)

/** Null when it has no kind, or more than one. A rule that cannot be read has no inputs: the check says so. */
export function readFact(definition: FactDefinition): Fact | null {
  const kinds = FACT_KINDS.filter((kind) => definition[kind] !== undefined)
  const [kind] = kinds
  const source = kind && definition[kind]
  if (kinds.length !== 1 || !kind || !source) return null
  const { entity, field } = typeof source === 'string' ? { entity: source, field: undefined } : source
  const { where = null, at = null, fields = null } = definition
  const rule = where === null ? NOTHING : readable(() => ruleInputs(where))
  const day = at === null ? NOTHING : readable(() => dayInputs(at))
  return {
    ...{ kind, entity, field: field ?? null, where, at, fields },
    inputs: [...new Set([...rule.inputs, ...day.inputs])],
    needed: rule.needed,
  }
}

interface Inputs {
  inputs: string[]
  needed: string[]
}
const NOTHING: Inputs = { inputs: [], needed: [] }

function ruleInputs(where: string): Inputs {
  const { inputs, needed } = compileRule(where)
  return { inputs: inputs.filter(isOfTheRecord), needed: needed.filter(isOfTheRecord) }
}

function dayInputs(at: string): Inputs {
  return { inputs: compileExpression(at).paths.filter(isOfTheRecord), needed: [] }
}

function readable(read: () => Inputs): Inputs {
  try {
    return read()
  } catch (error) {
    if (error instanceof ExpressionError) return NOTHING
    throw error
  }
}

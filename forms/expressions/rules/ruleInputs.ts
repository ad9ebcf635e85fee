import type { ExpressionActor, Json, JsonObject } from '../../types.ts'
import { valueAt } from '../../schema/valueAt.ts'
import { evaluateFeel } from '../evaluateFeel.ts'
import { toJson } from '../feelValues.ts'
import type { Operand } from './Rule.ts'

/** What a rule may know besides the row. Absent names read as null. */
export interface RuleEnvironment {
  actor?: ExpressionActor
  settings?: JsonObject
  /** What a form is editing, for the options of a reference. */
  value?: JsonObject
  params?: JsonObject
  /** The saved record of that form: in a rule about `option`, `record` is not the row. */
  record?: JsonObject | null
  now: Date
  /** IANA name. */
  timeZone: string
}

/** The value of an operand that does not depend on the row; undefined for a field. */
export function constantOf(operand: Operand, env: RuleEnvironment): Json | undefined {
  switch (operand.kind) {
    case 'field':
      return undefined
    case 'literal':
      return operand.value
    case 'input': {
      const [root, ...rest] = operand.path
      const source = env[root as 'actor' | 'settings' | 'value' | 'params' | 'record']
      return valueAt(source ?? {}, rest.join('.')) ?? null
    }
    case 'day':
      return toJson(
        evaluateFeel(operand.node, {}, { functions: {}, now: env.now, timeZone: env.timeZone }),
        env.timeZone,
      )
  }
}

export function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

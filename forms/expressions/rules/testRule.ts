import { sameJson, valueAt } from '../../schema/valueAt.ts'
import type { Json, JsonObject } from '../../types.ts'
import type { CompareOperator } from '../FeelNode.ts'
import type { Operand, Rule } from './Rule.ts'
import { constantOf, isScalar, type RuleEnvironment } from './ruleInputs.ts'

/** What the names of a rule stand for while it is tested. */
interface Scope {
  row: JsonObject
  elements: Record<string, Json>
}

/** True, false, or null for unknown, as FEEL has it; `not` of unknown is unknown. */
export function testRule(rule: Rule, row: JsonObject, env: RuleEnvironment): boolean | null {
  return evaluate(rule, { row, elements: {} }, env)
}

function evaluate(rule: Rule, scope: Scope, env: RuleEnvironment): boolean | null {
  switch (rule.kind) {
    case 'true':
      return true
    case 'and':
    case 'or': {
      const decisive = rule.kind === 'or'
      const left = evaluate(rule.left, scope, env)
      if (left === decisive) return decisive
      const right = evaluate(rule.right, scope, env)
      if (right === decisive) return decisive
      return left === null || right === null ? null : !decisive
    }
    case 'not': {
      const value = evaluate(rule.rule, scope, env)
      return value === null ? null : !value
    }
    case 'compare':
      return compare(rule.op, read(rule.left, scope, env), read(rule.right, scope, env))
    case 'in':
      return isIn(rule, scope, env)
    case 'some': {
      const list = read(rule.list, scope, env)
      if (list === null) return null
      if (!Array.isArray(list)) return false
      return list.some(
        (item) => evaluate(rule.rule, { ...scope, elements: { ...scope.elements, [rule.name]: item } }, env) === true,
      )
    }
  }
}

function read(operand: Operand, scope: Scope, env: RuleEnvironment): Json {
  if (operand.kind !== 'field') return constantOf(operand, env) ?? null
  const root = operand.of === null ? scope.row : scope.elements[operand.of]
  return valueAt(root, operand.field) ?? null
}

/** Equality knows two answers, and a list equals any of its elements; ordering needs two values of one type. */
function compare(op: CompareOperator, left: Json, right: Json): boolean | null {
  if (op === '=' || op === '!=') {
    if (isList(right) && !isList(left)) return null
    const equal = equals(left, right)
    return op === '=' ? equal : !equal
  }
  if (!isScalar(right) || typeof right === 'boolean') return null
  const candidates = (Array.isArray(left) ? left : [left]).filter((item) => typeof item === typeof right) as (
    string | number
  )[]
  if (candidates.length === 0) return null
  return candidates.some((item) => inOrder(op, item, right))
}

function inOrder(op: CompareOperator, left: string | number, right: string | number): boolean {
  if (op === '<') return left < right
  if (op === '<=') return left <= right
  if (op === '>') return left > right
  return left >= right
}

function equals(left: Json, right: Json): boolean {
  return sameJson(left, right) || (Array.isArray(left) && left.some((item) => sameJson(item, right)))
}

function isList(value: Json): boolean {
  return typeof value === 'object' && value !== null
}

function isIn(rule: Rule & { kind: 'in' }, scope: Scope, env: RuleEnvironment): boolean | null {
  const value = read(rule.value, scope, env)
  const list = Array.isArray(rule.list) ? rule.list : read(rule.list, scope, env)
  if (list === null) return null
  const items: Json[] = Array.isArray(list) ? list : [list]
  if (!Array.isArray(rule.list) && rule.list.kind === 'field') {
    if (items.includes(null) || (typeof value === 'object' && value !== null)) return null
  }
  return items.some((item) => equals(value, item))
}

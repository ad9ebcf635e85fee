import type { Json } from '../../types.ts'
import { ExpressionError } from '../ExpressionError.ts'
import type { CompareOperator } from '../FeelNode.ts'
import type { Operand, Rule } from './Rule.ts'
import { constantOf, isScalar, type RuleEnvironment } from './ruleInputs.ts'

/** A MongoDB query filter. */
export type RuleFilter = Record<string, unknown>

export interface FilterNames {
  /** Put before the name of a field; default `data.`. */
  prefix?: string
  /** Where the row's own `id` is; default `_id`. */
  id?: string
}

const EVERYTHING: RuleFilter = {}
const NOTHING: RuleFilter = { _id: { $in: [] } }

const NEGATED: Record<CompareOperator, CompareOperator> = {
  '=': '!=',
  '!=': '=',
  '<': '>=',
  '<=': '>',
  '>': '<=',
  '>=': '<',
}
const OPERATORS = { '<': '$lt', '<=': '$lte', '>': '$gt', '>=': '$gte' } as const

/**
 * The filter of the rows for which a rule is true. FEEL knows three answers and a query only two, so that a
 * negation is never the `$not` of a filter: it is carried down to the comparisons, and an unknown one is in
 * neither.
 */
export function ruleFilter(text: string, rule: Rule, env: RuleEnvironment, names: FilterNames): RuleFilter {
  const prefix = names.prefix ?? 'data.'
  const id = names.id ?? '_id'
  const rowField = (field: string) => (field === 'id' ? id : prefix + field)
  return new FilterWriter(text, env).write(rule, true, rowField)
}

class FilterWriter {
  constructor(
    private readonly text: string,
    private readonly env: RuleEnvironment,
  ) {}

  /** The rows for which the rule is `wanted` (true or false; unknown is neither). */
  write(rule: Rule, wanted: boolean, name: (field: string) => string): RuleFilter {
    switch (rule.kind) {
      case 'true':
        return wanted ? EVERYTHING : NOTHING
      case 'not':
        return this.write(rule.rule, !wanted, name)
      case 'and':
      case 'or': {
        const both = [this.write(rule.left, wanted, name), this.write(rule.right, wanted, name)]
        return (rule.kind === 'and') === wanted ? all(both) : any(both)
      }
      case 'compare':
        return this.compare(rule, wanted, name)
      case 'in':
        return this.isIn(rule, wanted, name)
      case 'some':
        return this.some(rule, wanted, name)
    }
  }

  private compare(rule: Rule & { kind: 'compare' }, wanted: boolean, name: (field: string) => string): RuleFilter {
    const { left, right } = rule
    const op = wanted ? rule.op : NEGATED[rule.op]
    if (left.kind === 'field' && right.kind === 'field')
      return this.compareFields(op, name(left.field), name(right.field))
    if (left.kind === 'field') return this.compareWith(name(left.field), rule.op, wanted, constantOf(right, this.env)!)
    if (right.kind === 'field') throw new ExpressionError(this.text, 'El campo va a la izquierda de la comparación')
    return constantComparison(op, constantOf(left, this.env)!, constantOf(right, this.env)!) ? EVERYTHING : NOTHING
  }

  private compareWith(field: string, op: CompareOperator, wanted: boolean, value: Json): RuleFilter {
    if (typeof value === 'object' && value !== null) return NOTHING
    if (op === '=' || op === '!=') return { [field]: (op === '=') === wanted ? { $eq: value } : { $ne: value } }
    if (value === null || typeof value === 'boolean') return NOTHING
    if (wanted) return { [field]: { [OPERATORS[op]]: value } }
    // For one value the first half says it all; a list is in order as soon as one element is.
    const opposite = NEGATED[op] as keyof typeof OPERATORS
    return { [field]: { [OPERATORS[opposite]]: value, $not: { [OPERATORS[op]]: value } } }
  }

  private compareFields(op: CompareOperator, a: string, b: string): RuleFilter {
    const [left, right] = [{ $ifNull: [`$${a}`, null] }, { $ifNull: [`$${b}`, null] }]
    if (op === '=') return { $expr: { $eq: [left, right] } }
    if (op === '!=') return { $expr: { $ne: [left, right] } }
    return { $and: [{ [a]: { $ne: null } }, { [b]: { $ne: null } }, { $expr: { [OPERATORS[op]]: [left, right] } }] }
  }

  private isIn(rule: Rule & { kind: 'in' }, wanted: boolean, name: (field: string) => string): RuleFilter {
    const { list } = rule
    if (!Array.isArray(list) && list.kind === 'field') {
      return inField(name(list.field), constantOf(rule.value, this.env) ?? null, wanted)
    }
    const given = Array.isArray(list) ? list : (constantOf(list, this.env) ?? null)
    if (given === null) return NOTHING
    const items: Json[] = Array.isArray(given) ? given : [given]
    if (rule.value.kind === 'field') return { [name(rule.value.field)]: wanted ? { $in: items } : { $nin: items } }
    const value = constantOf(rule.value, this.env)!
    return items.some((item) => item === value) === wanted ? EVERYTHING : NOTHING
  }

  private some(rule: Rule & { kind: 'some' }, wanted: boolean, name: (field: string) => string): RuleFilter {
    const list = name(rule.list.field)
    const matching = this.element(rule, list)
    return wanted ? matching : { $and: [{ [list]: { $ne: null } }, { $nor: [matching] }] }
  }

  /** Rows with an element for which the inner rule is true. */
  private element(rule: Rule & { kind: 'some' }, list: string): RuleFilter {
    const ofElement = fieldsOf(rule.rule)
    if (ofElement.every((field) => field === '')) return anyOf(list, this.scalar(rule.rule, true))
    if (ofElement.includes(''))
      throw new ExpressionError(this.text, 'El elemento es un valor o un grupo de datos, no ambos')
    const inner = this.write(rule.rule, true, (field) => field)
    if (inner === NOTHING) return NOTHING
    return { [list]: { $elemMatch: inner } }
  }

  /** For lists of plain values: alternatives of operators over the element itself. */
  private scalar(rule: Rule, wanted: boolean): RuleFilter[] {
    switch (rule.kind) {
      case 'true':
        return wanted ? [{ $exists: true }] : []
      case 'not':
        return this.scalar(rule.rule, !wanted)
      case 'and':
      case 'or': {
        const [left, right] = [this.scalar(rule.left, wanted), this.scalar(rule.right, wanted)]
        return (rule.kind === 'and') === wanted
          ? left.flatMap((a) => right.map((b) => this.merged(a, b)))
          : [...left, ...right]
      }
      case 'some':
        throw new ExpressionError(this.text, 'El elemento es un valor: no tiene lista dentro')
      default: {
        const filter = this.write(rule, wanted, () => 'element')
        if (filter === NOTHING) return []
        if (filter === EVERYTHING) return [{ $exists: true }]
        return [filter.element as RuleFilter]
      }
    }
  }

  private merged(a: RuleFilter, b: RuleFilter): RuleFilter {
    if (Object.keys(a).some((key) => Object.hasOwn(b, key))) {
      throw new ExpressionError(this.text, 'Dos comparaciones iguales sobre el mismo elemento; use «in»')
    }
    return { ...a, ...b }
  }
}

function anyOf(list: string, alternatives: RuleFilter[]): RuleFilter {
  return any(alternatives.map((operators) => ({ [list]: { $elemMatch: operators } })))
}

/** `value in record.list`: unknown when the list is empty of meaning, so that it must be there either way. */
function inField(field: string, value: Json, wanted: boolean): RuleFilter {
  if (value === null) return wanted ? NOTHING : { [field]: { $ne: null } }
  if (!isScalar(value)) return NOTHING
  if (wanted) return { $and: [{ [field]: { $eq: value } }, { [field]: { $ne: null } }] }
  return { $and: [{ [field]: { $ne: value } }, { [field]: { $ne: null } }] }
}

/** A comparison without fields holds for all rows or for none. */
function constantComparison(op: CompareOperator, left: Json, right: Json): boolean {
  if (typeof right === 'object' && right !== null) return false
  if (op === '=') return left === right
  if (op === '!=') return left !== right
  if (typeof left !== typeof right || left === null || right === null || typeof left === 'boolean') return false
  if (op === '<') return left < right
  if (op === '<=') return left <= right
  if (op === '>') return left > right
  return left >= right
}

/** Fields of the element that a rule inside `some` reads, '' for the element itself. */
function fieldsOf(rule: Rule): string[] {
  const ofOperand = (operand: Operand) => (operand.kind === 'field' ? [operand.field] : [])
  switch (rule.kind) {
    case 'true':
      return []
    case 'and':
    case 'or':
      return [...fieldsOf(rule.left), ...fieldsOf(rule.right)]
    case 'not':
      return fieldsOf(rule.rule)
    case 'compare':
      return [...ofOperand(rule.left), ...ofOperand(rule.right)]
    case 'in':
      return [...ofOperand(rule.value), ...(Array.isArray(rule.list) ? [] : ofOperand(rule.list))]
    case 'some':
      return ofOperand(rule.list)
  }
}

function all(filters: RuleFilter[]): RuleFilter {
  const needed = filters.filter((filter) => filter !== EVERYTHING)
  if (needed.includes(NOTHING)) return NOTHING
  if (needed.length < 2) return needed[0] ?? EVERYTHING
  return { $and: needed.flatMap((filter) => (isOnly(filter, '$and') ? (filter.$and as RuleFilter[]) : [filter])) }
}

function any(filters: RuleFilter[]): RuleFilter {
  if (filters.includes(EVERYTHING)) return EVERYTHING
  const possible = filters.filter((filter) => filter !== NOTHING)
  if (possible.length < 2) return possible[0] ?? NOTHING
  return { $or: possible.flatMap((filter) => (isOnly(filter, '$or') ? (filter.$or as RuleFilter[]) : [filter])) }
}

function isOnly(filter: RuleFilter, key: string): boolean {
  const keys = Object.keys(filter)
  return keys.length === 1 && keys[0] === key
}

import type { JsonObject } from '../../types.ts'
import { parseFeel } from '../parseFeel.ts'
import { readRule } from './readRule.ts'
import type { Operand, Rule } from './Rule.ts'
import { ruleFilter, type FilterNames, type RuleFilter } from './ruleFilter.ts'
import type { RuleEnvironment } from './ruleInputs.ts'
import { testRule } from './testRule.ts'

/** A rule about rows, for one row in hand and for a query over all of them: both give the same rows. */
export interface RowRule {
  text: string
  /** Fields of the row that it reads, dotted, without `record.` or `option.`. */
  paths: string[]
  /** Inputs that it reads: `actor.id`, `value.x`. */
  inputs: string[]
  /**
   * Inputs that it compares with a field other than by `!=`, and not also with null: while one of them is empty, the
   * rule says nothing of interest.
   */
  needed: string[]
  /** What must be the same for the rule to be true: a field of the row, and the input that equals or contains it. */
  links: RowLink[]
  /** MongoDB filter of the rows for which the rule is true. */
  toFilter(env: RuleEnvironment, names?: FilterNames): RuleFilter
  /** Is it true for this row (its data with its `id`)? Unknown is not. */
  test(row: JsonObject, env: RuleEnvironment): boolean
}

/** `{ field: 'site', input: 'value.site' }`. Either of them may be a list, one of whose elements is the other. */
export interface RowLink {
  field: string
  input: string
}

const CACHE_SIZE = 2000
const cache = new Map<string, RowRule>()

/**
 * Reads a row rule (row rules of roles, `where`, `prefer`, named filters).
 *
 * Nulls are FEEL's: ordering with null, and `in` a null list, are unknown; unknown is never true, nor is its
 * negation; `=` and `!=` treat null as a value. Beyond FEEL (which would fail): different types are not equal,
 * and a list equals each of its elements.
 * @throws ExpressionError naming what is outside the grammar
 */
export function compileRule(text: string): RowRule {
  const known = cache.get(text)
  if (known) return known
  const rule = readRule(text, parseFeel(text))
  const operands = operandsOf(rule, '')
  const ofInputs = operands.flatMap(({ operand, how }) =>
    operand.kind === 'input' ? [{ path: operand.path.join('.'), how }] : [],
  )
  const nullTested = new Set(ofInputs.filter(({ how }) => how === 'null').map(({ path }) => path))
  const compiled: RowRule = {
    text,
    paths: [
      ...new Set(
        operands.flatMap(({ operand, under }) => (operand.kind === 'field' ? [join(under, operand.field)] : [])),
      ),
    ],
    inputs: [...new Set(ofInputs.map(({ path }) => path))],
    needed: [...new Set(ofInputs.flatMap(({ path, how }) => (how === 'met' && !nullTested.has(path) ? [path] : [])))],
    links: linksOf(rule),
    toFilter: (env, names = {}) => ruleFilter(text, rule, env, names),
    test: (row, env) => testRule(rule, row, env) === true,
  }
  // What cannot become a filter is refused now, not when somebody opens the list.
  compiled.toFilter({ now: new Date(0), timeZone: 'UTC' })
  if (cache.size >= CACHE_SIZE) cache.delete(cache.keys().next().value!)
  cache.set(text, compiled)
  return compiled
}

interface Placed {
  operand: Operand
  /** The list the operand's element is in; '' for the row. */
  under: string
  /** Met by `=`, an order or `in`; kept apart by `!=`; or compared with null. */
  how: 'met' | 'apart' | 'null'
}

function operandsOf(rule: Rule, under: string): Placed[] {
  const place = (how: Placed['how'], ...operands: Operand[]): Placed[] =>
    operands.map((operand) => ({ operand, under, how }))
  switch (rule.kind) {
    case 'true':
      return []
    case 'and':
    case 'or':
      return [...operandsOf(rule.left, under), ...operandsOf(rule.right, under)]
    case 'not':
      return operandsOf(rule.rule, under)
    case 'compare':
      return place(
        [rule.left, rule.right].some(isNull) ? 'null' : rule.op === '!=' ? 'apart' : 'met',
        rule.left,
        rule.right,
      )
    case 'in':
      return Array.isArray(rule.list) ? place('met', rule.value) : place('met', rule.value, rule.list)
    case 'some':
      return [...place('met', rule.list), ...operandsOf(rule.rule, join(under, rule.list.field))]
  }
}

function linksOf(rule: Rule): RowLink[] {
  if (rule.kind === 'and') return [...linksOf(rule.left), ...linksOf(rule.right)]
  if (rule.kind === 'compare' && rule.op === '=') return linkOf(rule.left, rule.right)
  if (rule.kind === 'in' && !Array.isArray(rule.list)) return linkOf(rule.value, rule.list)
  return []
}

function linkOf(one: Operand, other: Operand): RowLink[] {
  if (one.kind === 'input') return other.kind === 'field' ? linkOf(other, one) : []
  const isRow = one.kind === 'field' && one.field !== ''
  return isRow && other.kind === 'input' ? [{ field: one.field, input: other.path.join('.') }] : []
}

const isNull = (operand: Operand): boolean => operand.kind === 'literal' && operand.value === null

function join(under: string, field: string): string {
  return [under, field].filter(Boolean).join('.')
}

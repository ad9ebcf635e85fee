import { compareValues, typeOrder } from '../bson/compare.ts'
import { isNaNValue } from '../bson/numbers.ts'
import { bsonType, isDoc, MAX_KEY, MIN_KEY, type Doc, type Value } from '../bson/values.ts'

/**
 * The query language once more, written as plainly as possible from the manual and without regard to speed:
 * what the store's own matcher is compared with.
 */
export function naiveMatch(filter: Doc, document: Doc): boolean {
  return [...filter].every(([key, condition]) => {
    if (key === '$and') return (condition as Doc[]).every((part) => naiveMatch(part, document))
    if (key === '$or') return (condition as Doc[]).some((part) => naiveMatch(part, document))
    if (key === '$nor') return !(condition as Doc[]).some((part) => naiveMatch(part, document))
    const isOperators = isDoc(condition) && [...condition.keys()][0]?.startsWith('$')
    const operators: [string, Value][] = isOperators ? [...condition] : [['$eq', condition]]
    return operators.every(([operator, operand]) => holds(operator, operand, key.split('.'), document))
  })
}

function holds(operator: string, operand: Value, path: string[], document: Doc): boolean {
  const whole = reach(document, path)
  const each = whole.flatMap((value) => (Array.isArray(value) ? [...value, value] : [value]))
  switch (operator) {
    case '$ne':
      return !holds('$eq', operand, path, document)
    case '$nin':
      return !holds('$in', operand, path, document)
    case '$not':
      return ![...(operand as Doc)].every(([name, inner]) => holds(name, inner, path, document))
    case '$in':
      return (operand as Value[]).some((value) => holds('$eq', value, path, document))
    case '$exists':
      return whole.some((value) => value !== undefined) === operand
    case '$size':
      return whole.some((value) => Array.isArray(value) && value.length === (operand as { value: number }).value)
    case '$type':
      return each.some((value) => value !== undefined && bsonType(value) === (operand as { value: number }).value)
    case '$all':
      return (
        (operand as Value[]).length > 0 && (operand as Value[]).every((value) => holds('$eq', value, path, document))
      )
    case '$elemMatch':
      return whole.some((value) => Array.isArray(value) && value.some((item) => elementMatches(operand as Doc, item)))
    default:
      return each.some((value) => compares(operator, value, operand))
  }
}

function elementMatches(condition: Doc, item: Value): boolean {
  if ([...condition.keys()][0]?.startsWith('$'))
    return [...condition].every(([operator, operand]) => compares(operator, item, operand))
  if (isDoc(item)) return naiveMatch(condition, item)
  return Array.isArray(item) && naiveMatch(condition, new Map(item.map((value, index) => [String(index), value])))
}

function compares(operator: string, value: Value | undefined, operand: Value): boolean {
  if (operand === null) return operator !== '$gt' && operator !== '$lt' && (value === undefined || value === null)
  if (operand === MIN_KEY || operand === MAX_KEY) {
    if (operator === '$eq') return value === operand
    return outcome(operator, compareValues(value ?? null, operand))
  }
  if (value === undefined || typeOrder(value) !== typeOrder(operand)) return false
  if (isNaNValue(value) || isNaNValue(operand))
    return isNaNValue(value) && isNaNValue(operand) && operator !== '$gt' && operator !== '$lt'
  return outcome(operator, compareValues(value, operand))
}

const outcome = (operator: string, result: number): boolean =>
  ({ $eq: result === 0, $gt: result > 0, $gte: result >= 0, $lt: result < 0, $lte: result <= 0 })[operator]!

/** Every value a path leads to; `undefined` where a document on the way lacks the field. */
function reach(node: Value, path: string[]): (Value | undefined)[] {
  const [name, ...rest] = path as [string, ...string[]]
  if (!isDoc(node)) return [undefined]
  const value = node.get(name)
  if (rest.length === 0) return [value]
  return Array.isArray(value) ? reachInArray(value, rest) : value === undefined ? [undefined] : reach(value, rest)
}

function reachInArray(items: Value[], path: string[]): (Value | undefined)[] {
  const found = items.filter(isDoc).flatMap((item) => reach(item, path))
  const [name, ...rest] = path as [string, ...string[]]
  const item = /^(0|[1-9]\d*)$/.test(name) ? items[Number(name)] : undefined
  if (item === undefined) return found
  if (rest.length === 0) return [...found, item]
  if (Array.isArray(item)) return [...found, ...reachInArray(item, rest)]
  return isDoc(item) ? [...found, ...reach(item, rest)] : found
}

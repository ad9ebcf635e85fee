import { wholeNumber } from '../bson/numbers.ts'
import { bsonType, isDoc, RegexValue, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { isTruthy } from '../expression/isTruthy.ts'
import { newScope } from '../expression/scope.ts'
import type { Filter, FilterContext } from './filter.ts'
import { compileJsonSchema } from './compileJsonSchema.ts'
import {
  ELEMENT,
  elements,
  isOperators,
  wholes,
  compare,
  regex,
  inList,
  typeNumbers,
  modTest,
  bitsTest,
} from './valueTests.ts'

/**
 * Compiles a query filter.
 * @throws StoreError 2 for an unknown operator or a wrong operand, 115 for one the store does not have
 */
export function compileFilter(spec: Doc, context: FilterContext = {}): Filter {
  const children: Filter[] = []
  for (const [key, value] of spec) {
    if (key.startsWith('$')) {
      const child = compileTopLevel(key, value, context)
      if (child) children.push(child)
    } else children.push(...compileField(key, value, context))
  }
  return children.length === 1 ? children[0]! : and(children)
}

export function and(children: Filter[]): Filter {
  return {
    kind: 'and',
    children,
    fields: unionFields(children),
    matches: (document, details) => {
      for (const child of children) if (!child.matches(document, details)) return false
      return true
    },
  }
}

function unionFields(children: Filter[]): Set<string> | null {
  const all = new Set<string>()
  for (const child of children) {
    if (!child.fields) return null
    for (const field of child.fields) all.add(field)
  }
  return all
}

const MATCH_ALL: Filter = and([])

function compileTopLevel(key: string, value: Value, context: FilterContext): Filter | undefined {
  switch (key) {
    case '$and':
      return and(branches(key, value, context))
    case '$or': {
      const children = branches(key, value, context)
      return {
        kind: 'or',
        children,
        fields: unionFields(children),
        matches: (document, details) => children.some((child) => child.matches(document, details)),
      }
    }
    case '$nor': {
      const children = branches(key, value, context)
      return {
        kind: 'nor',
        children,
        fields: unionFields(children),
        matches: (document) => !children.some((child) => child.matches(document)),
      }
    }
    case '$expr': {
      const evaluate = compileExpression(value, context.variables)
      return {
        kind: 'other',
        fields: null,
        matches: (document) => isTruthy(evaluate(newScope(document, context.variables, context.order))),
      }
    }
    case '$comment':
      return undefined
    case '$alwaysTrue':
      return MATCH_ALL
    case '$alwaysFalse':
      return { kind: 'other', fields: new Set(), matches: () => false }
    case '$jsonSchema': {
      if (!isDoc(value)) throw new StoreError(14, '$jsonSchema must be an object')
      const matches = compileJsonSchema(value)
      return { kind: 'other', fields: null, matches: (document) => matches(document) }
    }
    case '$where':
    case '$text':
    case '$sampleRate':
      throw notSupported(key)
    default:
      throw new StoreError(
        2,
        `unknown top level operator: ${key}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
      )
  }
}

function branches(key: string, value: Value, context: FilterContext): Filter[] {
  if (!Array.isArray(value)) throw new StoreError(2, `${key} must be an array`)
  if (value.length === 0) throw new StoreError(2, '$and/$or/$nor must be a nonempty array')
  return value.map((branch) => {
    if (!isDoc(branch)) throw new StoreError(2, '$or/$and/$nor entries need to be full objects')
    return compileFilter(branch, context)
  })
}

function compileField(path: string, value: Value, context: FilterContext): Filter[] {
  if (value instanceof RegexValue) return [regex(path, value.pattern, value.options)]
  if (!isOperators(value)) return [compare(path, '$eq', value, context)]
  const children: Filter[] = []
  for (const [operator, operand] of value) {
    const child = compileOperator(path, operator, operand, value, context)
    if (child) children.push(child)
  }
  return children
}

export function not(child: Filter): Filter {
  return { kind: 'not', child, fields: child.fields, matches: (document) => !child.matches(document) }
}

function compileOperator(
  path: string,
  operator: string,
  operand: Value,
  all: Doc,
  context: FilterContext,
): Filter | undefined {
  const { order } = context
  switch (operator) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      if (operand instanceof RegexValue && operator !== '$eq')
        throw new StoreError(2, `Can't have RegEx as arg to predicate over field '${path}'.`)
      return compare(path, operator, operand, context)
    case '$ne':
      if (operand instanceof RegexValue) throw new StoreError(2, "Can't have regex as arg to $ne.")
      return not(compare(path, '$eq', operand, context))
    case '$in':
      return inList(path, operator, operand, order)
    case '$nin':
      return not(inList(path, operator, operand, order))
    case '$exists': {
      const exists = isTruthy(operand)
      const present = wholes(path, (value) => value !== undefined)
      return {
        kind: 'exists',
        path,
        exists,
        fields: present.fields,
        matches: exists ? present.matches : (document) => !present.matches(document),
      }
    }
    case '$type': {
      const types = typeNumbers(operand)
      return {
        kind: 'type',
        path,
        types,
        ...elements(path, (value) => value !== undefined && types.includes(bsonType(value))),
      }
    }
    case '$mod':
      return { kind: 'other', ...elements(path, modTest(operand)) }
    case '$regex': {
      const options = all.get('$options')
      if (options !== undefined && typeof options !== 'string') throw new StoreError(2, '$options has to be a string')
      if (operand instanceof RegexValue) {
        if (options && operand.options) throw new StoreError(51075, 'options set in both $regex and $options')
        return regex(path, operand.pattern, options ?? operand.options)
      }
      if (typeof operand !== 'string') throw new StoreError(2, '$regex has to be a string')
      return regex(path, operand, options ?? '')
    }
    case '$options':
      if (!all.has('$regex')) throw new StoreError(2, '$options needs a $regex')
      return undefined
    case '$size': {
      const size = wholeNumber(operand)
      if (size === undefined) throw new StoreError(2, `Failed to parse $size. Expected a number in: $size`)
      if (size < 0) throw new StoreError(2, `Failed to parse $size. Expected a non-negative number in: $size: ${size}`)
      return { kind: 'other', ...wholes(path, (value) => Array.isArray(value) && value.length === size) }
    }
    case '$all':
      return compileAll(path, operand, context)
    case '$elemMatch':
      return compileElemMatch(path, operand, context)
    case '$not': {
      if (operand instanceof RegexValue) return not(regex(path, operand.pattern, operand.options))
      if (!isDoc(operand)) throw new StoreError(2, '$not needs a regex or a document')
      if (operand.size === 0) throw new StoreError(2, '$not cannot be empty')
      if (!isOperators(operand)) throw new StoreError(2, 'the argument of $not must be operators')
      return not(and(compileField(path, operand, context)))
    }
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return { kind: 'other', ...elements(path, bitsTest(operator, operand)) }
    case '$comment':
      return undefined
    case '$geoWithin':
    case '$geoIntersects':
    case '$near':
    case '$nearSphere':
    case '$within':
    case '$geoNear':
      throw notSupported(operator)
    default:
      throw new StoreError(2, `unknown operator: ${operator}`)
  }
}

function compileAll(path: string, operand: Value, context: FilterContext): Filter {
  if (!Array.isArray(operand)) throw new StoreError(2, '$all needs an array')
  if (operand.length === 0) return { kind: 'other', fields: new Set(), matches: () => false }
  const children = operand.map((item) => {
    if (isOperators(item)) {
      const [operator, argument] = [...item][0]!
      if (operator !== '$elemMatch') throw new StoreError(2, 'no $ expressions in $all')
      return compileElemMatch(path, argument, context)
    }
    return item instanceof RegexValue ? regex(path, item.pattern, item.options) : compare(path, '$eq', item, context)
  })
  return children.length === 1 ? children[0]! : and(children)
}

function compileElemMatch(path: string, operand: Value, context: FilterContext): Filter {
  if (!isDoc(operand)) throw new StoreError(2, '$elemMatch needs an Object')
  const first = operand.keys().next().value
  const ofValues = isOperators(operand) && first !== '$and' && first !== '$or' && first !== '$nor' && first !== '$expr'
  // Operators on bare values are compiled as if the element were a field of its own, which is never searched inside.
  const child = ofValues ? and(compileField(ELEMENT, operand, context)) : compileFilter(operand, context)
  const test = (item: Value): boolean => {
    if (ofValues) return child.matches(new Map([[ELEMENT, item]]))
    if (isDoc(item)) return child.matches(item)
    return Array.isArray(item) && child.matches(new Map(item.map((value, index) => [String(index), value])))
  }
  const matching = wholes(path, (value, details) => {
    if (!Array.isArray(value)) return false
    const index = value.findIndex(test)
    if (index >= 0 && details) details.arrayIndex = index
    return index >= 0
  })
  return { kind: 'elemMatch', path, child: ofValues ? MATCH_ALL : child, ...matching }
}

import { isNumber, wholeNumber } from '../bson/numbers.ts'
import { emptyDoc, isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { isTruthy } from '../expression/isTruthy.ts'
import type { Evaluate } from '../expression/operator.ts'
import { newScope, type Scope, type Variables } from '../expression/scope.ts'
import type { StringOrder } from './collation.ts'
import { compileFilter } from './compileFilter.ts'
import type { Filter, MatchDetails } from './filter.ts'

export interface Projection {
  apply(document: Doc, details?: MatchDetails): Doc
  /** Needs to know which array element the filter matched. */
  positional: boolean
  inclusion: boolean
}

interface Node {
  children: Map<string, Node>
  /** What to do with the field itself, when it has no children. */
  leaf?: Leaf
}
type Leaf =
  | { kind: 'include' | 'exclude' | 'positional' }
  | { kind: 'slice'; skip: number | undefined; limit: number }
  | { kind: 'elemMatch'; filter: Filter }
  | { kind: 'expression'; evaluate: Evaluate }

export interface ProjectionContext {
  order?: StringOrder | undefined
  variables?: Variables | undefined
  /** `find` knows $slice (of a field), $elemMatch and the positional $; the aggregation stage does not. */
  find: boolean
}

/**
 * Compiles a projection.
 * @throws StoreError 31253/31254 for a mix of inclusion and exclusion, 31249 for a path collision
 */
export function compileProjection(spec: Doc, context: ProjectionContext): Projection {
  const root: Node = { children: new Map<string, Node>() }
  const state = { included: false, excluded: false, expressions: false, positional: false }
  let idIncluded: boolean | undefined
  const readField = (path: string, value: Value): void => {
    if (path === '_id' && isFlag(value)) {
      idIncluded = isTruthy(value)
      return
    }
    if (isDoc(value) && value.size > 0 && ![...value.keys()][0]!.startsWith('$')) {
      for (const [name, inner] of value) readField(`${path}.${name}`, inner)
      return
    }
    const leaf = readLeaf(path, value, context)
    if (leaf.kind === 'include' || leaf.kind === 'positional') state.included = true
    if (leaf.kind === 'exclude') state.excluded = true
    if (leaf.kind === 'expression' || leaf.kind === 'elemMatch') state.expressions = true
    if (leaf.kind === 'positional') {
      if (state.positional) throw new StoreError(31276, 'Cannot specify more than one positional projection per query.')
      state.positional = true
    }
    if (state.included && state.excluded)
      throw leaf.kind === 'exclude'
        ? new StoreError(31254, `Cannot do exclusion on field ${path} in inclusion projection`)
        : new StoreError(31253, `Cannot do inclusion on field ${path} in exclusion projection`)
    insert(root, leaf.kind === 'positional' ? path.slice(0, -2) : path, leaf)
  }
  for (const [path, value] of spec) readField(path, value)

  const onlySlices = !state.included && !state.excluded && !state.expressions && [...root.children.values()].length > 0
  let inclusion = state.included || (state.expressions && !state.excluded)
  if (!state.included && !state.excluded && !state.expressions && !onlySlices) inclusion = idIncluded === true
  if (onlySlices && idIncluded === true) inclusion = false
  if (state.excluded && state.expressions && !context.find)
    throw new StoreError(31252, 'Cannot use expression other than $meta in exclusion projection')
  // {a: 1, _id: 1} keeps _id; {a: 1} too; {a: 0} drops only a.
  if (!root.children.has('_id')) {
    if (inclusion && idIncluded !== false)
      root.children.set('_id', { children: new Map<string, Node>(), leaf: { kind: 'include' } })
    if (!inclusion && idIncluded === false)
      root.children.set('_id', { children: new Map<string, Node>(), leaf: { kind: 'exclude' } })
  }
  return {
    inclusion,
    positional: state.positional,
    apply: (document, details) =>
      inclusion || state.expressions
        ? withNewFields(include(root, document, document, inclusion, context, details), root, document, context)
        : include(root, document, document, false, context, details),
  }
}

const isFlag = (value: Value): boolean => typeof value === 'boolean' || isNumber(value)

function insert(root: Node, path: string, leaf: Leaf): void {
  const parts = path.split('.')
  if (parts.some((part) => part === '')) throw new StoreError(15998, 'FieldPath field names may not be empty strings.')
  let node = root
  for (const part of parts) {
    if (node.leaf) throw collision(path)
    let next = node.children.get(part)
    if (!next) node.children.set(part, (next = { children: new Map<string, Node>() }))
    node = next
  }
  if (node.leaf || node.children.size > 0) throw collision(path)
  node.leaf = leaf
}

const collision = (path: string): StoreError => new StoreError(31249, `Path collision at ${path}`)

function readLeaf(path: string, value: Value, context: ProjectionContext): Leaf {
  if (context.find && path.endsWith('.$')) {
    if (!isFlag(value) || !isTruthy(value))
      throw new StoreError(31395, 'positional projection cannot be used with exclusion')
    return { kind: 'positional' }
  }
  if (path.startsWith('$'))
    throw new StoreError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
  if (path.split('.').some((part) => part.startsWith('$') && part !== '$id' && part !== '$ref' && part !== '$db'))
    throw new StoreError(
      context.find ? 31394 : 16410,
      `As of 4.4, it's illegal to specify positional operator in the middle of a path: ${path}`,
    )
  if (isFlag(value)) return { kind: isTruthy(value) ? 'include' : 'exclude' }
  if (isDoc(value)) {
    if (value.size === 0)
      throw new StoreError(51270, `An empty sub-projection is not a valid value. Found empty object at path ${path}`)
    const [operator, operand] = [...value][0]!
    if (context.find && operator === '$slice' && !(Array.isArray(operand) && !operand.every((item) => isNumber(item))))
      return readSlice(operand)
    if (context.find && operator === '$elemMatch') {
      if (!isDoc(operand))
        throw new StoreError(31274, `elemMatch: Invalid argument, object required, but got ${typeName(operand)}`)
      if (path.includes('.')) throw new StoreError(31275, 'Cannot use $elemMatch projection on a nested field.')
      return {
        kind: 'elemMatch',
        filter: compileFilter(new Map([['item', new Map([['$elemMatch', operand]])]]), context),
      }
    }
    if (operator === '$meta') throw notSupported('$meta')
  }
  return { kind: 'expression', evaluate: compileExpression(value, context.variables) }
}

function readSlice(operand: Value): Leaf {
  const numbers = (Array.isArray(operand) ? operand : [operand]).map((item) =>
    isNumber(item) ? wholeNumber(item) : undefined,
  )
  if (numbers.some((number) => number === undefined) || numbers.length === 0 || numbers.length > 2)
    throw new StoreError(28667, '$slice needs a whole number or an array of two')
  const [first, second] = numbers as number[]
  if (second !== undefined && second <= 0)
    throw new StoreError(28724, `First argument to $slice must be an array, but is of type: int`)
  return second === undefined
    ? { kind: 'slice', skip: undefined, limit: first! }
    : { kind: 'slice', skip: first!, limit: second }
}

function sliced(items: Value[], leaf: { skip: number | undefined; limit: number }): Value[] {
  if (leaf.skip === undefined) return leaf.limit < 0 ? items.slice(leaf.limit) : items.slice(0, leaf.limit)
  const from = leaf.skip < 0 ? Math.max(0, items.length + leaf.skip) : leaf.skip
  return items.slice(from, from + leaf.limit)
}

function include(
  node: Node,
  source: Doc,
  root: Doc,
  inclusion: boolean,
  context: ProjectionContext,
  details: MatchDetails | undefined,
): Doc {
  const result: Doc = new Map()
  for (const [name, value] of source) {
    const child = node.children.get(name)
    if (!child) {
      if (!inclusion) result.set(name, value)
      continue
    }
    const { leaf } = child
    if (!leaf) {
      const inner = below(child, value, root, inclusion, context, details)
      if (inner !== undefined) result.set(name, inner)
    } else if (leaf.kind === 'include') result.set(name, value)
    else if (leaf.kind === 'slice') result.set(name, Array.isArray(value) ? sliced(value, leaf) : value)
    else if (leaf.kind === 'positional') result.set(name, positionalElement(value, details))
    else if (leaf.kind === 'elemMatch') {
      const found: MatchDetails = {}
      if (Array.isArray(value) && leaf.filter.matches(new Map([['item', value]]), found))
        result.set(name, [value[found.arrayIndex!]!])
    } else if (leaf.kind === 'expression') result.set(name, value)
  }
  return result
}

function positionalElement(value: Value, details: MatchDetails | undefined): Value {
  if (!Array.isArray(value)) return value
  if (details?.arrayIndex === undefined)
    throw new StoreError(
      51246,
      "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
    )
  const item = value[details.arrayIndex]
  if (item === undefined)
    throw new StoreError(
      51247,
      "Executor error during find command :: caused by :: positional operator '.$' element mismatch",
    )
  return [item]
}

function below(
  node: Node,
  value: Value,
  root: Doc,
  inclusion: boolean,
  context: ProjectionContext,
  details: MatchDetails | undefined,
): Value | undefined {
  if (isDoc(value)) return include(node, value, root, inclusion, context, details)
  if (Array.isArray(value))
    return value
      .map((item) => below(node, item, root, inclusion, context, details))
      .filter((item): item is Value => item !== undefined)
  // A scalar has no such field: inclusion drops it, exclusion leaves it alone.
  return inclusion ? undefined : value
}

function withNewFields(result: Doc, node: Node, document: Doc, context: ProjectionContext): Doc {
  addComputed(result, node, newScope(document, context.variables, context.order))
  return result
}

/** Puts computed fields where the specification says, over what is there. */
function addComputed(target: Doc, node: Node, scope: Scope): void {
  for (const [name, child] of node.children) {
    if (child.leaf) {
      if (child.leaf.kind !== 'expression') continue
      const value = child.leaf.evaluate(scope)
      if (value === undefined) target.delete(name)
      else target.set(name, value)
    } else if (hasExpression(child)) target.set(name, computedBelow(target.get(name), child, scope))
  }
}

function computedBelow(current: Value | undefined, node: Node, scope: Scope): Value {
  if (Array.isArray(current)) return current.map((item) => computedBelow(item, node, scope))
  const inner: Doc = isDoc(current) ? current : emptyDoc()
  addComputed(inner, node, scope)
  return inner
}

const hasExpression = (node: Node): boolean =>
  node.leaf ? node.leaf.kind === 'expression' : [...node.children.values()].some(hasExpression)

/** `$addFields`/`$set`: everything stays, computed fields are set; a path through an array sets each element's. */
export function compileAddFields(
  spec: Doc,
  variables: Variables | undefined,
  order?: StringOrder,
): (document: Doc) => Doc {
  const root: Node = { children: new Map<string, Node>() }
  const read = (path: string, value: Value): void => {
    if (path.startsWith('$') || path.includes('.$'))
      throw new StoreError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      )
    if (isDoc(value) && value.size > 0 && ![...value.keys()][0]!.startsWith('$'))
      for (const [name, inner] of value) read(`${path}.${name}`, inner)
    else insert(root, path, { kind: 'expression', evaluate: compileExpression(value, variables) })
  }
  for (const [path, value] of spec) read(path, value)
  return (document) => addFields(document, root, newScope(document, variables, order))
}

function addFields(document: Doc, node: Node, scope: Scope): Doc {
  const result = new Map(document)
  for (const [name, child] of node.children) {
    if (child.leaf?.kind === 'expression') {
      const value = child.leaf.evaluate(scope)
      if (value === undefined) result.delete(name)
      else result.set(name, value)
    } else result.set(name, addBelow(result.get(name), child, scope))
  }
  return result
}

function addBelow(current: Value | undefined, node: Node, scope: Scope): Value {
  if (Array.isArray(current)) return current.map((item) => addBelow(item, node, scope))
  return addFields(isDoc(current) ? current : emptyDoc(), node, scope)
}

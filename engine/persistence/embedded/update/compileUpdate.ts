import { identicalValues } from '../bson/compare.ts'
import { isDoc, typeName, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import type { StringOrder } from '../query/collation.ts'
import { compileFilter } from '../query/compileFilter.ts'
import type { Filter } from '../query/filter.ts'
import { isIndexName } from '../query/walkPath.ts'
import { copyValue } from './copyValue.ts'
import { KEEP, OPERATORS, REMOVE, type Change, type UpdateContext } from './operators.ts'
import { assertViable, getAt, setAt, unsetAt } from './path.ts'
import { resolvePaths, type ArrayFilters } from './resolvePaths.ts'

export interface Update {
  /** Changes the document (which is the caller's own copy) or returns a new one. */
  apply(document: Doc, how: { arrayIndex: number | undefined; inserting: boolean }): Doc
  /** Uses `$`: the caller must say which array element matched. */
  positional: boolean
  /** A whole new document rather than changes. */
  replacement: boolean
}

interface Action {
  operator: string
  path: string
  parts: string[]
  change: (current: Value | undefined) => Change
  /** $rename only. */
  source?: string[]
}

/**
 * Compiles an update document of operators.
 * @throws StoreError 9 for an unknown operator, 40 for two changes of one path, 2 for bad operands or array filters
 */
export function compileOperatorUpdate(spec: Doc, filtersSpec: Value[], context: UpdateContext): Update {
  const actions: Action[] = []
  for (const [operator, operand] of spec) {
    if (!operator.startsWith('$'))
      throw new StoreError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
    if (operator !== '$rename' && !Object.hasOwn(OPERATORS, operator))
      throw new StoreError(
        9,
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      )
    if (!isDoc(operand))
      throw new StoreError(
        9,
        `Modifiers operate on fields but we found type ${typeName(operand)} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${typeName(operand)}}`,
      )
    for (const [path, value] of operand)
      actions.push(
        operator === '$rename'
          ? renameAction(path, value)
          : { operator, path, parts: parsePath(path), change: OPERATORS[operator]!(value, path, context) },
      )
  }
  assertNoConflicts(actions)
  // New fields are added in the order of their paths, numbers by value: documents of MongoDB look the same.
  actions.sort((a, b) => comparePaths(a.parts, b.parts))
  const filters = compileArrayFilters(filtersSpec, actions, context.order)
  return {
    replacement: false,
    positional: actions.some((action) => action.parts.includes('$')),
    apply(document, { arrayIndex, inserting }) {
      for (const action of actions) {
        if (action.operator === '$setOnInsert' && !inserting) continue
        if (action.source) rename(document, action.source, action.parts)
        else applyAction(document, action, arrayIndex, filters)
      }
      return document
    },
  }
}

function parsePath(path: string): string[] {
  if (path === '') throw new StoreError(56, 'An empty update path is not valid.')
  const parts = path.split('.')
  parts.forEach((part, index) => {
    if (part === '')
      throw new StoreError(56, `The update path '${path}' contains an empty field name, which is not allowed.`)
    if (index === 0 && (part === '$' || part.startsWith('$[')))
      throw new StoreError(
        2,
        `Cannot have array filter identifier or positional operator as first path component in path '${path}'`,
      )
    if (
      part.startsWith('$') &&
      part !== '$' &&
      !/^\$\[([a-z][A-Za-z0-9]*)?\]$/.test(part) &&
      !['$id', '$ref', '$db'].includes(part)
    )
      throw new StoreError(
        52,
        `The dollar ($) prefixed field '${part}' in '${path}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      )
  })
  if (parts.filter((part) => part === '$').length > 1)
    throw new StoreError(2, `Too many positional (i.e. '$') elements found in path '${path}'`)
  return parts
}

function renameAction(path: string, target: Value): Action {
  if (typeof target !== 'string') throw new StoreError(2, `The 'to' field for $rename must be a string: ${path}`)
  const source = parsePath(path)
  const parts = parsePath(target)
  if ([...source, ...parts].some((part) => part === '$' || part.startsWith('$[')))
    throw new StoreError(2, `The source and target field for $rename may not be dynamic: ${path}`)
  if (path === target) throw new StoreError(2, `The source and target field for $rename must differ: ${path}`)
  return { operator: '$rename', path: target, parts, source, change: () => KEEP }
}

function rename(document: Doc, source: string[], target: string[]): void {
  assertNoArrays(document, source, 'source')
  const value = getAt(document, source)
  if (value === undefined) return
  assertNoArrays(document, target, 'destination')
  unsetAt(document, source)
  setAt(document, target, value)
}

function assertNoArrays(document: Doc, parts: string[], which: string): void {
  for (let length = 1; length < parts.length; length++)
    if (Array.isArray(getAt(document, parts.slice(0, length))))
      throw new StoreError(2, `The ${which} field cannot be an array element, '${parts.join('.')}'`)
}

function assertNoConflicts(actions: Action[]): void {
  const seen: string[][] = []
  for (const action of actions)
    for (const parts of action.source ? [action.source, action.parts] : [action.parts]) {
      for (const other of seen) {
        const shorter = Math.min(parts.length, other.length)
        if (parts.slice(0, shorter).every((part, index) => part === other[index])) {
          const at = (parts.length < other.length ? parts : other).join('.')
          throw new StoreError(40, `Updating the path '${action.path}' would create a conflict at '${at}'`)
        }
      }
      seen.push(parts)
    }
}

function comparePaths(a: string[], b: string[]): number {
  for (let index = 0; index < a.length && index < b.length; index++) {
    const x = a[index]!
    const y = b[index]!
    if (x === y) continue
    if (isIndexName(x) && isIndexName(y)) return Number(x) - Number(y)
    return x < y ? -1 : 1
  }
  return a.length - b.length
}

function compileArrayFilters(specs: Value[], actions: Action[], order: StringOrder | undefined): ArrayFilters {
  const filters = new Map<string, Filter>()
  for (const spec of specs) {
    if (!isDoc(spec)) throw new StoreError(14, 'arrayFilters must be an array of documents')
    const identifier = identifierOf(spec)
    if (identifier === undefined)
      throw new StoreError(9, 'Cannot use an expression without a top-level field name in arrayFilters')
    if (!/^[a-z][A-Za-z0-9]*$/.test(identifier))
      throw new StoreError(
        2,
        `Error parsing array filter :: caused by :: The top-level field name must be an alphanumeric string beginning with a lowercase letter, found '${identifier}'`,
      )
    if (filters.has(identifier))
      throw new StoreError(9, `Found multiple array filters with the same top-level field name ${identifier}`)
    filters.set(identifier, compileFilter(spec, { order }))
  }
  const used = new Set(
    actions.flatMap((action) =>
      action.parts.filter((part) => /^\$\[.+\]$/.test(part)).map((part) => part.slice(2, -1)),
    ),
  )
  for (const identifier of used)
    if (!filters.has(identifier))
      throw new StoreError(
        2,
        `No array filter found for identifier '${identifier}' in path '${actions.find((action) => action.parts.includes(`$[${identifier}]`))!.path}'`,
      )
  for (const identifier of filters.keys())
    if (!used.has(identifier))
      throw new StoreError(9, `The array filter for identifier '${identifier}' was not used in the update`)
  return filters
}

function identifierOf(spec: Doc): string | undefined {
  let found: string | undefined
  for (const [key, value] of spec) {
    const names = key.startsWith('$')
      ? (Array.isArray(value) ? value : []).map((branch) => (isDoc(branch) ? identifierOf(branch) : undefined))
      : [key.split('.')[0]]
    for (const name of names) {
      if (name === undefined) continue
      if (found !== undefined && found !== name)
        throw new StoreError(
          9,
          `Error parsing array filter :: caused by :: Expected a single top-level field name, found '${found}' and '${name}'`,
        )
      found = name
    }
  }
  return found
}

function applyAction(document: Doc, action: Action, arrayIndex: number | undefined, filters: ArrayFilters): void {
  for (const parts of resolvePaths(document, action.parts, arrayIndex, filters)) {
    const current = getAt(document, parts)
    if (current === undefined && action.operator !== '$unset') {
      if (['$pop', '$pull', '$pullAll'].includes(action.operator)) assertViable(document, parts)
    }
    const result = action.change(current)
    if (result === KEEP) continue
    if (result === REMOVE) unsetAt(document, parts)
    else if (current === undefined || !identicalValues(current, result)) setAt(document, parts, copyValue(result))
  }
}

import { isDoc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { arithmetic } from './arithmetic.ts'
import { arrays } from './arrays.ts'
import { comparison } from './comparison.ts'
import { control } from './control.ts'
import { conversion } from './conversion.ts'
import { dateParts } from './dateParts.ts'
import { dateText } from './dateText.ts'
import { followPath } from './fieldPath.ts'
import { folds } from './folds.ts'
import { objects } from './objects.ts'
import type { Compile, Evaluate, Operators } from './operator.ts'
import type { Variables } from './scope.ts'
import { sets } from './sets.ts'
import { strings } from './strings.ts'

const OPERATORS: Operators = {
  ...arithmetic,
  ...arrays,
  ...comparison,
  ...control,
  ...conversion,
  ...dateParts,
  ...dateText,
  ...folds,
  ...objects,
  ...sets,
  ...strings,
}

const BUILT_IN = new Set(['ROOT', 'CURRENT', 'REMOVE', 'NOW', 'CLUSTER_TIME'])

/**
 * Compiles an aggregation expression. `variables` names what `$$x` may be.
 * @throws StoreError 168 for an unknown operator, 17276 for an unknown variable, 15983 for several operators in one object
 */
export function compileExpression(spec: Value, variables?: Variables, names: readonly string[] = []): Evaluate {
  const known = new Set([...(variables?.keys() ?? []), ...names])
  return compileIn(spec, known)
}

function compileIn(spec: Value, known: ReadonlySet<string>): Evaluate {
  if (typeof spec === 'string' && spec.startsWith('$'))
    return spec.startsWith('$$') ? variable(spec, known) : fieldPath(spec)
  if (Array.isArray(spec)) {
    const items = spec.map((item) => compileIn(item, known))
    return (scope) => items.map((item) => item(scope) ?? null)
  }
  if (!isDoc(spec)) return () => spec
  const first = spec.keys().next().value
  if (first === undefined) return () => new Map()
  if (!first.startsWith('$')) return objectLiteral(spec, known)
  if (spec.size > 1)
    throw new StoreError(
      15983,
      `an expression specification must contain exactly one field, the name of the expression. Found ${spec.size} fields in { ${[...spec.keys()].join(', ')} }`,
    )
  const operator = OPERATORS[first]
  if (!operator || !Object.hasOwn(OPERATORS, first)) throw new StoreError(168, `Unrecognized expression '${first}'`)
  const compile: Compile = (inner, names) => compileIn(inner, names ? new Set([...known, ...names]) : known)
  return operator(spec.get(first)!, compile, first)
}

function fieldPath(spec: string): Evaluate {
  const parts = spec.slice(1).split('.')
  checkPath(spec, parts)
  if (parts.length === 1) {
    const name = parts[0]!
    return (scope) => scope.root.get(name)
  }
  return (scope) => followPath(scope.root, parts)
}

function checkPath(spec: string, parts: string[]): void {
  if (spec === '$') throw new StoreError(16872, "'$' by itself is not a valid FieldPath")
  if (parts.some((part) => part.startsWith('$')))
    throw new StoreError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`)
}

function variable(spec: string, known: ReadonlySet<string>): Evaluate {
  const [name, ...parts] = spec.slice(2).split('.') as [string, ...string[]]
  if (name === '') throw new StoreError(16869, 'empty variable names are not allowed')
  if (parts.length > 0) checkPath(spec, parts)
  if (name === 'REMOVE') return () => undefined
  if ((name === 'ROOT' || name === 'CURRENT') && !known.has(name)) return (scope) => followPath(scope.root, parts)
  if (!known.has(name) && !BUILT_IN.has(name)) {
    if (/^(USER_ROLES|SEARCH_META|PRUNE|DESCEND|KEEP)$/.test(name))
      throw new StoreError(168, `variable $$${name} is not supported here`)
    throw new StoreError(17276, `Use of undefined variable: ${name}`)
  }
  return (scope) => followPath(scope.variables.get(name), parts)
}

function objectLiteral(spec: Map<string, Value>, known: ReadonlySet<string>): Evaluate {
  const fields = [...spec].map(([name, value]) => {
    if (name.startsWith('$'))
      throw new StoreError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      )
    if (name.includes('.'))
      throw new StoreError(16412, `FieldPath field names may not contain '.'. Consider using $getField or $setField.`)
    return [name, compileIn(value, known)] as const
  })
  return (scope) => {
    const result = new Map<string, Value>()
    for (const [name, evaluate] of fields) {
      const value = evaluate(scope)
      if (value !== undefined) result.set(name, value)
    }
    return result
  }
}

import { DateValue, TimestampValue, type Doc, type Value } from '../bson/values.ts'
import type { StringOrder } from '../query/collation.ts'

/** Values of `$$name`: `let` of the command, `$$NOW`, and what `$let`, `$map` … bind. */
export type Variables = ReadonlyMap<string, Value | undefined>

/** What an expression is evaluated in. */
export interface Scope {
  root: Doc
  variables: Variables
  order: StringOrder | undefined
}

const NONE: Variables = new Map()

export const newScope = (root: Doc, variables: Variables = NONE, order?: StringOrder): Scope => ({
  root,
  variables,
  order,
})

/** The same document with one more variable. */
export function bind(scope: Scope, bindings: Iterable<[string, Value | undefined]>): Scope {
  const variables = new Map(scope.variables)
  for (const [name, value] of bindings) variables.set(name, value)
  return { ...scope, variables }
}

/** Variables of a command: the system's and those of its `let`, already evaluated. */
export function systemVariables(now = Date.now()): Map<string, Value | undefined> {
  return new Map<string, Value | undefined>([
    ['NOW', new DateValue(now)],
    ['CLUSTER_TIME', new TimestampValue(BigInt(Math.floor(now / 1000)) << 32n)],
  ])
}

import type { Value } from '../bson/values.ts'
import type { Scope } from './scope.ts'

/** A compiled expression; `undefined` is MongoDB's "missing". */
export type Evaluate = (scope: Scope) => Value | undefined

/** Compiles a sub-expression, in which the variables `names` are known besides those of the outside. */
export type Compile = (spec: Value, names?: readonly string[]) => Evaluate

/** An operator: from what stands after its name to a compiled expression. */
export type Operator = (spec: Value, compile: Compile, name: string) => Evaluate
export type Operators = Record<string, Operator>

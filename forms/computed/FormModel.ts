import type { CompiledExpression } from '../expressions/compileExpression.ts'
import type { DecimalRule } from '../schema/decimals.ts'
import type { FormSchema, IssueLevel } from '../types.ts'

/** When a computed value is evaluated; at other moments it is frozen. `read` is never stored. */
export type ComputedMoment =
  { on: 'always' | 'create' | 'read' } | { on: 'change'; field: string } | { on: 'enter'; state: string }

export interface FormCheck {
  /** True is good; false gives the message; null (something is empty) says nothing. */
  expression: CompiledExpression
  message: string
  level: IssueLevel
  /** Paths below `value` or `row` that must not be empty for the check to run. */
  inputs: string[]
}

/** One property of a form, read once. */
export interface FormField {
  /** Dotted path from the form, or from the row inside a sub-list. */
  path: string
  name: string
  title: string
  schema: FormSchema
  /** In the `required` of its parent. */
  required: boolean
  /** An object with properties of its own: it has no value apart from theirs. */
  group: boolean
  /** A sub-list: how its rows behave. */
  rows: RowModel | null
  /** All must hold: its own condition and those of the sections that show it. */
  visibleWhen: CompiledExpression[]
  requiredWhen: CompiledExpression | null
  editableWhen: CompiledExpression | null
  computed: { expression: CompiledExpression; moments: ComputedMoment[] } | null
  proposal: CompiledExpression | null
  checks: FormCheck[]
  decimal: DecimalRule | null
  /** Never edited by a person: read-only, state, code. */
  locked: boolean
  /** Not edited again once saved. */
  fixed: boolean
  /** Of the record as saved: from when on it is fixed; null: from the first save with a value. */
  fixedWhen: CompiledExpression | null
  /** Says when not even a correction may change it any more. */
  fixedFor: CompiledExpression | null
  /** The process that changes it once it is fixed. */
  changedBy: { process: string; message: string } | null
}

/** The rows of a sub-list: fields in order of evaluation, and the rules of the whole table. */
export interface RowModel {
  fields: FormField[]
  /** The boolean column of which at most one row is true. */
  main: string | null
  /** Columns that together may not repeat. */
  uniqueBy: string[]
  /** Over a saved row: may it be taken away? null: any may. */
  removeWhen: CompiledExpression | null
}

/** A form ready to be settled and checked. Immutable. */
export interface FormModel {
  schema: FormSchema
  /** In the order of the schema, groups before what is in them. */
  fields: FormField[]
  /** Paths in the order in which visibility, proposals and computed values are evaluated. */
  order: string[]
  /** Checks of the form as a whole. */
  checks: FormCheck[]
  /** Fields whose referenced row some expression reads: what the caller must load into `ref`. */
  refs: string[]
  /** Facts that some expression reads. */
  facts: string[]
}

import type { CompiledExpression } from '../expressions/compileExpression.ts'
import type { FormField } from './FormModel.ts'

/** Every expression of a field, those of its rows included. */
export function expressionsOf(field: FormField): CompiledExpression[] {
  const own = [
    ...field.visibleWhen,
    field.requiredWhen,
    field.editableWhen,
    field.fixedWhen,
    field.fixedFor,
    field.rows?.removeWhen,
    field.computed?.expression,
    field.proposal,
    ...field.checks.map((check) => check.expression),
  ].filter((expression) => expression !== null && expression !== undefined)
  return [...own, ...(field.rows?.fields.flatMap(expressionsOf) ?? [])]
}

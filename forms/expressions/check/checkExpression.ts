import type { FormSchema } from '../../types.ts'
import { compileExpression } from '../compileExpression.ts'
import { ExpressionError } from '../ExpressionError.ts'
import { labelOf, type FeelType } from '../feelValues.ts'
import type { ExpressionFinding } from './ExpressionFinding.ts'
import { TypeChecker } from './TypeChecker.ts'

/** Names in reach → their schemas. `x-open: true`, or an object without properties: anything may be below it. */
export type ExpressionScope = Record<string, FormSchema>

export interface CheckExpressionOptions {
  /** Functions in reach by full name, besides FEEL's own. Without it every name is taken. */
  functions?: Iterable<string>
  /** What the place needs. */
  gives?: FeelType
  /** The answer chooses a way (a flow): one that may be null is a finding too. */
  decides?: boolean
}

/**
 * What is wrong with an expression, found without running it: names and paths that do not exist, a third hop of
 * `ref`, comparisons and arithmetic of wrong types, amounts treated as numbers, functions that are not listed.
 * Never throws.
 */
export function checkExpression(
  text: string,
  scope: ExpressionScope,
  options: CheckExpressionOptions = {},
): ExpressionFinding[] {
  let tree
  try {
    tree = compileExpression(text).tree
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    return [{ code: error.code, message: error.reason }]
  }
  const checker = new TypeChecker(options.functions ? new Set(options.functions) : null)
  const result = checker.check(tree, scope)
  const { gives, decides } = options
  if (gives && result.type !== gives && result.type !== 'any' && result.type !== 'null') {
    checker.findings.push({
      code: 'feel-type',
      message: `Aquí se espera ${labelOf(gives)}, no ${labelOf(result.type)}`,
    })
  }
  if (decides && result.canBeNull && checker.findings.length === 0) {
    const message = 'Puede no dar ni sí ni no cuando falta un dato: compruebe antes que no sea null'
    checker.findings.push({ code: 'feel-null-branch', message })
  }
  return checker.findings
}

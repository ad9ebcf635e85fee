import { ExpressionError } from '../expressions/ExpressionError.ts'
import type { Issue } from '../types.ts'

/** An expression that failed, as a finding beside the field it belongs to. */
export function expressionIssue(path: string, title: string, text: string, error: unknown): Issue {
  const reason =
    error instanceof ExpressionError ? error.reason : error instanceof Error ? error.message : String(error)
  return {
    path,
    rule: 'expression',
    params: { expression: text, reason },
    message: `No se pudo calcular ${title}`,
    level: 'error',
  }
}

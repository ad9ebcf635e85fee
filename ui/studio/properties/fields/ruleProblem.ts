import { compileExpression, ExpressionError } from '#forms'

/** Why this rule cannot be read, or null when it can (or is empty). */
export function ruleProblem(text: string): string | null {
  if (text.trim() === '') return null
  try {
    compileExpression(text)
    return null
  } catch (error) {
    return error instanceof ExpressionError ? error.reason : String(error)
  }
}

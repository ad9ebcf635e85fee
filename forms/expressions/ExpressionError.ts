/**
 * An expression that cannot be read or evaluated. `reason` is in Spanish: analysts read it in the checks
 * and in incidents. Never caught to choose a branch silently.
 */
export class ExpressionError extends Error {
  readonly expression: string
  readonly reason: string
  /** Of the static checks: `feel-in-brackets` has a cure of its own. */
  readonly code: 'feel-syntax' | 'feel-in-brackets'

  constructor(expression: string, reason: string, code: 'feel-syntax' | 'feel-in-brackets' = 'feel-syntax') {
    super(`${reason} — en «${expression}»`)
    this.name = 'ExpressionError'
    this.expression = expression
    this.reason = reason
    this.code = code
  }
}

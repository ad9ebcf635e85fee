/**
 * An expression that cannot be read or evaluated. `reason` is in Spanish: analysts read it in the checks
 * and in incidents. Never caught to choose a branch silently.
 */
export class ExpressionError extends Error {
  readonly expression: string
  readonly reason: string

  constructor(expression: string, reason: string) {
    super(`${reason} — en «${expression}»`)
    this.name = 'ExpressionError'
    this.expression = expression
    this.reason = reason
  }
}

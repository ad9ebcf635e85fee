/**
 * A definition that cannot become a form. `path` is the JSON path of the culprit inside the schema
 * (`properties.total.x-computed`); `reason` is in Spanish.
 */
export class FormModelError extends Error {
  readonly path: string
  readonly reason: string

  constructor(path: string, reason: string) {
    super(path ? `${path}: ${reason}` : reason)
    this.name = 'FormModelError'
    this.path = path
    this.reason = reason
  }
}

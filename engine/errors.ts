import { errorCatalog, type ErrorCode, type FindingView } from '#engine/contract'
import type { Issue } from '#forms'

/** An error with a code of the catalogue. What a user can mend is 4xx and says how. */
export class CauceError extends Error {
  readonly code: ErrorCode
  readonly status: number
  readonly issues: Issue[] | undefined
  readonly findings: FindingView[] | undefined
  /** For errors that carry what the caller needs to go on (the stored record of a conflict, for example). */
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, params: Record<string, string | number> = {}, extra: ErrorExtra = {}) {
    const definition = errorCatalog[code]
    super(
      definition.message.replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? '')),
      extra.cause ? { cause: extra.cause } : undefined,
    )
    this.name = 'CauceError'
    // Findings say what to mend; whoever only sees the message (a log, a terminal) sees them too.
    if (extra.findings)
      this.message += extra.findings.map((finding) => `\n  ${finding.file} ${finding.at}: ${finding.message}`).join('')
    this.code = code
    this.status = definition.status
    this.issues = extra.issues
    this.findings = extra.findings
    this.details = extra.details
  }
}
export interface ErrorExtra {
  issues?: Issue[]
  findings?: FindingView[]
  details?: Record<string, unknown>
  cause?: unknown
}

/** True for an error of the catalogue with this code. */
export function isError(error: unknown, code: ErrorCode): error is CauceError {
  return error instanceof CauceError && error.code === code
}

/** The reason somebody gave, trimmed; throws 422 `form.invalid` at `reason` where one is asked for and there is none. */
export function readReason(given: string | undefined, asked: boolean): string {
  const reason = given?.trim() ?? ''
  if (!asked || reason !== '') return reason
  const issue: Issue = { path: 'reason', rule: 'required', params: {}, message: 'Escriba el motivo.', level: 'error' }
  throw new CauceError('form.invalid', {}, { issues: [issue] })
}

import type { ErrorBody, ErrorCode } from '#engine/contract'
import type { Issue } from '#forms'

/** What the server answered when it refused, or `network` when it did not answer at all. */
export class ApiError extends Error {
  readonly status: number
  readonly code: ErrorCode | 'network'
  readonly issues: Issue[]
  readonly requestId: string | null
  readonly body: ErrorBody | null

  constructor(status: number, code: ErrorCode | 'network', message: string, body: ErrorBody | null = null) {
    super(message)
    this.name = 'ApiError'
    this.status = status
    this.code = code
    this.body = body
    this.issues = body?.issues ?? []
    this.requestId = body?.requestId ?? null
  }
}

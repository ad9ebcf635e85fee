/** Codes after which a driver may send a numbered write once more (MongoDB's error_codes.yml, RetriableError). */
const RETRIABLE = new Set([6, 7, 89, 91, 134, 189, 262, 358, 9001, 10107, 11600, 11602, 13435, 13436])

/** Codes that end a transaction without fault of its own: the whole of it may be tried again. */
const TRANSIENT = new Set([24, 112, 239, 246, 251, 267])

export interface LabelContext {
  /** A statement of a multi-document transaction. */
  inTransaction: boolean
  /** commitTransaction or abortTransaction. */
  ending: boolean
  committing: boolean
  /** A write with a txnNumber outside a transaction. */
  retryable: boolean
}

/**
 * Labels the server itself puts on an error, as MongoDB's error_labels.cpp does.
 * `code` is the command's own error, `concernCode` that of its write concern.
 */
export function labelsFor(code: number | undefined, concernCode: number | undefined, context: LabelContext): string[] {
  const { inTransaction, ending, committing, retryable } = context
  const labels: string[] = []
  if (
    code !== undefined &&
    ((inTransaction && RETRIABLE.has(code)) || ((inTransaction || ending) && TRANSIENT.has(code)))
  )
    labels.push('TransientTransactionError')
  // What could not be written may be on disk or not: only a restart tells.
  if (committing && code === 91) labels.push('UnknownTransactionCommitResult')
  const mayRetry = [code, concernCode].some((one) => one !== undefined && RETRIABLE.has(one))
  if ((retryable || ending) && mayRetry) labels.push('RetryableWriteError')
  return labels
}

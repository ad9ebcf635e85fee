import { wholeNumber } from '../bson/numbers.ts'
import { emptyDoc, doc, isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'

/** A failure ordered by a test through `configureFailPoint`. */
export interface Failure {
  /** Milliseconds to wait before anything else. */
  block: number
  closeConnection: boolean
  code: number | undefined
  writeConcernError: Doc | undefined
  /** undefined: the labels the code has by itself. */
  labels: Value[] | undefined
}

/** Makes the dispatcher close the connection instead of answering. */
export class CloseConnection extends Error {}

/** What happens around the commit of a numbered write. */
export interface Interruption {
  before?: Error
  after?: Error
}

/** Failures to inject. Exists only in stores started for tests. */
export class FailPoint {
  private name = ''
  private data: Doc = new Map()
  private skip = 0
  private times = 0

  /** @throws StoreError 2 for another fail point than failCommand */
  configure(body: Doc): void {
    const name = body.get('configureFailPoint')
    if (name !== 'failCommand' && name !== 'onPrimaryTransactionalWrite')
      throw new StoreError(2, `unknown fail point '${String(body.get('configureFailPoint'))}'`)
    const mode = body.get('mode')
    this.name = name
    const data = body.get('data')
    this.data = isDoc(data) ? data : emptyDoc()
    this.skip = isDoc(mode) ? (wholeNumber(mode.get('skip')) ?? 0) : 0
    this.times =
      mode === 'alwaysOn'
        ? Infinity
        : isDoc(mode)
          ? (wholeNumber(mode.get('times')) ?? (mode.has('skip') ? Infinity : 0))
          : 0
  }

  /** What is to happen to this command, if anything. */
  next(command: string, appName: string | undefined): Failure | undefined {
    const commands = this.data.get('failCommands')
    if (this.name !== 'failCommand' || !Array.isArray(commands) || !commands.includes(command)) return undefined
    const wanted = this.data.get('appName')
    if (wanted !== undefined && wanted !== appName) return undefined
    if (!this.strikes()) return undefined
    const writeConcernError = this.data.get('writeConcernError')
    const labels = this.data.get('errorLabels')
    return {
      block: this.data.get('blockConnection') === true ? (wholeNumber(this.data.get('blockTimeMS')) ?? 0) : 0,
      closeConnection: this.data.get('closeConnection') === true,
      code: wholeNumber(this.data.get('errorCode')),
      writeConcernError: isDoc(writeConcernError) ? writeConcernError : undefined,
      labels: Array.isArray(labels) ? labels : undefined,
    }
  }

  /** For a numbered write of so many statements, each of which counts (fail point onPrimaryTransactionalWrite). */
  onWrite(statements: number): Interruption | undefined {
    if (this.name !== 'onPrimaryTransactionalWrite') return undefined
    const close = this.data.get('closeConnection') !== false
    const code = wholeNumber(this.data.get('failBeforeCommitExceptionCode'))
    for (let statement = 0; statement < statements; statement++) {
      if (!this.strikes()) continue
      if (code !== undefined)
        return { before: close ? new CloseConnection() : new StoreError(code, 'Failing write before its commit') }
      if (close) return { after: new CloseConnection() }
    }
    return undefined
  }

  private strikes(): boolean {
    if (this.times === 0) return false
    if (this.skip > 0) {
      this.skip--
      return false
    }
    this.times--
    return true
  }
}

/** Adds the ordered write concern error to the reply of a command that did run. */
export function addFailure(reply: Doc, failure: Failure): void {
  if (!failure.writeConcernError) return
  reply.set('writeConcernError', doc(Object.fromEntries(failure.writeConcernError)))
  if (failure.labels) reply.set('errorLabels', failure.labels)
}

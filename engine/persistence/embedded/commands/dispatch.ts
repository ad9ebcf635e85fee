import { authenticate, type Authentication } from '../authenticate.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { BinaryValue, doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { codeName, notSupported, StoreError } from '../errors.ts'
import { systemVariables } from '../expression/scope.ts'
import { readRetryRecord, writeRetryRecord } from '../session/retryRecord.ts'
import { TRANSACTION_LIFETIME_MS, type Session } from '../session/sessions.ts'
import { LockedError, Txn } from '../storage/txn.ts'
import { nextTimestamp } from '../update/operators.ts'
import type { Request } from '../wire/frame.ts'
import { labelsFor } from '../errorLabels.ts'
import { errorReply } from '../errorReply.ts'
import { addFailure, CloseConnection, type Failure } from './failPoint.ts'
import { backup } from './backup.ts'
import { checkFields, docArgument, wholeArgument } from './arguments.ts'
import { COMMON_FIELDS, type Command, type CommandType, type Engine } from './command.ts'
import { COMMANDS } from './table.ts'

/** How long a write outside a transaction waits for one that holds its document. */
const LOCK_WAIT_MS = TRANSACTION_LIFETIME_MS

/** Runs one request and answers it; undefined means: close the connection. Never throws. */
export async function dispatch(
  engine: Engine,
  request: Request,
  connection: ClientConnection,
): Promise<Doc | undefined> {
  const { body } = request
  for (const [name, documents] of request.sections) body.set(name, documents)
  const name = body.keys().next().value ?? ''
  if (request.legacy || name === 'hello') rememberClient(body, connection)
  const failure = name === 'configureFailPoint' ? undefined : engine.failPoint?.next(name, connection.appName)
  if (failure?.block) await after(failure.block)
  if (failure?.closeConnection) return undefined
  try {
    if (failure?.code !== undefined) throw failWith(failure)
    const reply =
      (engine.scram && authenticate(engine.scram, name, body, connection)) ??
      (await run(engine, name, body, connection.id))
    if (!reply.has('ok')) reply.set('ok', 1)
    addWriteConcernError(reply, body)
    if (failure) addFailure(reply, failure)
    if (!failure?.labels) addLabels(reply, body, name)
    return withClusterTime(reply)
  } catch (error) {
    if (error instanceof CloseConnection) return undefined
    const reply = errorReply(error)
    if (failure?.writeConcernError) addFailure(reply, failure)
    if (!failure?.labels) addLabels(reply, body, name)
    return withClusterTime(reply)
  }
}

/** What the dispatcher knows of a client. */
export interface ClientConnection extends Authentication {
  id: number
  appName: string | undefined
}

function rememberClient(body: Doc, connection: ClientConnection): void {
  const client = body.get('client')
  const application = isDoc(client) ? client.get('application') : undefined
  const name = isDoc(application) ? application.get('name') : undefined
  if (typeof name === 'string') connection.appName = name
}

function failWith(failure: Failure): StoreError {
  const error = new StoreError(failure.code!, 'Failing command via failCommand fail point')
  for (const label of failure.labels ?? []) error.label(label as string)
  return error
}

function addLabels(reply: Doc, body: Doc, name: string): void {
  const concern = reply.get('writeConcernError')
  const concernCode = isDoc(concern) ? wholeNumber(concern.get('code')) : undefined
  const code = reply.get('ok') === 0 ? wholeNumber(reply.get('code')) : undefined
  if ((code ?? concernCode) === undefined) return
  const ending = name === 'commitTransaction' || name === 'abortTransaction'
  const inTransaction = body.get('autocommit') === false && !ending
  const labels = labelsFor(code, concernCode, {
    ending,
    committing: name === 'commitTransaction',
    inTransaction,
    retryable: body.has('txnNumber') && !inTransaction && !ending,
  })
  if (labels.length === 0) return
  const known = (reply.get('errorLabels') as Value[] | undefined) ?? []
  reply.set('errorLabels', [...new Set([...known, ...labels])])
}

function withClusterTime(reply: Doc): Doc {
  const time = nextTimestamp(Date.now())
  reply.set(
    '$clusterTime',
    doc({ clusterTime: time, signature: doc({ hash: new BinaryValue(Buffer.alloc(20), 0), keyId: 0n }) }),
  )
  reply.set('operationTime', time)
  return reply
}

// One node can satisfy "majority" and 1, and nothing else.
function addWriteConcernError(reply: Doc, body: Doc): void {
  const concern = body.get('writeConcern')
  const w = isDoc(concern) ? concern.get('w') : undefined
  if (w === undefined || w === 'majority') return
  const nodes = wholeNumber(w)
  if (nodes !== undefined && nodes <= 1) return
  const [code, errmsg] =
    typeof w === 'string'
      ? [79, `No write concern mode named '${w}' found in replica set configuration`]
      : [100, 'Not enough data-bearing nodes']
  reply.set('writeConcernError', doc({ code: int32(code), codeName: codeName(code), errmsg }))
}

async function run(engine: Engine, name: string, body: Doc, connectionId: number): Promise<Doc> {
  const database = body.get('$db')
  if (typeof database !== 'string') throw new StoreError(40571, 'OP_MSG requests require a $db argument')
  if (database === '' || database.length > 63 || /[/\\. "\0]/.test(database))
    throw new StoreError(73, `Invalid database name: '${database}'`)
  const session = engine.sessions.use(body.get('lsid'))
  const txnNumber = body.get('txnNumber')
  if (name === 'configureFailPoint' && engine.failPoint) {
    engine.failPoint.configure(body)
    return doc({})
  }
  if (name === 'storeBackup') return backup(engine, database, body)
  if (name === 'commitTransaction' || name === 'abortTransaction')
    return endTransaction(engine, name, session, txnNumber)
  const type = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined
  if (!type) throw new StoreError(59, `no such command: '${name}'`)
  checkCommonFields(body)
  for (const field of body.keys())
    if (!COMMON_FIELDS.has(field) && !type.fields.includes(field))
      throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`)
  const statement: Statement = { engine, type, name, body, database, session, connectionId }
  if (type.always) return execute(statement, new Txn(engine.store), false)
  if (body.get('autocommit') === false) return runInTransaction(statement, txnNumber)
  if (typeof txnNumber === 'bigint' && session) return runRetryable(statement, session, txnNumber)
  return runAlone(statement, () => undefined)
}

interface Statement {
  engine: Engine
  type: CommandType
  name: string
  body: Doc
  database: string
  session: Session | undefined
  connectionId: number
}

const WRITE_CONCERN_FIELDS = new Set(['w', 'j', 'wtimeout', 'fsync', 'provenance'])
const READ_CONCERN_FIELDS = new Set(['level', 'afterClusterTime', 'atClusterTime', 'afterOpTime', 'provenance'])

/** What any command may carry must be right too. @throws StoreError 40415, 14, 9, 51024, 115 */
function checkCommonFields(body: Doc): void {
  wholeArgument(body, 'maxTimeMS')
  checkFields(docArgument(body, 'writeConcern'), 'writeConcern', WRITE_CONCERN_FIELDS)
  const concern = docArgument(body, 'readConcern')
  if (!concern) return
  checkFields(concern, 'readConcern', READ_CONCERN_FIELDS)
  const level = concern.get('level')
  if (level !== undefined && !['local', 'majority', 'available', 'linearizable', 'snapshot'].includes(level as string))
    throw new StoreError(9, `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`)
  if (concern.has('atClusterTime')) throw notSupported('readConcern.atClusterTime')
  // Outside a transaction a snapshot of the past would have to be kept.
  if (level === 'snapshot' && body.get('autocommit') === undefined)
    throw notSupported('readConcern "snapshot" outside a transaction')
}

function execute(
  { engine, type, name, body, database, session, connectionId }: Statement,
  txn: Txn,
  inTransaction: boolean,
): Doc {
  const now = Date.now()
  txn.deadline = now + (wholeNumber(body.get('maxTimeMS')) || Infinity)
  const command: Command = {
    engine,
    name,
    body,
    database,
    txn,
    session,
    inTransaction,
    connectionId,
    now,
    variables: systemVariables(now),
  }
  return type.run(command)
}

/** A statement of its own: repeated from the start when it meets a document an open transaction has written. */
async function runAlone(statement: Statement, beforeCommit: (txn: Txn, reply: Doc) => void): Promise<Doc> {
  const { engine, body } = statement
  const maxTime = wholeNumber(body.get('maxTimeMS')) || LOCK_WAIT_MS
  const deadline = Date.now() + maxTime
  for (;;) {
    const txn = engine.store.statement()
    try {
      const reply = execute(statement, txn, false)
      beforeCommit(txn, reply)
      await txn.commit()
      return reply
    } catch (error) {
      if (!(error instanceof LockedError)) throw error
      await Promise.race([error.holder.done, after(deadline - Date.now())])
      if (Date.now() >= deadline) throw new StoreError(50, 'operation exceeded time limit')
    }
  }
}

const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)).unref())

async function runRetryable(statement: Statement, session: Session, txnNumber: bigint): Promise<Doc> {
  const { engine, type } = statement
  if (!type.retryable)
    throw new StoreError(
      72,
      `txnNumber may only be provided for multi-document transactions and retryable write commands. '${statement.name}' is not one.`,
    )
  if (session.txnNumber < txnNumber) engine.sessions.abortTransaction(session)
  const known = readRetryRecord(engine.store.statement(), session.key)
  const latest = known && known.txnNumber > session.txnNumber ? known.txnNumber : session.txnNumber
  if (txnNumber < latest) throw tooOld(txnNumber, latest)
  if (known?.txnNumber === txnNumber && known.reply) {
    // The first attempt may still be on its way to disk: its reply must not overtake it.
    await engine.store.settle()
    return known.reply
  }
  session.txnNumber = txnNumber
  session.outcome = undefined
  const interruption = engine.failPoint?.onWrite(statementCount(statement.body))
  const reply = await runAlone(statement, (txn, result) => {
    if (interruption?.before) throw interruption.before
    if (txn.own.size > 0) writeRetryRecord(txn, session.key, txnNumber, result, Date.now())
  })
  if (interruption?.after) throw interruption.after
  return reply
}

function statementCount(body: Doc): number {
  const list = body.get('documents') ?? body.get('updates') ?? body.get('deletes')
  return Array.isArray(list) ? list.length : 1
}

const tooOld = (txnNumber: bigint, latest: bigint): StoreError =>
  new StoreError(
    225,
    `Cannot start transaction ${txnNumber} on session because a newer transaction ${latest} has already started.`,
  )

const noSuchTransaction = (message: string): StoreError =>
  new StoreError(251, message).label('TransientTransactionError')

function openTransaction({ engine, session, body }: Statement, txnNumber: Value | undefined): Txn {
  if (!session || typeof txnNumber !== 'bigint')
    throw new StoreError(72, "'autocommit' needs a session and a txnNumber")
  if (body.get('startTransaction') === true) {
    if (txnNumber < session.txnNumber) throw tooOld(txnNumber, session.txnNumber)
    if (txnNumber === session.txnNumber && (session.transaction || session.outcome))
      throw new StoreError(
        117,
        `Cannot start a transaction at given transaction number ${txnNumber} because a transaction with the same number is in progress or over.`,
      )
    engine.sessions.abortTransaction(session)
    session.txnNumber = txnNumber
    session.outcome = undefined
    session.transaction = { txn: engine.store.transaction(), expires: Date.now() + TRANSACTION_LIFETIME_MS }
    return session.transaction.txn
  }
  if (txnNumber < session.txnNumber) throw tooOld(txnNumber, session.txnNumber)
  if (session.transaction && session.transaction.expires <= Date.now()) engine.sessions.abortTransaction(session)
  if (txnNumber === session.txnNumber && session.outcome === 'committed')
    throw new StoreError(256, `Transaction with { txnNumber: ${txnNumber} } has been committed.`)
  if (txnNumber !== session.txnNumber || !session.transaction)
    throw noSuchTransaction(`Given transaction number ${txnNumber} does not match any in-progress transactions.`)
  return session.transaction.txn
}

function runInTransaction(statement: Statement, txnNumber: Value | undefined): Doc {
  const { engine, type, name, session, body } = statement
  const starting = body.get('startTransaction') === true
  if (!type.transactional) {
    if (!starting && session) engine.sessions.abortTransaction(session)
    throw new StoreError(263, `Cannot run '${name}' in a multi-document transaction.`)
  }
  if (body.has('writeConcern'))
    throw new StoreError(72, 'writeConcern is not allowed within a multi-statement transaction')
  if (body.has('readConcern') && !starting)
    throw new StoreError(72, 'Only the first command in a transaction may specify a readConcern')
  const txn = openTransaction(statement, txnNumber)
  try {
    const reply = execute(statement, txn, true)
    if (reply.has('writeErrors')) engine.sessions.abortTransaction(session!)
    return reply
  } catch (error) {
    engine.sessions.abortTransaction(session!)
    throw error
  }
}

async function endTransaction(
  engine: Engine,
  name: string,
  session: Session | undefined,
  txnNumber: Value | undefined,
): Promise<Doc> {
  if (!session || typeof txnNumber !== 'bigint') throw new StoreError(72, `'${name}' must be run within a transaction`)
  if (txnNumber < session.txnNumber) throw tooOld(txnNumber, session.txnNumber)
  if (session.transaction && session.transaction.expires <= Date.now()) engine.sessions.abortTransaction(session)
  const { transaction } = session
  if (transaction && txnNumber === session.txnNumber) {
    session.transaction = undefined
    if (name === 'abortTransaction') {
      transaction.txn.abort()
      session.outcome = 'aborted'
      return doc({})
    }
    session.outcome = 'committed'
    if (transaction.txn.own.size > 0) writeRetryRecord(transaction.txn, session.key, txnNumber, undefined, Date.now())
    await transaction.txn.commit()
    return doc({})
  }
  const known = readRetryRecord(engine.store.statement(), session.key)
  const committed =
    (txnNumber === session.txnNumber && session.outcome === 'committed') ||
    (known?.txnNumber === txnNumber && !known.reply)
  if (!committed)
    throw noSuchTransaction(`Transaction with { txnNumber: ${txnNumber} } has been aborted or does not exist.`)
  if (name === 'abortTransaction')
    throw new StoreError(256, `Transaction with { txnNumber: ${txnNumber} } has been committed.`)
  await engine.store.settle()
  return doc({})
}

import { authenticate, type Authentication } from '../authenticate.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { BinaryValue, doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { codeName, notSupported, StoreError } from '../errors.ts'
import { Txn } from '../storage/txn.ts'
import { nextTimestamp } from '../update/operators.ts'
import type { Request } from '../wire/frame.ts'
import { labelsFor } from '../errorLabels.ts'
import { errorReply } from '../errorReply.ts'
import { addFailure, CloseConnection, type Failure } from './failPoint.ts'
import { backup } from './backup.ts'
import { checkFields, docArgument, wholeArgument } from './arguments.ts'
import { COMMON_FIELDS, type Engine } from './command.ts'
import { COMMANDS } from './table.ts'
import { type Statement, execute, runAlone, after, runRetryable } from './runStatement.ts'
import { runInTransaction, endTransaction } from './transaction.ts'

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

export async function run(engine: Engine, name: string, body: Doc, connectionId: number): Promise<Doc> {
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

import { doc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { readRetryRecord, writeRetryRecord } from '../session/retryRecord.ts'
import { TRANSACTION_LIFETIME_MS, type Session } from '../session/sessions.ts'
import { type Txn } from '../storage/txn.ts'
import type { Engine } from './command.ts'
import { type Statement, execute, tooOld } from './runStatement.ts'

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

/**
 * A statement of a multi-document transaction, which any error ends.
 * @throws StoreError 263 for a command that may not be in one, 251 with TransientTransactionError when it is over
 */
export function runInTransaction(statement: Statement, txnNumber: Value | undefined): Doc {
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

/**
 * `commitTransaction` and `abortTransaction`; a commit may be repeated, also after a restart.
 * @throws StoreError 251 for one that has ended otherwise, 91 when it could not be written
 */
export async function endTransaction(
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

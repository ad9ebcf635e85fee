import { wholeNumber } from '../bson/numbers.ts'
import type { Doc } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { systemVariables } from '../expression/scope.ts'
import { readRetryRecord, writeRetryRecord } from '../session/retryRecord.ts'
import { TRANSACTION_LIFETIME_MS, type Session } from '../session/sessions.ts'
import { LockedError, type Txn } from '../storage/txn.ts'
import type { Command, CommandType, Engine } from './command.ts'

/** How long a write outside a transaction waits for one that holds its document. */
const LOCK_WAIT_MS = TRANSACTION_LIFETIME_MS

/** A command that has been looked at and may run. */
export interface Statement {
  engine: Engine
  type: CommandType
  name: string
  body: Doc
  database: string
  session: Session | undefined
  connectionId: number
}

/** Runs the command over `txn`, without awaiting and without committing. */
export function execute(
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
export async function runAlone(statement: Statement, beforeCommit: (txn: Txn, reply: Doc) => void): Promise<Doc> {
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

/** Resolves after so many milliseconds; does not keep the process alive. */
export const after = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, Math.max(0, milliseconds)).unref())

/**
 * A numbered write: its reply is kept with its commit, and a repeated one gets that reply.
 * @throws StoreError 225 when the session has gone on, 72 for a command that cannot be repeated
 */
export async function runRetryable(statement: Statement, session: Session, txnNumber: bigint): Promise<Doc> {
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

/** 225: the session has begun something newer. */
export const tooOld = (txnNumber: bigint, latest: bigint): StoreError =>
  new StoreError(
    225,
    `Cannot start transaction ${txnNumber} on session because a newer transaction ${latest} has already started.`,
  )

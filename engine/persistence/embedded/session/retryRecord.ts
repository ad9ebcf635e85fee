import { decode } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import { DateValue, doc, isDoc, type Doc } from '../bson/values.ts'
import { afterPrefix, type Key } from '../storage/keyEncoding.ts'
import type { Store } from '../storage/store.ts'
import type { Txn } from '../storage/txn.ts'

/** A retry can come this late. */
const KEPT_MS = 30 * 60_000

/** What the last numbered write of a session answered, kept in the same commit as the write. */
export interface RetryRecord {
  txnNumber: bigint
  /** Reply of a retryable write; undefined for a committed transaction. */
  reply: Doc | undefined
}

const keyOf = (session: string): Key => `R${session}`

export function readRetryRecord(txn: Txn, session: string): RetryRecord | undefined {
  const bytes = txn.get(keyOf(session))
  if (!bytes) return undefined
  const stored = decode(bytes)
  const reply = stored.get('reply')
  return { txnNumber: stored.get('txnNumber') as bigint, reply: isDoc(reply) ? reply : undefined }
}

export function writeRetryRecord(
  txn: Txn,
  session: string,
  txnNumber: bigint,
  reply: Doc | undefined,
  now: number,
): void {
  txn.putFree(keyOf(session), encode(doc({ txnNumber, at: new DateValue(now), reply })))
}

/** Forgets records too old to be asked for. */
export async function sweepRetryRecords(store: Store, now = Date.now()): Promise<void> {
  for (let from = 'R'; ;) {
    const entries = store.disk.range(from, afterPrefix('R'), false, 500)
    const txn = store.statement()
    for (const { key, value } of entries) {
      const current = txn.get(key)
      const at = current && (decode(current).get('at') as DateValue)
      if (at && at.ms + KEPT_MS < now && current.equals(value)) txn.putFree(key, null)
    }
    const last = entries[entries.length - 1]
    await txn.commit()
    if (!last || entries.length < 500) return
    from = `${last.key}\0`
  }
}

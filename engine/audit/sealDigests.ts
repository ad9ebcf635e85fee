import { createHash } from 'node:crypto'
import type { AuditSealDoc } from '../persistence/index.ts'
import { canonicalText } from './canonicalText.ts'

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/** What the first seal follows. */
export const NO_SEAL = '0'.repeat(64)
export const DIGEST_BYTES = 32

/** SHA-256 of one row with everything the store keeps of it, the tenant too. */
export const rowDigest = (row: Record<string, unknown>): Buffer => sha256(canonicalText(row))

/** SHA-256 over the rows of a seal, hex: their ids and digests in their order. */
export function batchDigest(ids: string[], digests: Buffer): string {
  const hash = createHash('sha256')
  for (const [index, id] of ids.entries()) {
    hash.update(`${id}:`)
    hash.update(digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES))
  }
  return hash.digest('hex')
}

export type SealedFacts = Pick<
  AuditSealDoc,
  'number' | 'at' | 'from' | 'to' | 'count' | 'total' | 'digest' | 'previous'
>

/** The link's own hash, hex: it names the link before, so that no link can change alone. */
export function sealHash(tenant: string, seal: SealedFacts): string {
  const { number, at, from, to, count, total, digest, previous } = seal
  return sha256(canonicalText({ tenant, number, at, from, to, count, total, digest, previous })).toString('hex')
}

import type { CollectionReader } from '../../persistence/readCollection.ts'
import type { AnchorLine } from '../anchorAudit.ts'
import { ChainCheck, type Row, type Verdict } from './verifyChain.ts'

/** A head that somebody kept: a line of the anchor file, or number and hash out of a mail. */
export type KnownHead = Pick<AnchorLine, 'number' | 'hash'> & Partial<AnchorLine>

/**
 * Proves a copy of the audit, tenant by tenant, without the product running and without writing anything.
 * @param heads told outside on earlier days; without any, a chain that was cut off or written anew as a whole passes
 */
export async function verifyAudit(copy: CollectionReader, heads: KnownHead[]): Promise<Map<string, Verdict>> {
  const seals = new Map<string, Row[]>()
  for await (const seal of copy.read('audit_seals')) {
    const tenant = String(seal.tenant)
    seals.set(tenant, [...(seals.get(tenant) ?? []), seal])
  }
  const checks = new Map<string, ChainCheck>()
  const checkOf = (tenant: string): ChainCheck => {
    const check = checks.get(tenant) ?? new ChainCheck(tenant, seals.get(tenant) ?? [])
    checks.set(tenant, check)
    return check
  }
  for (const tenant of seals.keys()) checkOf(tenant)
  for await (const row of copy.read('audit')) checkOf(String(row.tenant)).row(row)
  const [only] = checks.keys()
  for (const head of heads) checkOf(head.tenant ?? only ?? 'main').anchor(head)
  return new Map([...checks].map(([tenant, check]) => [tenant, check.finish()]))
}

import { resolve } from 'node:path'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from '../http/harness.ts'

export interface Rental {
  product: Running
  owner: Visitor
  clerk: Visitor
  guest: Visitor
}

/** The product with the pack `rental` and its three people. */
export async function startRental(): Promise<Rental> {
  const product = await startProduct({ packs: ['rental'], packsDir: resolve(import.meta.dirname, 'packs') })
  const person = (name: string): Promise<Visitor> => signIn(product.staffUrl, `${name}@rental.example`)
  const [owner, clerk, guest] = await Promise.all([person('owner'), person('clerk'), person('guest')])
  return { product, owner, clerk, guest }
}

let count = 1000
/** A customer's mandatory data, another one each time. */
export const customerData = (more: object = {}): object => ({
  ...{ taxId: String((count += 1)), centre: 'A', name: `Customer ${count}` },
  ...more,
})

export const atRevision = (revision: number): { headers: Record<string, string> } => ({
  headers: { 'if-match': String(revision) },
})

import { resolve } from 'node:path'
import { signIn, startProduct, type Visitor } from './harness.ts'

/** What the labels of `startDepot` say, whatever port it listens on. */
export const BASE_URL = 'http://localhost:4321'

/** The product with the pack `depot`: things with photos, QR codes and lists of values that people edit. */
export const startDepot = () =>
  startProduct({ packs: ['depot'], packsDir: resolve(import.meta.dirname, '..'), environment: { BASE_URL } })

export const depotPerson = (base: string, name: string): Promise<Visitor> => signIn(base, `${name}@depot.example`)

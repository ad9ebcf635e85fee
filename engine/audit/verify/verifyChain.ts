import type { AnchorLine } from '../anchorAudit.ts'
import { bytesOf } from '../canonicalText.ts'
import { LATE_WINDOW } from '../sealAudit.ts'
import { batchDigest, DIGEST_BYTES, NO_SEAL, rowDigest, sealHash } from '../sealDigests.ts'
import { readTimestamp } from '../timestamp.ts'

/** A document as BSON has it. */
export type Row = Record<string, unknown>

export type ProblemKind =
  | 'row-changed'
  | 'row-removed'
  | 'row-inserted'
  | 'rows-reordered'
  | 'seal-changed'
  | 'seal-removed'
  | 'cut-off'
  | 'rewritten'
export interface Problem {
  kind: ProblemKind
  /** Which row or seal, in words. */
  text: string
}
export interface Verdict {
  rows: number
  seals: number
  /** Rows so new that no seal holds them yet: nothing is proven about them. */
  unsealed: number
  anchors: number
  problems: Problem[]
}

interface Seal {
  number: number
  at: Date
  from: number
  to: number
  count: number
  total: number
  ids: string[]
  digests: Buffer
  digest: string
  previous: string
  hash: string
}
interface Place {
  seal: number
  digest: Buffer
  /** Of the row, once it was seen. */
  sequence: number | null
}

/** Checks one tenant's audit: its seals, its rows against them, and the heads that were told outside. */
export class ChainCheck {
  readonly #tenant: string
  readonly #seals: Seal[]
  readonly #places = new Map<string, Place>()
  readonly #verdict: Verdict

  constructor(tenant: string, seals: Row[]) {
    this.#tenant = tenant
    this.#seals = seals.map(sealOf).sort((a, b) => a.number - b.number)
    this.#verdict = { rows: 0, seals: this.#seals.length, unsealed: 0, anchors: 0, problems: [] }
    this.#checkSeals()
  }

  #report(kind: ProblemKind, text: string): void {
    this.#verdict.problems.push({ kind, text })
  }

  #checkSeals(): void {
    let previous: Seal | null = null
    for (const seal of this.#seals) {
      const expected: number = (previous?.number ?? 0) + 1
      if (seal.number !== expected) this.#report('seal-removed', `seals ${expected} to ${seal.number - 1} are missing`)
      const isWhole =
        seal.digest === batchDigest(seal.ids, seal.digests) &&
        seal.hash === sealHash(this.#tenant, seal) &&
        seal.count === seal.ids.length &&
        (seal.number !== expected ||
          (seal.previous === (previous?.hash ?? NO_SEAL) && seal.total === (previous?.total ?? 0) + seal.count))
      if (!isWhole) this.#report('seal-changed', `seal ${seal.number} is not the one that was written`)
      for (const [index, id] of seal.ids.entries()) {
        const digest = seal.digests.subarray(index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)
        this.#places.set(id, { seal: seal.number, digest, sequence: null })
      }
      previous = seal
    }
  }

  /** Takes one row, in any order. */
  row(row: Row): void {
    this.#verdict.rows += 1
    const id = String(row._id)
    const sequence = Number(row.sequence)
    const place = this.#places.get(id)
    if (!place) {
      const head = this.#seals.at(-1)
      if (head && sequence <= head.to - LATE_WINDOW) this.#report('row-inserted', `${describe(row)} is in no seal`)
      else this.#verdict.unsealed += 1
      return
    }
    if (place.sequence !== null) this.#report('row-inserted', `${describe(row)} is there twice`)
    place.sequence = sequence
    if (!rowDigest(row).equals(place.digest))
      this.#report('row-changed', `${describe(row)} is not what seal ${place.seal} holds`)
  }

  /** Compares with what was told outside on earlier days. */
  anchor(line: Pick<AnchorLine, 'number' | 'hash'> & Partial<AnchorLine>): void {
    this.#verdict.anchors += 1
    const of = line.day ? ` (told on ${line.day})` : ''
    const seal = this.#seals.find((candidate) => candidate.number === line.number)
    if (!seal) {
      this.#report(
        'cut-off',
        `seal ${line.number}${of} is missing; the copy ends with ${this.#seals.at(-1)?.number ?? 0}`,
      )
    } else if (seal.hash !== line.hash) {
      this.#report('rewritten', `seal ${line.number}${of} has another hash: the chain up to there was written anew`)
    }
    if (line.timestamp) this.#checkTimestamp(line.timestamp, line.hash, of)
  }

  #checkTimestamp(timestamp: string, hash: string, of: string): void {
    try {
      if (readTimestamp(timestamp).hash === hash) return
      this.#report('rewritten', `the time stamp${of} is of another hash`)
    } catch (error) {
      this.#report('rewritten', `the time stamp${of} cannot be read: ${String(error)}`)
    }
  }

  /** Call it after the last row and anchor. */
  finish(): Verdict {
    for (const seal of this.#seals) {
      let before = Number.NEGATIVE_INFINITY
      let isOrdered = true
      for (const [index, id] of seal.ids.entries()) {
        const sequence = this.#places.get(id)?.sequence ?? null
        if (sequence === null) {
          this.#report('row-removed', `row ${id}, number ${seal.total - seal.count + index + 1}, seal ${seal.number}`)
          continue
        }
        isOrdered &&= sequence >= before
        before = sequence
      }
      if (!isOrdered) this.#report('rows-reordered', `the rows of seal ${seal.number} are not in their order`)
    }
    return this.#verdict
  }
}

function describe(row: Row): string {
  const at = row.at instanceof Date ? row.at.toISOString() : 'at an unknown time'
  return `row ${String(row._id)} (${String(row.action)}, ${at})`
}

function sealOf(row: Row): Seal {
  const bytes =
    row.digests && typeof row.digests === 'object' ? (bytesOf(row.digests) ?? row.digests) : new Uint8Array()
  return {
    number: Number(row.number),
    at: row.at as Date,
    from: Number(row.from),
    to: Number(row.to),
    count: Number(row.count),
    total: Number(row.total),
    ids: (row.ids as string[] | undefined) ?? [],
    digests: Buffer.from(bytes as Uint8Array),
    digest: String(row.digest),
    previous: String(row.previous),
    hash: String(row.hash),
  }
}

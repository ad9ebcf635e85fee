import type { Value } from '../bson/values.ts'
import type { CollectionInfo, IndexInfo } from '../catalogue/collectionInfo.ts'
import type { Key } from '../storage/keyEncoding.ts'
import type { KeyRange } from './bounds.ts'
import type { StringOrder } from './collation.ts'
import type { Filter } from './filter.ts'
import type { SortField } from './sort.ts'

/** How the documents of a query are found. */
export type Plan =
  | { stage: 'EOF' }
  | { stage: 'COLLSCAN' }
  | { stage: 'IDHACK'; id: Value }
  | IndexScan
  | { stage: 'OR'; branches: Plan[] }

export interface IndexScan {
  stage: 'IXSCAN'
  index: IndexInfo
  ranges: KeyRange[]
  reverse: boolean
  /** The index delivers the wanted order. */
  sorted: boolean
  /** Leading fields bound to single values. */
  equalities: number
  /** Leading fields bound to something. */
  bound: number
  /** Conditions that the documents it leads to may fail; none: these need not be read to be counted. */
  open: Filter[]
  /** All conditions. */
  conjuncts: Filter[]
  /** Its ranges are each in this order, could they be read side by side. */
  mergeable: SortMatch | undefined
  /** They are: each begins with the values that all of its entries share. */
  streams?: KeyRange[]
  /** Only what this one leads to as well is read: the entries of both are walked, and documents read where they meet. */
  within?: IndexScan
  /** It rests on a guess: after so many documents or entries without a full answer the other scan takes its place. */
  trial?: { counted: 'docsExamined' | 'keysExamined'; most: number; otherwise: IndexScan }
}

export interface PlanInput {
  info: CollectionInfo
  filter: Filter
  sort: readonly SortField[]
  order: StringOrder | undefined
  hint: Value | undefined
  /** Fields of an index (bit 0 the first) that lead into arrays. */
  multikeyFields: (space: Key) => number
  /** Looks into the store to choose between indexes; absent: the shape of the query decides alone. */
  choose?: ((candidates: IndexScan[], best: IndexScan) => IndexScan) | undefined
}

/** How an index delivers a wanted order: the way to walk it, and how many of the wanted fields are in order then. */
export interface SortMatch {
  way: 'forward' | 'reverse'
  fields: number
}

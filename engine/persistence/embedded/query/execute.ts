import { decode, decodeFields } from '../bson/decode.ts'
import type { Doc, Value } from '../bson/values.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import { spaceKey, type CollectionInfo, type IndexInfo } from '../catalogue/collectionInfo.ts'
import { StoreError } from '../errors.ts'
import { findRecord, recordKey, recordOf } from '../catalogue/writeDocument.ts'
import { afterPrefix, KEPT, type Key } from '../storage/keyEncoding.ts'
import type { DiskEntry } from '../storage/disk.ts'
import type { Txn } from '../storage/txn.ts'
import type { StringOrder } from './collation.ts'
import { and } from './compileFilter.ts'
import type { Filter, MatchDetails } from './filter.ts'
import type { KeyRange } from './bounds.ts'
import { chooseScan } from './chooseScan.ts'
import { mergeStreams } from './mergeStreams.ts'
import type { IndexScan, Plan } from './plan.ts'
import { choosePlan } from './planner.ts'
import { compareSortValues, sortItems, sortValues, type SortField } from './sort.ts'

/** A stored document that matched. */
export interface Match {
  record: Key
  bytes: Buffer
  details: MatchDetails | undefined
}

export interface Query {
  info: CollectionInfo
  filter: Filter
  sort?: readonly SortField[]
  skip?: number
  /** 0 or undefined: no limit. */
  limit?: number | undefined
  order?: StringOrder | undefined
  hint?: Value | undefined
  /** Only the number of matches is wanted: their bytes may be left out. */
  counting?: boolean
  /** Note which array element matched. */
  positional?: boolean
}

export interface Counters {
  keysExamined: number
  docsExamined: number
}

export function planQuery(catalogue: Catalogue, query: Query, txn?: Txn): Plan {
  const sorted = query.sort !== undefined && query.sort.length > 0 && !isNatural(query.sort)
  const limit = query.limit ? (query.skip ?? 0) + query.limit : Infinity
  return choosePlan({
    info: query.info,
    filter: query.filter,
    sort: query.sort ?? [],
    order: query.order,
    hint: query.hint,
    multikeyFields: (space) => catalogue.multikeyFields(space),
    choose:
      txn &&
      ((candidates, best) =>
        chooseScan(candidates, best, {
          ...{ txn, sorted, limit, sizes: catalogue.rangeSizes, counting: query.counting === true },
          total: txn.extentOf(query.info.id).documents,
        })),
  })
}

/** Whether the plan itself delivers the wanted order. */
export const isSorted = (plan: Plan, query: Query): boolean =>
  !query.sort ||
  query.sort.length === 0 ||
  isNatural(query.sort) ||
  plan.stage === 'IDHACK' ||
  (plan.stage === 'IXSCAN' && plan.sorted)

const isNatural = (sort: readonly SortField[]): boolean => sort.length === 1 && sort[0]!.path === '$natural'

/** Documents that match, in order, without those skipped and beyond the limit. */
export function* runQuery(
  catalogue: Catalogue,
  txn: Txn,
  query: Query,
  counters: Counters = { keysExamined: 0, docsExamined: 0 },
  plan = planQuery(catalogue, query, txn),
): Generator<Match> {
  const skip = query.skip ?? 0
  const limit = query.limit || Infinity
  if (plan.stage === 'IXSCAN' && plan.trial) {
    const found = tryInOrder(txn, query, plan, plan.trial, counters)
    if (found) yield* found.slice(skip)
    else yield* runQuery(catalogue, txn, query, counters, plan.trial.otherwise)
    return
  }
  let matches: Iterable<Match> = findMatches(txn, query, plan, counters)
  if (!isSorted(plan, query)) {
    const fields = new Set(query.sort!.map((field) => field.parts[0]!))
    matches = sortItems(matches, (match) => decodeFields(match.bytes, fields), query.sort!, query.order, skip + limit)
  } else if (plan.stage === 'IXSCAN' && plan.streams && plan.mergeable && plan.mergeable.fields < query.sort!.length)
    matches = sortTies(matches, query, plan.mergeable.fields)
  let seen = 0
  for (const match of matches) {
    if (seen++ < skip) continue
    yield match
    if (seen >= skip + limit) return
  }
}

/** The matches that are wanted, with those to be skipped; undefined where so many steps did not give them. */
function tryInOrder(
  txn: Txn,
  query: Query,
  scan: IndexScan,
  { counted, most }: NonNullable<IndexScan['trial']>,
  counters: Counters,
): Match[] | undefined {
  const wanted = (query.skip ?? 0) + (query.limit || Infinity)
  const end = counters[counted] + most
  const isSpent = (): boolean => counters[counted] > end
  const found: Match[] = []
  for (const match of findMatches(txn, query, scan, counters, isSpent)) {
    found.push(match)
    if (found.length >= wanted) return found
  }
  return isSpent() ? undefined : found
}

/** Matches that come in the order of the first so many fields, put into the order of all of them. */
function* sortTies(matches: Iterable<Match>, query: Query, fields: number): Generator<Match> {
  const sort = query.sort!
  const top = new Set(sort.map((field) => field.parts[0]!))
  const read = (match: Match): Doc => decodeFields(match.bytes, top)
  const leading = sort.slice(0, fields)
  let group: Match[] = []
  let values: Value[] = []
  for (const match of matches) {
    const own = sortValues(read(match), leading, query.order)
    if (group.length > 0 && compareSortValues(values, own, leading, query.order) !== 0) {
      yield* sortItems(group, read, sort, query.order)
      group = []
    }
    values = own
    group.push(match)
  }
  yield* sortItems(group, read, sort, query.order)
}

/** The first document that matches. */
export function firstMatch(catalogue: Catalogue, txn: Txn, query: Query): Match | undefined {
  for (const match of runQuery(catalogue, txn, { ...query, limit: 1 })) return match
  return undefined
}

/** `isSpent`: asked at each step, ends the search. */
function* findMatches(
  txn: Txn,
  query: Query,
  plan: Plan,
  counters: Counters,
  isSpent: () => boolean = () => false,
): Generator<Match> {
  const scan = plan.stage === 'IXSCAN' ? withoutLoose(txn, plan) : undefined
  if (query.counting && scan?.open.length === 0) {
    yield* countEntries(txn, scan, counters)
    return
  }
  const test = tester(scan && !query.positional ? and(scan.open) : query.filter, query.positional === true)
  for (const { record, bytes } of candidates(txn, query, scan ?? plan, counters, isSpent)) {
    if (++counters.docsExamined % 256 === 0) assertInTime(txn)
    if (isSpent()) return
    const details: MatchDetails | undefined = query.positional ? {} : undefined
    if (test(bytes, details)) yield { record, bytes, details }
  }
}

/**
 * Bounds of a pattern also take in stored patterns, which match only when they are the same. Where there are none, the
 * range is left out; else every document is tested in full.
 */
function withoutLoose(txn: Txn, scan: IndexScan): IndexScan {
  const { index } = scan
  const isLoose = ({ from, to }: KeyRange): boolean => from.endsWith('\x32') && to.endsWith('\x33')
  const loose = scan.ranges.filter(isLoose)
  if (loose.length === 0 || scan.streams) return scan
  const isEmpty = ({ from, to }: KeyRange): boolean =>
    txn.scan(index.space + from, index.space + to).next().done === true
  if (!loose.every(isEmpty)) return { ...scan, open: scan.conjuncts }
  return { ...scan, ranges: scan.ranges.filter((range) => !isLoose(range)) }
}

function assertInTime(txn: Txn): void {
  if (Date.now() > txn.deadline) throw new StoreError(50, 'operation exceeded time limit')
}

const NO_BYTES = Buffer.alloc(0)

/** One match for each document an index leads to, when all of these match. */
function* countEntries(txn: Txn, { index, ranges }: IndexScan, counters: Counters): Generator<Match> {
  const seen = new Set<Key>()
  for (const { from, to } of ranges) {
    for (const entry of txn.scan(index.space + from, index.space + to)) {
      if (++counters.keysExamined % 4096 === 0) assertInTime(txn)
      const record = recordOf(index, entry)
      if (seen.has(record)) continue
      seen.add(record)
      yield { record, bytes: NO_BYTES, details: undefined }
    }
  }
}

function tester(filter: Filter, positional: boolean): (bytes: Buffer, details: MatchDetails | undefined) => boolean {
  if (filter.kind === 'and' && filter.children.length === 0) return () => true
  const { fields } = filter
  const read = (bytes: Buffer): Doc => (fields ? decodeFields(bytes, fields) : decode(bytes))
  return positional ? (bytes, details) => filter.matches(read(bytes), details) : (bytes) => filter.matches(read(bytes))
}

// A whole key of a unique index has one entry at most: looked up, not searched for.
function entriesOf(txn: Txn, index: IndexInfo, range: KeyRange, reverse: boolean, whole: boolean): Iterable<DiskEntry> {
  if (!whole || range.from.length >= KEPT || range.to !== afterPrefix(range.from))
    return txn.scan(index.space + range.from, index.space + range.to, reverse)
  const key = index.space + range.from
  const value = txn.get(key)
  return value ? [{ key, value }] : []
}

/** More records than this are not kept in mind: what has so many is soon met by a walk. */
const MOST_MEMBERS = 250_000

/** The records that a scan leads to; undefined where they are too many. */
function membersOf(txn: Txn, { index, ranges }: IndexScan, counters: Counters): Set<Key> | undefined {
  const members = new Set<Key>()
  for (const { from, to } of ranges) {
    for (const entry of txn.scan(index.space + from, index.space + to)) {
      if (++counters.keysExamined % 4096 === 0) assertInTime(txn)
      members.add(recordOf(index, entry))
      if (members.size > MOST_MEMBERS) return undefined
    }
  }
  return members
}

interface Candidate {
  record: Key
  bytes: Buffer
}

function* candidates(
  txn: Txn,
  query: Query,
  plan: Plan,
  counters: Counters,
  isSpent: () => boolean,
): Generator<Candidate> {
  const { info } = query
  const documents = spaceKey(info.id, 0)
  switch (plan.stage) {
    case 'EOF':
      return
    case 'COLLSCAN': {
      const backwards = query.sort && isNatural(query.sort) ? query.sort[0]!.descending : false
      for (const { key, value } of txn.scan(documents, afterPrefix(documents), backwards))
        yield { record: key.slice(documents.length), bytes: value }
      return
    }
    case 'IDHACK': {
      const record = findRecord(txn, info, plan.id)
      const bytes = record && txn.get(recordKey(info.id, record))
      counters.keysExamined++
      if (record && bytes) yield { record, bytes }
      return
    }
    case 'IXSCAN': {
      const { index } = plan
      const seen = plan.ranges.length > 1 || !index.unique || index.number !== 1 ? new Set<Key>() : undefined
      if (plan.streams) {
        const records = new Set<Key>()
        for (const entry of mergeStreams(txn, index.space, plan.streams, plan.reverse)) {
          counters.keysExamined++
          const record = recordOf(index, entry)
          if (records.has(record)) continue
          records.add(record)
          const bytes = txn.get(recordKey(info.id, record))
          if (bytes) yield { record, bytes }
        }
        return
      }
      const members = plan.within && membersOf(txn, plan.within, counters)
      const ranges = plan.reverse ? [...plan.ranges].reverse() : plan.ranges
      const whole = index.unique && plan.equalities === index.fields.length
      for (const range of ranges) {
        for (const entry of entriesOf(txn, index, range, plan.reverse, whole)) {
          if (++counters.keysExamined % 4096 === 0) assertInTime(txn)
          if (isSpent()) return
          const record = recordOf(index, entry)
          if (members && !members.has(record)) continue
          if (seen) {
            if (seen.has(record)) continue
            seen.add(record)
          }
          const bytes = txn.get(recordKey(info.id, record))
          if (bytes) yield { record, bytes }
        }
      }
      return
    }
    case 'OR': {
      const seen = new Set<Key>()
      for (const branch of plan.branches)
        for (const candidate of candidates(txn, query, branch, counters, isSpent)) {
          if (seen.has(candidate.record)) continue
          seen.add(candidate.record)
          yield candidate
        }
    }
  }
}

import { compareValues } from '../bson/compare.ts'
import { encode } from '../bson/encode.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { doc, int32, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { showValue } from '../catalogue/showValue.ts'
import { compileSort, compareSortValues, sortValues } from '../query/sort.ts'
import { decode } from '../bson/decode.ts'
import { INDEXES, type Step } from './modelSteps.ts'
import { PIPELINES, sameDocuments } from './naiveAggregate.ts'
import { naiveMatch } from './naiveMatch.ts'
import { UPDATES, type NaiveUpdate } from './naiveUpdate.ts'
import { lsid, type TestEngine } from './testEngine.ts'

/** Documents by _id, each in the bytes it is stored in. */
type State = Map<string, Doc>

interface Open {
  txnNumber: bigint
  state: State
  /** Documents it has written. */
  touched: Set<string>
}

/**
 * What the store must do, on plain maps: documents by _id, a private copy for each open transaction. It knows no
 * index, no planner, no versions; whether a write conflicts is taken from the store, but not what it then contains.
 */
export class Model {
  private committed: State = new Map()
  private readonly open = new Map<number, Open>()
  private nextTxn = 1n
  private readonly indexes = new Set<number>()

  constructor(
    private readonly engine: TestEngine,
    private readonly collection: string,
  ) {}

  async step(step: Step): Promise<void> {
    switch (step.kind) {
      case 'insert':
        return this.insert(step)
      case 'update':
        return this.update(step)
      case 'remove':
        return this.remove(step)
      case 'find':
        return this.find(step)
      case 'aggregate':
        return this.aggregate(step)
      case 'end':
        return this.end(step.session, step.commit)
      case 'index':
        return this.index(step)
      case 'reopen':
        this.open.clear()
        return this.engine.reopen()
    }
  }

  /** Fields that put a command into the session's transaction, which is begun if there is none. */
  private inSession(number: number): { state: State; fields: Record<string, Value | undefined>; touched: Set<string> } {
    if (number === 0) return { state: this.committed, fields: { maxTimeMS: int32(5) }, touched: new Set() }
    const open = this.open.get(number)
    if (open) return { ...open, fields: { lsid: lsid(number), txnNumber: open.txnNumber, autocommit: false } }
    const begun: Open = { txnNumber: this.nextTxn++, state: new Map(this.committed), touched: new Set() }
    this.open.set(number, begun)
    return {
      ...begun,
      fields: { lsid: lsid(number), txnNumber: begun.txnNumber, autocommit: false, startTransaction: true },
    }
  }

  /** True when the command did nothing, because of a conflict or a lock; a transaction is over then. */
  private refused(number: number, reply: Doc, expected: number[] = []): boolean {
    const errors = reply.get('writeErrors') as Doc[] | undefined
    const code = wholeNumber(reply.get('ok') === 0 ? reply.get('code') : errors?.[0]?.get('code'))
    if (code === undefined) return false
    const allowed = number === 0 ? [50, ...expected] : [112, 246, 251, ...expected]
    if (!allowed.includes(code))
      throw new Error(`unexpected error ${code}: ${String(reply.get('errmsg') ?? errors?.[0]?.get('errmsg'))}`)
    if (number !== 0) this.open.delete(number)
    return true
  }

  private async insert(step: Extract<Step, { kind: 'insert' }>): Promise<void> {
    const { state, fields, touched } = this.inSession(step.session)
    const document: Doc = new Map<string, Value>([['_id', int32(step.id)], ...step.document])
    if (step.unique > 0) document.set('u', int32(step.unique))
    const clash =
      state.has(String(step.id)) ||
      (this.indexes.has(6) &&
        step.unique > 0 &&
        [...state.values()].some((other) => wholeNumber(other.get('u')) === step.unique))
    const reply = await this.engine.run({ insert: this.collection, documents: [document], ...fields })
    // Where a document is wrong twice, which of the two is told is not laid down.
    const expected = clash ? [11000, ...(hasParallelArrays(document) ? [171] : [])] : [171]
    if (this.refused(step.session, reply, expected)) {
      if (!clash && !hasParallelArrays(document) && step.session === 0 && !this.locked(String(step.id)))
        throw new Error(`insert refused without reason: ${showValue(reply)}`)
      return
    }
    if (clash) throw new Error(`a duplicate was inserted: ${showValue(document)}`)
    state.set(String(step.id), decode(encode(document)))
    touched.add(String(step.id))
  }

  private locked(id: string): boolean {
    return [...this.open.values()].some(({ touched, state }) => touched.has(id) || touched.size > 0 || state.size > 0)
  }

  private async update(step: Extract<Step, { kind: 'update' }>): Promise<void> {
    const { state, fields, touched } = this.inSession(step.session)
    const update = UPDATES[step.update]!
    const { u, arrayFilters } = update
    const reply = await this.engine.run({
      update: this.collection,
      updates: [doc({ q: step.filter, u, arrayFilters, multi: step.multi })],
      ...fields,
    })
    const matching = [...state].filter(([, document]) => naiveMatch(step.filter, document))
    const impossible = matching.filter(([, document]) => updated(document, update) === undefined)
    if (this.refused(step.session, reply, impossible.length > 0 ? [2, 14, 28, 171] : [171])) {
      // A multi-update that fails half way outside a transaction leaves what it did: take it over.
      if (reply.has('writeErrors') && step.session === 0) await this.resync()
      return
    }
    const n = wholeNumber(reply.get('n'))
    if (n !== (step.multi ? matching.length : Math.min(1, matching.length)))
      throw new Error(`update matched ${n}, expected ${matching.length}: ${showValue(step.filter)}`)
    if (impossible.length > 0 && (step.multi || impossible.length === matching.length))
      throw new Error(`${showValue(u)} should have been refused for ${showValue(impossible[0]![1])}`)
    if (!step.multi && matching.length > 1) {
      // Which one is the store's choice: see which it was.
      const ids = matching.map(([id]) => int32(Number(id)))
      const now = await this.engine.find(this.collection, doc({ _id: doc({ $in: ids }) }), readFields(fields))
      const before = new Map(matching)
      for (const document of now) this.adopt(state, touched, document)
      const changed = [...before].filter(([id, document]) => !encode(document).equals(encode(state.get(id)!)))
      if (changed.length > 1) throw new Error('an update of one changed several')
      for (const [id, document] of changed) this.assertUpdated(document, state.get(id)!, update)
      return
    }
    for (const [id, document] of matching) {
      const after = updated(document, update)!
      // What stays as it is is not written, so it cannot conflict either.
      if (encode(after).equals(encode(document))) continue
      state.set(id, after)
      touched.add(id)
    }
  }

  private assertUpdated(before: Doc, after: Doc, update: NaiveUpdate): void {
    const expected = updated(before, update)
    if (!expected || !encode(expected).equals(encode(after)))
      throw new Error(`${showValue(update.u)} made ${showValue(after)} of ${showValue(before)}`)
  }

  private adopt(state: State, touched: Set<string>, document: Doc): void {
    const id = String(wholeNumber(document.get('_id')))
    if (encode(state.get(id)!).equals(encode(document))) return
    state.set(id, document)
    touched.add(id)
  }

  private async resync(): Promise<void> {
    this.committed = new Map(
      (await this.engine.find(this.collection, new Map())).map((document) => [
        String(wholeNumber(document.get('_id'))),
        document,
      ]),
    )
  }

  private async remove(step: Extract<Step, { kind: 'remove' }>): Promise<void> {
    const { state, fields, touched } = this.inSession(step.session)
    const reply = await this.engine.run({
      delete: this.collection,
      deletes: [doc({ q: step.filter, limit: int32(step.limit) })],
      ...fields,
    })
    const matching = [...state].filter(([, document]) => naiveMatch(step.filter, document)).map(([id]) => id)
    if (this.refused(step.session, reply)) return
    const n = wholeNumber(reply.get('n'))
    if (n !== (step.limit === 1 ? Math.min(1, matching.length) : matching.length))
      throw new Error(`delete removed ${n}, expected ${matching.length}: ${showValue(step.filter)}`)
    const left = new Set(
      (await this.engine.find(this.collection, new Map(), readFields(fields))).map((document) =>
        String(wholeNumber(document.get('_id'))),
      ),
    )
    for (const id of matching)
      if (!left.has(id)) {
        state.delete(id)
        touched.add(id)
      }
  }

  private async find(step: Extract<Step, { kind: 'find' }>): Promise<void> {
    const { state, fields } = this.inSession(step.session)
    const { maxTimeMS: _, ...rest } = fields
    const reply = await this.engine.run({
      find: this.collection,
      filter: step.filter,
      sort: step.sort,
      limit: int32(step.limit),
      skip: int32(step.skip),
      batchSize: int32(1000),
      ...rest,
    })
    if (this.refused(step.session, reply)) return
    const found = ((reply.get('cursor') as Doc).get('firstBatch') as { bytes: Buffer }[]).map(({ bytes }) => bytes)
    const matching = [...state.values()].filter((document) => naiveMatch(step.filter, document))
    const size = Math.max(0, matching.length - step.skip)
    const expectedSize = step.limit > 0 ? Math.min(step.limit, size) : size
    const complain = (why: string): never => {
      throw new Error(
        `${why}: find ${showValue(step.filter)} sort ${step.sort ? showValue(step.sort) : '-'} limit ${step.limit} skip ${step.skip}, indexes ${[...this.indexes].join()}, found ${found.map((bytes) => showValue(decode(bytes))).join()}, expected ${matching.map(showValue).join()}`,
      )
    }
    if (found.length !== expectedSize) complain(`${found.length} instead of ${expectedSize}`)
    const bytesOf = new Set(matching.map((document) => encode(document).toString('latin1')))
    const seen = new Set<string>()
    for (const bytes of found) {
      const text = bytes.toString('latin1')
      if (!bytesOf.has(text)) complain('a document that should not be there')
      if (seen.has(text)) complain('a document twice')
      seen.add(text)
    }
    if (step.limit === 0 && step.skip === 0) {
      const hint = doc({ $natural: int32(1) })
      const unindexed = await this.engine.find(this.collection, step.filter, { hint, ...readFields(fields) })
      const same = new Set(unindexed.map((document) => encode(document).toString('latin1')))
      if (same.size !== seen.size || [...seen].some((bytes) => !same.has(bytes)))
        complain('another answer without indexes')
    }
    if (!step.sort) return
    const sortFields = compileSort(step.sort)
    const keys = found.map((bytes) => sortValues(decode(bytes), sortFields))
    const all = matching
      .map((document) => sortValues(document, sortFields))
      .sort((a, b) => compareSortValues(a, b, sortFields))
    keys.forEach((values, index) => {
      if (values.some((value, at) => compareValues(value, all[index + step.skip]![at]!) !== 0)) complain('wrong order')
    })
  }

  private async aggregate(step: Extract<Step, { kind: 'aggregate' }>): Promise<void> {
    const { state, fields } = this.inSession(step.session)
    const { maxTimeMS: _, ...rest } = fields
    const { stages, apply } = PIPELINES[step.pipeline]!
    const pipeline = [doc({ $match: step.filter }), ...stages]
    const cursor = doc({ batchSize: int32(1000) })
    const reply = await this.engine.run({ aggregate: this.collection, pipeline, cursor, ...rest })
    if (this.refused(step.session, reply)) return
    const found = ((reply.get('cursor') as Doc).get('firstBatch') as Value[]).map((item) =>
      item instanceof RawDoc ? decode(item.bytes) : (item as Doc),
    )
    const matching = [...state.values()]
      .filter((document) => naiveMatch(step.filter, document))
      .sort((a, b) => compareValues(a.get('_id')!, b.get('_id')!))
    const expected = apply(matching)
    if (!sameDocuments(found, expected))
      throw new Error(
        `aggregate ${showValue(pipeline)}: found ${showValue(found)}, expected ${showValue(expected)}, indexes ${[...this.indexes].join()}`,
      )
  }

  private async end(number: number, commit: boolean): Promise<void> {
    const open = this.open.get(number)
    if (!open) return
    this.open.delete(number)
    const reply = await this.engine.run(
      {
        [commit ? 'commitTransaction' : 'abortTransaction']: int32(1),
        lsid: lsid(number),
        txnNumber: open.txnNumber,
        autocommit: false,
      },
      'admin',
    )
    if (reply.get('ok') !== 1) throw new Error(`the end of a transaction failed: ${String(reply.get('errmsg'))}`)
    if (!commit) return
    for (const id of open.touched) {
      const document = open.state.get(id)
      if (document) this.committed.set(id, document)
      else this.committed.delete(id)
    }
  }

  private async index(step: Extract<Step, { kind: 'index' }>): Promise<void> {
    const spec = INDEXES[step.which]!
    const reply = step.drop
      ? await this.engine.run({ dropIndexes: this.collection, index: spec.get('name')!, maxTimeMS: int32(5) })
      : await this.engine.run({ createIndexes: this.collection, indexes: [spec], maxTimeMS: int32(5) })
    if (reply.get('ok') !== 1) {
      // Locked by a transaction; not there; parallel arrays; duplicates; the same keys under another name.
      if (![50, 26, 27, 171, 11000, 85].includes(wholeNumber(reply.get('code'))!))
        throw new Error(`index: ${String(reply.get('errmsg'))}`)
      return
    }
    if (step.drop) this.indexes.delete(step.which)
    else this.indexes.add(step.which)
  }

  /** After everything: what is stored, and every index against it. */
  async verify(): Promise<void> {
    for (const number of [...this.open.keys()]) await this.end(number, true)
    const stored = await this.engine.find(this.collection, new Map())
    if (stored.length !== this.committed.size)
      throw new Error(`${stored.length} documents stored, ${this.committed.size} expected`)
    for (const document of stored) {
      const expected = this.committed.get(String(wholeNumber(document.get('_id'))))
      if (!expected || !encode(expected).equals(encode(document)))
        throw new Error(`stored ${showValue(document)}, expected ${expected ? showValue(expected) : 'nothing'}`)
    }
    const report = await this.engine.run({ validate: this.collection })
    if (report.get('ok') === 1 && report.get('valid') !== true)
      throw new Error(`validate: ${showValue(report.get('errors')!)}`)
  }
}

const updated = (document: Doc, update: NaiveUpdate): Doc | undefined => update.apply(decode(encode(document)))

const readFields = (fields: Record<string, Value | undefined>): Record<string, Value | undefined> => {
  const { maxTimeMS: _, startTransaction: __, ...rest } = fields
  return rest
}

const hasParallelArrays = (document: Doc): boolean => {
  const arrays = [...document.values()].filter(
    (value) => Array.isArray(value) || (value instanceof Map && [...value.values()].some(Array.isArray)),
  )
  return arrays.length > 1
}

import { compareValues } from '../bson/compare.ts'
import { doc, Int32, int32, type Doc, type Value } from '../bson/values.ts'
import { naiveMatch } from './naiveMatch.ts'

/** An update and, once more and by hand, what it does to a copy of a document; undefined: it is refused. */
export interface NaiveUpdate {
  u: Doc
  arrayFilters?: Doc[]
  apply: (document: Doc) => Doc | undefined
}

const changed =
  (change: (document: Doc) => void) =>
  (document: Doc): Doc => {
    change(document)
    return document
  }

/** `change` gets the array at `b`; what is no array is refused. */
const inArray =
  (whenMissing: Value[] | 'refused' | 'nothing', change: (items: Value[]) => Value[] | undefined) =>
  (document: Doc): Doc | undefined => {
    const items = document.get('b')
    if (items === undefined && whenMissing === 'nothing') return document
    if (items === undefined && whenMissing === 'refused') return undefined
    if (items !== undefined && !Array.isArray(items)) return undefined
    const after = change((items ?? whenMissing) as Value[])
    return after && document.set('b', after)
  }

const equal = (a: Value, b: Value): boolean => compareValues(a, b) === 0

export const UPDATES: NaiveUpdate[] = [
  { u: doc({ $set: doc({ a: int32(1) }) }), apply: changed((document) => document.set('a', int32(1))) },
  {
    u: doc({ $set: doc({ b: [int32(1), int32(2)] }) }),
    apply: changed((document) => document.set('b', [int32(1), int32(2)])),
  },
  {
    u: doc({ $set: doc({ b: [doc({ b: int32(1) }), doc({ b: int32(2) })] }) }),
    apply: changed((document) => document.set('b', [doc({ b: int32(1) }), doc({ b: int32(2) })])),
  },
  { u: doc({ $unset: doc({ a: '' }) }), apply: changed((document) => document.delete('a')) },
  {
    u: doc({ $set: doc({ c: doc({ b: int32(2) }) }) }),
    apply: changed((document) => document.set('c', doc({ b: int32(2) }))),
  },
  {
    u: doc({ $max: doc({ b: int32(2) }) }),
    apply: changed((document) => {
      const before = document.get('b')
      if (before === undefined || compareValues(before, int32(2)) < 0) document.set('b', int32(2))
    }),
  },
  {
    u: doc({ $rename: doc({ a: 'c' }) }),
    apply: changed((document) => {
      const value = document.get('a')
      if (value === undefined) return
      document.delete('a')
      document.set('c', value)
    }),
  },
  {
    // Nothing else writes k.
    u: doc({ $inc: doc({ k: int32(1) }) }),
    apply: changed((document) => document.set('k', int32(((document.get('k') as Int32 | undefined)?.value ?? 0) + 1))),
  },
  { u: doc({ $push: doc({ b: int32(3) }) }), apply: inArray([], (items) => [...items, int32(3)]) },
  {
    u: doc({ $addToSet: doc({ b: int32(2) }) }),
    apply: inArray([], (items) => (items.some((item) => equal(item, int32(2))) ? items : [...items, int32(2)])),
  },
  {
    u: doc({ $pull: doc({ b: int32(2) }) }),
    apply: inArray('nothing', (items) => items.filter((item) => !equal(item, int32(2)))),
  },
  { u: doc({ $set: doc({ 'b.$[]': int32(5) }) }), apply: inArray('refused', (items) => items.map(() => int32(5))) },
  {
    u: doc({ $set: doc({ 'b.$[e]': int32(9) }) }),
    arrayFilters: [doc({ e: doc({ $gte: int32(2) }) })],
    apply: inArray('refused', (items) =>
      items.map((item) => (naiveMatch(doc({ e: doc({ $gte: int32(2) }) }), new Map([['e', item]])) ? int32(9) : item)),
    ),
  },
  {
    u: doc({ $inc: doc({ 'b.$[e].b': int32(1) }) }),
    arrayFilters: [doc({ 'e.b': int32(1) })],
    apply: inArray('refused', (items) => {
      const after: Value[] = []
      for (const item of items) {
        const matches = naiveMatch(doc({ 'e.b': int32(1) }), new Map([['e', item]]))
        const number = item instanceof Map ? item.get('b') : undefined
        if (!matches) after.push(item)
        else if (item instanceof Map && number instanceof Int32)
          after.push(new Map([...item, ['b', int32(number.value + 1)]]))
        else return undefined
      }
      return after
    }),
  },
]

import { decodeFields } from '../bson/decode.ts'
import { emptyDoc, doc, integer, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { runQuery } from '../query/execute.ts'
import { walkElements } from '../query/walkPath.ts'
import { encodeKey } from '../storage/keyEncoding.ts'
import { docArgument, namespaceOf, orderFor, wholeArgument } from './arguments.ts'
import type { CommandType } from './command.ts'
import { hintOf } from './find.ts'

export const count: CommandType = {
  fields: ['count', 'query', 'limit', 'skip', 'hint', 'collation', 'fields'],
  run(command) {
    const { engine, body, txn } = command
    const info = engine.catalogue.find(txn, namespaceOf(command))
    const order = orderFor(body.get('collation'), info)
    const filterSpec = docArgument(body, 'query', 'count') ?? emptyDoc()
    const filter = compileFilter(filterSpec, { order, variables: command.variables })
    const limit = Math.abs(wholeArgument(body, 'limit', -Infinity) ?? 0)
    const skip = wholeArgument(body, 'skip', 0, 'count') ?? 0
    if (!info) return doc({ n: integer(0) })
    if (filterSpec.size === 0) {
      const left = Math.max(0, engine.store.extentOf(info.id).documents - skip)
      return doc({ n: integer(limit > 0 ? Math.min(limit, left) : left) })
    }
    let n = 0
    for (const _ of runQuery(engine.catalogue, txn, {
      ...{ info, filter, order, hint: hintOf(body), limit, skip },
      counting: true,
    }))
      n++
    return doc({ n: integer(n) })
  },
}

export const distinct: CommandType = {
  transactional: true,
  fields: ['distinct', 'key', 'query', 'collation', 'hint'],
  run(command) {
    const { engine, body, txn } = command
    const key = body.get('key')
    if (typeof key !== 'string' || key.includes('\0'))
      throw new StoreError(14, "BSON field 'distinct.key' must be a string")
    const info = engine.catalogue.find(txn, namespaceOf(command))
    const order = orderFor(body.get('collation'), info)
    const filter = compileFilter(docArgument(body, 'query', 'distinct') ?? emptyDoc(), {
      order,
      variables: command.variables,
    })
    const values = new Map<string, Value>()
    const parts = key.split('.')
    const top = new Set([parts[0]!])
    if (info)
      for (const match of runQuery(engine.catalogue, txn, { info, filter, order, hint: hintOf(body) }))
        walkElements(decodeFields(match.bytes, top), parts, (value) => {
          if (value === undefined || Array.isArray(value)) return false
          const encoded = encodeKey(value, order)
          if (!values.has(encoded)) values.set(encoded, value)
          return false
        })
    return doc({ values: [...values.keys()].sort().map((encoded) => values.get(encoded)!) })
  },
}

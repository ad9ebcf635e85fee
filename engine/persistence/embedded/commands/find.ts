import { decode } from '../bson/decode.ts'
import { emptyDoc, doc, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { runQuery, type Query } from '../query/execute.ts'
import { compileProjection } from '../query/projection.ts'
import { compileSort, type SortField } from '../query/sort.ts'
import { FIRST_BATCH, type Batch, type CursorUser } from '../session/cursors.ts'
import { booleanArgument, docArgument, namespaceOf, orderFor, variablesOf, wholeArgument } from './arguments.ts'
import type { Command, CommandType } from './command.ts'

/** Everything a find says, compiled; undefined query: the collection does not exist. */
export function readFind(
  { engine, body, txn, variables: system }: Command,
  namespace: string,
): {
  query: Query | undefined
  results: (query: Query) => Iterable<RawDoc | Doc>
  limit: number
  singleBatch: boolean
} {
  for (const name of ['tailable', 'awaitData', 'oplogReplay', 'returnKey', 'showRecordId'])
    if (booleanArgument(body, name)) throw notSupported(`find option '${name}'`)
  const info = engine.catalogue.find(txn, namespace)
  const order = orderFor(body.get('collation'), info)
  const variables = variablesOf(system, body.get('let'))
  const filter = compileFilter(docArgument(body, 'filter', 'find') ?? emptyDoc(), { order, variables })
  const sort = naturalOrSort(docArgument(body, 'sort', 'find'))
  const given = wholeArgument(body, 'limit', -Infinity) ?? 0
  const skip = wholeArgument(body, 'skip', 0, 'find') ?? 0
  const projectionSpec = docArgument(body, 'projection', 'find')
  const projection =
    projectionSpec && projectionSpec.size > 0
      ? compileProjection(projectionSpec, { order, variables, find: true })
      : undefined
  const bound = (name: string): Value | undefined => {
    const value = docArgument(body, name, 'find')
    if (value && value.size > 0) throw notSupported(`find option '${name}'`)
    return undefined
  }
  bound('min')
  bound('max')
  return {
    limit: Math.abs(given),
    singleBatch: booleanArgument(body, 'singleBatch') || given < 0,
    query: info && {
      info,
      filter,
      sort,
      skip,
      limit: Math.abs(given),
      order,
      hint: hintOf(body),
      positional: projection?.positional ?? false,
    },
    results: function* (query) {
      for (const match of runQuery(engine.catalogue, txn, query)) {
        if (!projection) yield new RawDoc(match.bytes)
        else yield projection.apply(decode(match.bytes), match.details)
      }
    },
  }
}

export function hintOf(body: Doc): Value | undefined {
  const hint = body.get('hint')
  if (hint instanceof Map && hint.size === 0) return undefined
  return hint
}

function naturalOrSort(spec: Doc | undefined): SortField[] {
  if (!spec) return []
  if (spec.has('$natural') && spec.size > 1)
    throw new StoreError(2, '$natural sort cannot be set to a value other than -1 or 1.')
  if (spec.has('$natural'))
    return [
      {
        path: '$natural',
        parts: ['$natural'],
        descending: Number((spec.get('$natural') as { value?: number }).value ?? spec.get('$natural')) < 0,
      },
    ]
  return compileSort(spec)
}

export const cursorUser = ({ txn, session, inTransaction }: Command, namespace: string): CursorUser => ({
  namespace,
  txn,
  sessionKey: session?.key,
  inTransaction,
})

export const cursorReply = (namespace: string, batch: Batch, name: 'firstBatch' | 'nextBatch'): Doc =>
  doc({ cursor: doc({ [name]: batch.documents, id: batch.id, ns: namespace }) })

export const find: CommandType = {
  transactional: true,
  fields: [
    'find',
    'filter',
    'projection',
    'sort',
    'skip',
    'limit',
    'batchSize',
    'singleBatch',
    'collation',
    'hint',
    'let',
    'min',
    'max',
    'allowDiskUse',
    'noCursorTimeout',
    'tailable',
    'awaitData',
    'allowPartialResults',
    'oplogReplay',
    'returnKey',
    'showRecordId',
  ],
  run(command) {
    const namespace = namespaceOf(command)
    const { query, results, limit, singleBatch } = readFind(command, namespace)
    const batchSize = wholeArgument(command.body, 'batchSize', 0, 'find')
    const batch = query
      ? command.engine.cursors.open(results(query), cursorUser(command, namespace), {
          count: Math.min(batchSize ?? FIRST_BATCH, limit || Infinity),
          single: singleBatch,
        })
      : { id: 0n, documents: [] }
    return cursorReply(namespace, batch, 'firstBatch')
  },
}

export const getMore: CommandType = {
  transactional: true,
  fields: ['getMore', 'collection', 'batchSize'],
  run(command) {
    const { engine, body, database } = command
    const id = body.get('getMore')
    if (typeof id !== 'bigint') throw new StoreError(14, "Field 'getMore' must be of type long")
    const namespace = `${database}.${body.get('collection') as string}`
    const count = wholeArgument(body, 'batchSize', 0, 'getMore') || Infinity
    return cursorReply(namespace, engine.cursors.next(id, cursorUser(command, namespace), count), 'nextBatch')
  },
}

export const killCursors: CommandType = {
  transactional: true,
  fields: ['killCursors', 'cursors'],
  run({ engine, body }) {
    const ids = body.get('cursors')
    if (!Array.isArray(ids)) throw new StoreError(14, "Field 'cursors' must be an array")
    const cursorsKilled: Value[] = []
    const cursorsNotFound: Value[] = []
    for (const id of ids) (typeof id === 'bigint' && engine.cursors.kill(id) ? cursorsKilled : cursorsNotFound).push(id)
    return doc({ cursorsKilled, cursorsNotFound, cursorsAlive: [], cursorsUnknown: [] })
  },
}

import { neededFields } from '../aggregate/neededFields.ts'
import { compilePipeline } from '../aggregate/compilePipeline.ts'
import type { PipelineContext, Stage } from '../aggregate/stage.ts'
import { decode, decodeFields } from '../bson/decode.ts'
import { emptyDoc, isDoc, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope, type Variables } from '../expression/scope.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { runQuery, type Query } from '../query/execute.ts'
import type { StringOrder } from '../query/collation.ts'
import { compileSort, type SortField } from '../query/sort.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { FIRST_BATCH } from '../session/cursors.ts'
import { booleanArgument, docArgument, orderFor, variablesOf, wholeArgument } from './arguments.ts'
import type { Command, CommandType } from './command.ts'
import { cursorReply, hintOf } from './find.ts'
import { compileMerge, compileOut } from './writeStages.ts'
import { indexStatistics, collectionStatistics } from './statistics.ts'

/** What of a pipeline is answered by a query, so that indexes serve it: leading $match, $sort, $skip, $limit. */
export interface Pushdown {
  filter: Doc
  sort: SortField[]
  skip: number
  limit: number
  rest: Value[]
}

export function pushDown(stages: Value[]): Pushdown {
  const matches: Value[] = []
  const result: Pushdown = { filter: emptyDoc(), sort: [], skip: 0, limit: 0, rest: [] }
  let at = 0
  for (; at < stages.length; at++) {
    const stage = stages[at]!
    if (!isDoc(stage) || stage.size !== 1) break
    const [name, spec] = [...stage][0]!
    if (name === '$match' && isDoc(spec) && result.sort.length === 0) matches.push(spec)
    else if (
      name === '$sort' &&
      isDoc(spec) &&
      spec.size > 0 &&
      result.sort.length === 0 &&
      ![...spec.values()].some(isDoc)
    )
      result.sort = compileSort(spec)
    else break
  }
  for (; at < stages.length; at++) {
    const stage = stages[at]!
    if (!isDoc(stage) || stage.size !== 1) break
    const [name, spec] = [...stage][0]!
    const number = wholeNumber(spec)
    if (name === '$skip' && result.limit === 0 && number !== undefined && number >= 0) result.skip += number
    else if (name === '$limit' && result.limit === 0 && number !== undefined && number > 0) result.limit = number
    else break
  }
  result.filter =
    matches.length === 0
      ? emptyDoc()
      : matches.length === 1
        ? (matches[0] as Doc)
        : new Map<string, Value>([['$and', matches]])
  result.rest = stages.slice(at)
  return result
}

export function pipelineContext(
  command: Command,
  variables: Variables,
  order: StringOrder | undefined,
): PipelineContext {
  const { engine, txn, database } = command
  return {
    database,
    order,
    variables,
    *readCollection(name, filter, inner) {
      const info = engine.catalogue.find(txn, `${database}.${name}`)
      if (!info) return
      for (const match of runQuery(engine.catalogue, txn, {
        info,
        filter: compileFilter(filter, { order, variables: inner }),
        order,
      }))
        yield decode(match.bytes)
    },
  }
}

export function aggregateQuery(
  command: Command,
  namespace: string,
  pushed: Pushdown,
  variables: Variables,
): { query: Query | undefined; order: StringOrder | undefined } {
  const info = command.engine.catalogue.find(command.txn, namespace)
  const order = orderFor(command.body.get('collation'), info)
  const filter = compileFilter(pushed.filter, { order, variables })
  return {
    order,
    query: info && {
      info,
      filter,
      sort: pushed.sort,
      skip: pushed.skip,
      limit: pushed.limit,
      order,
      hint: hintOf(command.body),
    },
  }
}

export const aggregate: CommandType = {
  transactional: true,
  fields: [
    'aggregate',
    'pipeline',
    'cursor',
    'explain',
    'allowDiskUse',
    'collation',
    'hint',
    'let',
    'bypassDocumentValidation',
  ],
  run(command) {
    const { engine, body, database, txn } = command
    const stages = body.get('pipeline')
    if (!Array.isArray(stages)) throw new StoreError(14, "'pipeline' option must be specified as an array")
    if (booleanArgument(body, 'explain')) throw notSupported('aggregate with explain: use the explain command')
    const target = body.get('aggregate')
    const cursor = docArgument(body, 'cursor', 'aggregate')
    if (!cursor)
      throw new StoreError(9, "The 'cursor' option is required, except for aggregate with the explain argument")
    const whole = typeof target !== 'string'
    const namespace = `${database}.${whole ? '$cmd.aggregate' : target}`
    const variables = variablesOf(command.variables, body.get('let'))
    const last = stages[stages.length - 1]
    const output = isDoc(last) ? ['$out', '$merge'].find((name) => last.has(name)) : undefined
    if (output && command.inTransaction)
      throw new StoreError(
        263,
        `Operation not permitted in transaction :: caused by :: Aggregation stage ${output} cannot run within a multi-document transaction`,
      )
    const concern = body.get('readConcern')
    if (output && isDoc(concern) && concern.get('level') === 'linearizable')
      throw new StoreError(72, `${output} cannot be used with a 'linearizable' read concern`)
    const inner = output ? stages.slice(0, -1) : stages
    const first = inner[0]
    const source = isDoc(first) ? first.keys().next().value : undefined
    if (
      whole &&
      source !== '$documents' &&
      source !== '$listLocalSessions' &&
      source !== '$currentOp' &&
      source !== '$changeStream'
    )
      throw new StoreError(
        73,
        "{aggregate: 1} is not valid for '" + (source ?? 'empty pipeline') + "'; a collection is required.",
      )
    let results: Iterable<Doc | RawDoc>
    let order: StringOrder | undefined
    if (source === '$documents') {
      const list = compileExpression((first as Doc).get('$documents')!, variables)(newScope(new Map(), variables))
      if (!Array.isArray(list) || !list.every(isDoc))
        throw new StoreError(5858203, '$documents must evaluate to an array of objects')
      results = compilePipeline(inner.slice(1), pipelineContext(command, variables, undefined))(list)
    } else if (source === '$indexStats' || source === '$collStats') {
      const info = engine.catalogue.find(txn, namespace)
      const list =
        source === '$indexStats'
          ? indexStatistics(command, info)
          : [collectionStatistics(command, namespace, info, (first as Doc).get(source)!)]
      results = compilePipeline(inner.slice(1), pipelineContext(command, variables, undefined))(list)
    } else if (source === '$listLocalSessions') {
      results = compilePipeline(inner.slice(1), pipelineContext(command, variables, undefined))(engine.sessions.list())
    } else if (source === '$listSessions' || source === '$currentOp') {
      throw notSupported(source)
    } else {
      const pushed = pushDown(inner)
      const planned = aggregateQuery(command, namespace, pushed, variables)
      order = planned.order
      const stage: Stage = compilePipeline(pushed.rest, pipelineContext(command, variables, order))
      const { query } = planned
      const matches = query ? runQuery(engine.catalogue, txn, query) : []
      results = pushed.rest.length === 0 ? rawMatches(matches) : stage(decoded(matches, neededFields(pushed.rest)))
    }
    if (output) {
      const write = output === '$out' ? compileOut : compileMerge
      write(command, (last as Doc).get(output)!, pipelineContext(command, variables, order))(results as Iterable<Doc>)
      results = []
    }
    const batch = engine.cursors.open(results, {
      namespace,
      txn,
      sessionKey: command.session?.key,
      count: wholeArgument(cursor, 'batchSize', 0, 'aggregate.cursor') ?? FIRST_BATCH,
      single: false,
      inTransaction: command.inTransaction,
    })
    return cursorReply(namespace, batch, 'firstBatch')
  },
}

function* rawMatches(matches: Iterable<{ bytes: Buffer }>): Generator<RawDoc> {
  for (const match of matches) yield new RawDoc(match.bytes)
}

function* decoded(matches: Iterable<{ bytes: Buffer }>, fields: ReadonlySet<string> | null): Generator<Doc> {
  for (const match of matches) yield fields ? decodeFields(match.bytes, fields) : decode(match.bytes)
}

import { compilePipeline, SOURCE_STAGES } from '../aggregate/compilePipeline.ts'
import { neededFields } from '../aggregate/neededFields.ts'
import type { PipelineContext } from '../aggregate/stage.ts'
import { decode, decodeFields } from '../bson/decode.ts'
import { emptyDoc, isDoc, RawDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileExpression } from '../expression/compileExpression.ts'
import { newScope, type Variables } from '../expression/scope.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { runQuery, type Query } from '../query/execute.ts'
import type { StringOrder } from '../query/collation.ts'
import { FIRST_BATCH } from '../session/cursors.ts'
import { booleanArgument, firstBatchSize, orderFor, variablesOf } from './arguments.ts'
import type { Command, CommandType } from './command.ts'
import { cursorReply, cursorUser, hintOf } from './find.ts'
import { pushDown, type Pushdown } from './pushDown.ts'
import { collectionStatistics, indexStatistics } from './statistics.ts'
import { compileMerge, compileOut } from './writeStages.ts'

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
    const { engine, body } = command
    const parts = partsOf(body)
    if (booleanArgument(body, 'explain')) throw notSupported('aggregate with explain: use the explain command')
    const batchSize = firstBatchSize(body, 'aggregate')
    if (!body.has('cursor'))
      throw new StoreError(9, "The 'cursor' option is required, except for aggregate with the explain argument")
    checkPlace(command, parts)
    const target = body.get('aggregate')
    const namespace = `${command.database}.${typeof target === 'string' ? target : '$cmd.aggregate'}`
    const variables = variablesOf(command.variables, body.get('let'))
    const { results, order } = parts.source
      ? fromSource(command, namespace, parts, variables)
      : fromCollection(command, namespace, parts, variables)
    if (parts.output) {
      const write = parts.output.name === '$out' ? compileOut : compileMerge
      write(command, parts.output.spec, pipelineContext(command, variables, order))(results)
    }
    const shown = parts.output ? [] : results
    const batch = engine.cursors.open(shown, cursorUser(command, namespace), { count: batchSize ?? FIRST_BATCH })
    return cursorReply(namespace, batch, 'firstBatch')
  },
}

interface Parts {
  /** Between source and output. */
  stages: Value[]
  /** A first stage that reads something else than the collection. */
  source: { name: string; spec: Value } | undefined
  /** A last stage that writes. */
  output: { name: string; spec: Value } | undefined
}

/** @throws StoreError 14 for a pipeline that is no list */
export function partsOf(body: Doc): Parts {
  const stages = body.get('pipeline')
  if (!Array.isArray(stages)) throw new StoreError(14, "'pipeline' option must be specified as an array")
  const named = (stage: Value | undefined, names: ReadonlySet<string>): Parts['source'] => {
    const name = isDoc(stage) && stage.size === 1 ? stage.keys().next().value! : ''
    return names.has(name) ? { name, spec: (stage as Doc).get(name)! } : undefined
  }
  const source = named(stages[0], SOURCE_STAGES)
  const output = named(stages[stages.length - 1], OUTPUT_STAGES)
  return { stages: stages.slice(source ? 1 : 0, output ? -1 : undefined), source, output }
}

const OUTPUT_STAGES = new Set(['$out', '$merge'])
/** Sources that belong to no collection. */
const FREE_SOURCES = ['$documents', '$listLocalSessions', '$currentOp']

function checkPlace({ body, inTransaction }: Command, { stages, source, output }: Parts): void {
  if (output && inTransaction)
    throw new StoreError(
      263,
      `Operation not permitted in transaction :: caused by :: Aggregation stage ${output.name} cannot run within a multi-document transaction`,
    )
  const concern = body.get('readConcern')
  if (output && isDoc(concern) && concern.get('level') === 'linearizable')
    throw new StoreError(72, `${output.name} cannot be used with a 'linearizable' read concern`)
  if (typeof body.get('aggregate') === 'string' || (source && FREE_SOURCES.includes(source.name))) return
  const first = source?.name ?? (isDoc(stages[0]) ? stages[0].keys().next().value : undefined)
  // Refused as what it is, when the pipeline is compiled.
  if (first === '$changeStream') return
  throw new StoreError(73, `{aggregate: 1} is not valid for '${first ?? 'empty pipeline'}'; a collection is required.`)
}

interface Results {
  results: Iterable<Doc | RawDoc>
  order: StringOrder | undefined
}

function fromSource(command: Command, namespace: string, { source, stages }: Parts, variables: Variables): Results {
  const stage = compilePipeline(stages, pipelineContext(command, variables, undefined))
  return { results: stage(sourceDocuments(command, namespace, source!, variables)), order: undefined }
}

function sourceDocuments(
  command: Command,
  namespace: string,
  { name, spec }: NonNullable<Parts['source']>,
  variables: Variables,
): Doc[] {
  const info = command.engine.catalogue.find(command.txn, namespace)
  switch (name) {
    case '$documents': {
      const list = compileExpression(spec, variables)(newScope(new Map(), variables))
      if (!Array.isArray(list) || !list.every(isDoc))
        throw new StoreError(5858203, '$documents must evaluate to an array of objects')
      return list
    }
    case '$indexStats':
      return indexStatistics(command, info)
    case '$collStats':
      return [collectionStatistics(command, namespace, info, spec)]
    case '$listLocalSessions':
      return command.engine.sessions.list()
    default:
      throw notSupported(name)
  }
}

function fromCollection(command: Command, namespace: string, { stages }: Parts, variables: Variables): Results {
  const pushed = pushDown(stages)
  const { query, order } = aggregateQuery(command, namespace, pushed, variables)
  const stage = compilePipeline(pushed.rest, pipelineContext(command, variables, order))
  const fields = neededFields(pushed.rest)
  const counting = fields?.size === 0
  const matches = query ? runQuery(command.engine.catalogue, command.txn, { ...query, counting }) : []
  const results = pushed.rest.length === 0 ? rawMatches(matches) : stage(decoded(matches, fields))
  return { results, order }
}

function* rawMatches(matches: Iterable<{ bytes: Buffer }>): Generator<RawDoc> {
  for (const match of matches) yield new RawDoc(match.bytes)
}

function* decoded(matches: Iterable<{ bytes: Buffer }>, fields: ReadonlySet<string> | null): Generator<Doc> {
  for (const match of matches) {
    if (fields?.size === 0) yield emptyDoc()
    else yield fields ? decodeFields(match.bytes, fields) : decode(match.bytes)
  }
}

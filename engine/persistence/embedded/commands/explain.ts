import { compilePipeline } from '../aggregate/compilePipeline.ts'
import { doc, emptyDoc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { isSorted, planQuery, runQuery, type Counters, type Query } from '../query/execute.ts'
import type { IndexScan, Plan } from '../query/plan.ts'
import { compileSort } from '../query/sort.ts'
import { booleanArgument, docArgument, namespaceOf, orderFor, variablesOf, wholeArgument } from './arguments.ts'
import { aggregate, aggregateQuery, partsOf, pipelineContext } from './aggregate.ts'
import { COMMON_FIELDS, type Command, type CommandType } from './command.ts'
import { count, distinct } from './countAndDistinct.ts'
import { DELETE_FIELDS, deleteCommand } from './delete.ts'
import { find, hintOf, readFind } from './find.ts'
import { findAndModify } from './findAndModify.ts'
import { pushDown } from './pushDown.ts'
import { SERVER_VERSION } from './server.ts'
import { statementsOf, update, UPDATE_FIELDS } from './update.ts'

const VERBOSITIES = ['queryPlanner', 'executionStats', 'allPlansExecution']

interface Explained {
  /** undefined: there is no such collection. */
  query: Query | undefined
  /** Stages that work on what the query finds, in memory. */
  rest?: Value[]
  /** Answered from the collection's count, without reading anything. */
  counted?: boolean
}

/** Says which plan would run, and with `executionStats` (the default) runs the reading part and counts. */
export const explain: CommandType = {
  fields: ['explain', 'verbosity'],
  run(command) {
    const inner = command.body.get('explain')
    if (!isDoc(inner)) throw new StoreError(14, "BSON field 'explain.explain' must be an object")
    const verbosity = command.body.get('verbosity') ?? 'allPlansExecution'
    if (!VERBOSITIES.includes(verbosity as string))
      throw new StoreError(2, "verbosity string must be one of {'queryPlanner', 'executionStats', 'allPlansExecution'}")
    const explained = { ...command, name: inner.keys().next().value ?? '', body: inner }
    const namespace = namespaceOf(explained)
    const { query, rest = [], counted = false } = read(explained, namespace)
    const plan: Plan = query ? planQuery(command.engine.catalogue, query, command.txn) : { stage: 'EOF' }
    const winningPlan = counted ? doc({ stage: 'RECORD_STORE_FAST_COUNT' }) : describe(plan, query)
    const answer = doc({
      queryPlanner: doc({ namespace, indexFilterSet: false, winningPlan, rejectedPlans: [] }),
      executionStats:
        verbosity === 'queryPlanner' ? undefined : measure(command, counted ? undefined : query, plan, winningPlan),
    })
    return new Map<string, Value>([
      ['explainVersion', '1'],
      ...answer,
      ...doc({
        stages: rest.length > 0 ? [doc({ $cursor: answer }), ...rest] : undefined,
        command: inner,
        serverInfo: doc({ host: command.engine.address, version: SERVER_VERSION }),
      }),
    ])
  },
}

function measure({ engine, txn }: Command, query: Query | undefined, plan: Plan, winningPlan: Doc): Doc {
  const counters: Counters = { keysExamined: 0, docsExamined: 0 }
  const started = performance.now()
  let nReturned = 0
  if (query) for (const _ of runQuery(engine.catalogue, txn, query, counters, plan)) nReturned++
  return doc({
    executionSuccess: true,
    nReturned: int32(nReturned),
    executionTimeMillis: int32(Math.round(performance.now() - started)),
    totalKeysExamined: int32(counters.keysExamined),
    totalDocsExamined: int32(counters.docsExamined),
    executionStages: winningPlan,
  })
}

const EXPLAINABLE: Record<string, { type: CommandType; read: (command: Command, namespace: string) => Explained }> = {
  find: { type: find, read: readFind },
  aggregate: { type: aggregate, read: readAggregate },
  count: {
    type: count,
    read: (command, namespace) => ({
      counted: (docArgument(command.body, 'query')?.size ?? 0) === 0,
      query: readFilter(command, namespace, 'query', command.body, {
        limit: Math.abs(wholeArgument(command.body, 'limit', -Infinity) ?? 0),
        skip: wholeArgument(command.body, 'skip') ?? 0,
      }),
    }),
  },
  distinct: {
    type: distinct,
    read: (command, namespace) => ({ query: readFilter(command, namespace, 'query', command.body) }),
  },
  findAndModify: {
    type: findAndModify,
    read: (command, namespace) => {
      const sort = docArgument(command.body, 'sort')
      const one = { limit: 1, sort: sort ? compileSort(sort) : [] }
      return { query: readFilter(command, namespace, 'query', command.body, one) }
    },
  },
  update: {
    type: update,
    read: (command, namespace) => {
      const statement = onlyStatement(command.body, 'updates', UPDATE_FIELDS)
      const limit = booleanArgument(statement, 'multi') ? 0 : 1
      return { query: readFilter(command, namespace, 'q', statement, { limit }) }
    },
  },
  delete: {
    type: deleteCommand,
    read: (command, namespace) => {
      const statement = onlyStatement(command.body, 'deletes', DELETE_FIELDS)
      return { query: readFilter(command, namespace, 'q', statement, { limit: wholeArgument(statement, 'limit') }) }
    },
  },
}

/** @throws StoreError 59, 115, 40415 and what the command itself throws for what it is given */
function read(command: Command, namespace: string): Explained {
  const { name, body } = command
  const explainable = Object.hasOwn(EXPLAINABLE, name) ? EXPLAINABLE[name] : undefined
  if (!explainable) throw notSupported(`explain of '${name}'`)
  for (const field of body.keys())
    if (!COMMON_FIELDS.has(field) && !explainable.type.fields.includes(field))
      throw new StoreError(40415, `BSON field '${name}.${field}' is an unknown field.`)
  return explainable.read(command, namespace)
}

function readFilter(
  { engine, body, txn, variables: system }: Command,
  namespace: string,
  filterName: string,
  spec: Doc,
  extra: Partial<Query> = {},
): Query | undefined {
  const info = engine.catalogue.find(txn, namespace)
  const order = orderFor(spec.get('collation'), info)
  const variables = variablesOf(system, body.get('let'))
  const filter = compileFilter(docArgument(spec, filterName) ?? emptyDoc(), { order, variables })
  return info && { info, filter, order, hint: hintOf(spec), ...extra }
}

function onlyStatement(body: Doc, name: string, fields: ReadonlySet<string>): Doc {
  const [statement, ...others] = statementsOf(body, name, fields)
  if (!statement || others.length > 0) throw new StoreError(2, `explained ${name} must hold one statement`)
  return statement
}

function readAggregate(command: Command, namespace: string): Explained {
  const { stages, source } = partsOf(command.body)
  if (source) throw notSupported(`explain of ${source.name}`)
  const variables = variablesOf(command.variables, command.body.get('let'))
  const pushed = pushDown(stages)
  const { query, order } = aggregateQuery(command, namespace, pushed, variables)
  compilePipeline(pushed.rest, pipelineContext(command, variables, order))
  return { query, rest: pushed.rest }
}

function describe(plan: Plan, query: Query | undefined): Doc {
  const access = describeAccess(plan, query)
  return query && !isSorted(plan, query) ? doc({ stage: 'SORT', inputStage: access }) : access
}

function describeAccess(plan: Plan, query: Query | undefined): Doc {
  if (plan.stage === 'OR')
    return doc({
      stage: 'SUBPLAN',
      inputStage: doc({ stage: 'OR', inputStages: plan.branches.map((branch) => describeAccess(branch, query)) }),
    })
  if (plan.stage !== 'IXSCAN')
    return doc({ stage: plan.stage, direction: plan.stage === 'COLLSCAN' ? 'forward' : undefined })
  const { within } = plan
  const inputStages = within && [describeScan(within), describeScan(plan)]
  return doc({ stage: 'FETCH', inputStage: inputStages ? doc({ stage: 'AND_HASH', inputStages }) : describeScan(plan) })
}

const describeScan = ({ index, ranges, reverse }: IndexScan): Doc =>
  doc({
    stage: 'IXSCAN',
    keyPattern: index.spec.get('key')!,
    indexName: index.name,
    isUnique: index.unique,
    isSparse: index.sparse,
    isPartial: index.partial !== undefined,
    direction: reverse ? 'backward' : 'forward',
    ranges: int32(ranges.length),
  })

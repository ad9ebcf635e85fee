import { emptyDoc, doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { notSupported, StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { isSorted, planQuery, runQuery, type Counters, type Query } from '../query/execute.ts'
import type { Plan } from '../query/planner.ts'
import { compileSort } from '../query/sort.ts'
import { aggregateQuery, pushDown } from './aggregate.ts'
import { docArgument, orderFor, variablesOf } from './arguments.ts'
import type { Command, CommandType } from './command.ts'
import { hintOf, readFind } from './find.ts'
import { DELETE_FIELDS } from './delete.ts'
import { statementsOf, UPDATE_FIELDS } from './update.ts'

/** Says which plan would run, and with `executionStats` (the default) runs the reading part and counts. */
export const explain: CommandType = {
  fields: ['explain', 'verbosity'],
  run(command) {
    const inner = command.body.get('explain')
    if (!isDoc(inner)) throw new StoreError(14, "BSON field 'explain.explain' must be an object")
    const name = inner.keys().next().value!
    const namespace = `${command.database}.${inner.get(name) as string}`
    const query = queryOf({ ...command, name, body: inner }, namespace)
    const plan: Plan = query ? planQuery(command.engine.catalogue, query) : { stage: 'EOF' }
    const winningPlan = describe(plan, query)
    const reply = doc({
      explainVersion: '1',
      queryPlanner: doc({ namespace, indexFilterSet: false, winningPlan, rejectedPlans: [] }),
    })
    if (command.body.get('verbosity') !== 'queryPlanner') {
      const counters: Counters = { keysExamined: 0, docsExamined: 0 }
      const started = performance.now()
      let nReturned = 0
      if (query) for (const _ of runQuery(command.engine.catalogue, command.txn, query, counters, plan)) nReturned++
      reply.set(
        'executionStats',
        doc({
          executionSuccess: true,
          nReturned: int32(nReturned),
          executionTimeMillis: int32(Math.round(performance.now() - started)),
          totalKeysExamined: int32(counters.keysExamined),
          totalDocsExamined: int32(counters.docsExamined),
          executionStages: winningPlan,
        }),
      )
    }
    reply.set('command', inner)
    reply.set('serverInfo', doc({ host: command.engine.address, version: '7.0.0' }))
    return reply
  },
}

function queryOf(command: Command, namespace: string): Query | undefined {
  const { engine, body, txn } = command
  const info = engine.catalogue.find(txn, namespace)
  const single = (filterName: string, spec: Doc, extra: Partial<Query> = {}): Query | undefined => {
    const order = orderFor(spec.get('collation'), info)
    const variables = variablesOf(command.variables, body.get('let'))
    const filter = compileFilter(docArgument(spec, filterName) ?? emptyDoc(), { order, variables })
    return info && { info, filter, order, hint: hintOf(spec), ...extra }
  }
  switch (command.name) {
    case 'find':
      return readFind(command, namespace).query
    case 'aggregate':
      return aggregateQuery(
        command,
        namespace,
        pushDown(body.get('pipeline') as Value[]),
        variablesOf(command.variables, body.get('let')),
      ).query
    case 'count':
      return single('query', body)
    case 'distinct':
      return single('query', body)
    case 'findAndModify':
      return single('query', body, { limit: 1, sort: body.has('sort') ? compileSort(docArgument(body, 'sort')!) : [] })
    case 'update':
    case 'delete': {
      const statement = statementsOf(
        body,
        `${command.name}s`,
        command.name === 'update' ? UPDATE_FIELDS : DELETE_FIELDS,
      )[0]!
      return single('q', statement)
    }
    default:
      throw notSupported(`explain of '${command.name}'`)
  }
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
  const { index } = plan
  return doc({
    stage: 'FETCH',
    inputStage: doc({
      stage: 'IXSCAN',
      keyPattern: index.spec.get('key')!,
      indexName: index.name,
      isUnique: index.unique,
      isSparse: index.sparse,
      isPartial: index.partial !== undefined,
      direction: plan.reverse ? 'backward' : 'forward',
      ranges: int32(plan.ranges.length),
    }),
  })
}

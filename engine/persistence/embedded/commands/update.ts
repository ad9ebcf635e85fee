import { emptyDoc, doc, int32, isDoc, type Doc, type Value } from '../bson/values.ts'
import { StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { runQuery } from '../query/execute.ts'
import { decode } from '../bson/decode.ts'
import { parseUpdate } from '../update/parseUpdate.ts'
import { arrayFiltersOf, changeDocument, insertUpsert } from './applyUpdate.ts'
import { booleanArgument, docArgument, namespaceOf, orderFor, variablesOf } from './arguments.ts'
import type { Command, CommandType } from './command.ts'
import { hintOf } from './find.ts'
import { eachWrite, writeReply } from './insert.ts'
import { RawDoc } from '../bson/values.ts'

export const UPDATE_FIELDS = new Set(['q', 'u', 'upsert', 'multi', 'arrayFilters', 'collation', 'hint', 'c'])

/**
 * Statements of `updates` or `deletes`, which may have come as raw sections.
 * @throws StoreError 40415 for a field that is not one of `fields`; nothing of the command is run then
 */
export function statementsOf(body: Doc, name: string, fields: ReadonlySet<string>): Doc[] {
  const list = body.get(name)
  if (!Array.isArray(list)) throw new StoreError(40414, `BSON field '${name}' is missing but a required field`)
  return list.map((item) => {
    const statement = item instanceof RawDoc ? decode(item.bytes) : item
    if (!isDoc(statement)) throw new StoreError(14, `${name} must be objects`)
    for (const field of statement.keys())
      if (!fields.has(field))
        throw new StoreError(40415, `BSON field '${name.slice(0, -1)}.${name}.${field}' is an unknown field.`)
    return statement
  })
}

interface Outcome {
  matched: number
  modified: number
  upserted: Value | undefined
}

export function updateOne(command: Command, namespace: string, statement: Doc): Outcome {
  const { engine, txn, body, now } = command
  const filterSpec = docArgument(statement, 'q', 'update') ?? emptyDoc()
  const multi = booleanArgument(statement, 'multi')
  const upsert = booleanArgument(statement, 'upsert')
  const bypass = booleanArgument(body, 'bypassDocumentValidation')
  const info = engine.catalogue.find(txn, namespace)
  const order = orderFor(statement.get('collation'), info)
  const variables = new Map([
    ...variablesOf(command.variables, body.get('let')),
    ...variablesOf(new Map(), statement.get('c')),
  ])
  const update = parseUpdate(statement.get('u') ?? null, arrayFiltersOf(statement), { order, now, variables })
  if (multi && update.replacement) throw new StoreError(9, 'multi update is not supported for replacement-style update')
  const filter = compileFilter(filterSpec, { order, variables })
  // All matches are found before any is changed: a change must not make a document match again.
  const matches = info
    ? [
        ...runQuery(engine.catalogue, txn, {
          info,
          filter,
          order,
          hint: hintOf(statement),
          limit: multi ? 0 : 1,
          positional: update.positional,
        }),
      ]
    : []
  let modified = 0
  for (const match of matches) if (changeDocument(command, info!, match, update, bypass).modified) modified++
  if (matches.length > 0 || !upsert) return { matched: matches.length, modified, upserted: undefined }
  const document = insertUpsert(command, engine.catalogue.findOrCreate(txn, namespace), filterSpec, update, bypass)
  return { matched: 1, modified: 0, upserted: document.get('_id')! }
}

export const update: CommandType = {
  transactional: true,
  retryable: true,
  fields: ['update', 'updates', 'ordered', 'let', 'bypassDocumentValidation'],
  run(command) {
    const namespace = namespaceOf(command)
    let n = 0
    let nModified = 0
    const upserted: Value[] = []
    const errors = eachWrite(statementsOf(command.body, 'updates', UPDATE_FIELDS), command, (statement, index) => {
      const outcome = updateOne(command, namespace, statement)
      n += outcome.matched
      nModified += outcome.modified
      if (outcome.upserted !== undefined) upserted.push(doc({ index: int32(index), _id: outcome.upserted }))
    })
    return writeReply(
      { n: int32(n), nModified: int32(nModified), upserted: upserted.length > 0 ? upserted : undefined },
      errors,
    )
  },
}

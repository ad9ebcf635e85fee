import { decode } from '../bson/decode.ts'
import { emptyDoc, doc, int32, type Doc, type Value } from '../bson/values.ts'
import { deleteDocument } from '../catalogue/writeDocument.ts'
import { StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { firstMatch } from '../query/execute.ts'
import { compileProjection } from '../query/projection.ts'
import { compileSort } from '../query/sort.ts'
import { parseUpdate } from '../update/parseUpdate.ts'
import { arrayFiltersOf, changeDocument, insertUpsert } from './applyUpdate.ts'
import { booleanArgument, docArgument, namespaceOf, orderFor, variablesOf } from './arguments.ts'
import type { CommandType } from './command.ts'
import { hintOf } from './find.ts'

export const findAndModify: CommandType = {
  transactional: true,
  retryable: true,
  fields: [
    'findAndModify',
    'findandmodify',
    'query',
    'update',
    'remove',
    'new',
    'upsert',
    'fields',
    'sort',
    'arrayFilters',
    'collation',
    'hint',
    'let',
    'bypassDocumentValidation',
  ],
  run(command) {
    const { engine, txn, body, now } = command
    const namespace = namespaceOf(command)
    const remove = booleanArgument(body, 'remove')
    const returnNew = booleanArgument(body, 'new')
    const upsert = booleanArgument(body, 'upsert')
    const updateSpec = body.get('update')
    if (remove && updateSpec !== undefined) throw new StoreError(9, 'Cannot specify both an update and remove=true')
    if (!remove && updateSpec === undefined)
      throw new StoreError(9, 'Either an update or remove=true must be specified')
    if (remove && upsert) throw new StoreError(9, 'Cannot specify both upsert=true and remove=true')
    if (remove && returnNew)
      throw new StoreError(
        9,
        "Cannot specify both new=true and remove=true; 'remove' always returns the deleted document",
      )
    const filterSpec = docArgument(body, 'query', 'findAndModify') ?? emptyDoc()
    const info = engine.catalogue.find(txn, namespace)
    const order = orderFor(body.get('collation'), info)
    const variables = variablesOf(command.variables, body.get('let'))
    const filter = compileFilter(filterSpec, { order, variables })
    const fields = docArgument(body, 'fields', 'findAndModify')
    const projection =
      fields && fields.size > 0 ? compileProjection(fields, { order, variables, find: true }) : undefined
    const update = remove ? undefined : parseUpdate(updateSpec!, arrayFiltersOf(body), { order, now, variables })
    const sort = docArgument(body, 'sort', 'findAndModify')
    const bypass = booleanArgument(body, 'bypassDocumentValidation')
    const match = info
      ? firstMatch(engine.catalogue, txn, {
          info,
          filter,
          order,
          hint: hintOf(body),
          sort: sort ? compileSort(sort) : [],
          positional: (update?.positional ?? false) || (projection?.positional ?? false),
        })
      : undefined
    const show = (document: Doc): Doc => (projection ? projection.apply(document, match?.details) : document)
    if (!match || !info) {
      if (!update || !upsert) return reply(null, { n: int32(0), updatedExisting: remove ? undefined : false })
      const document = insertUpsert(command, engine.catalogue.findOrCreate(txn, namespace), filterSpec, update, bypass)
      return reply(returnNew ? show(document) : null, {
        n: int32(1),
        updatedExisting: false,
        upserted: document.get('_id'),
      })
    }
    if (!update) {
      const document = decode(match.bytes)
      deleteDocument(txn, info, match.record, document, match.bytes.length)
      return reply(show(document), { n: int32(1) })
    }
    const { before, after } = changeDocument(command, info, match, update, bypass)
    return reply(show(returnNew ? after : before), { n: int32(1), updatedExisting: true })
  },
}

const reply = (value: Value, lastErrorObject: Record<string, Value | undefined>): Doc =>
  doc({ lastErrorObject: doc(lastErrorObject), value })

import { decode } from '../bson/decode.ts'
import { wholeNumber } from '../bson/numbers.ts'
import { emptyDoc, int32 } from '../bson/values.ts'
import { deleteDocument } from '../catalogue/writeDocument.ts'
import { StoreError } from '../errors.ts'
import { compileFilter } from '../query/compileFilter.ts'
import { runQuery } from '../query/execute.ts'
import { docArgument, namespaceOf, orderFor, variablesOf } from './arguments.ts'
import type { CommandType } from './command.ts'
import { hintOf } from './find.ts'
import { eachWrite, writeReply } from './insert.ts'
import { statementsOf } from './update.ts'

export const DELETE_FIELDS = new Set(['q', 'limit', 'collation', 'hint'])

export const deleteCommand: CommandType = {
  transactional: true,
  retryable: true,
  fields: ['delete', 'deletes', 'ordered', 'let', 'bypassDocumentValidation'],
  run(command) {
    const { engine, txn, body } = command
    const namespace = namespaceOf(command)
    const variables = variablesOf(command.variables, body.get('let'))
    let n = 0
    const errors = eachWrite(statementsOf(body, 'deletes', DELETE_FIELDS), command, (statement) => {
      const limit = wholeNumber(statement.get('limit'))
      if (limit !== 0 && limit !== 1)
        throw new StoreError(9, `The limit field in delete objects must be 0 or 1. Got ${limit}`)
      const info = engine.catalogue.find(txn, namespace)
      const order = orderFor(statement.get('collation'), info)
      const filter = compileFilter(docArgument(statement, 'q', 'delete') ?? emptyDoc(), { order, variables })
      if (!info) return
      for (const match of [
        ...runQuery(engine.catalogue, txn, { info, filter, order, hint: hintOf(statement), limit }),
      ]) {
        deleteDocument(txn, info, match.record, decode(match.bytes), match.bytes.length)
        n++
      }
    })
    return writeReply({ n: int32(n) }, errors)
  },
}

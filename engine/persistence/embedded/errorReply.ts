import { BsonError } from './bson/decode.ts'
import { doc, int32, type Doc } from './bson/values.ts'
import { codeName, StoreError } from './errors.ts'

/** What is answered to a command that failed. */
export function errorReply(error: unknown): Doc {
  if (error instanceof StoreError) {
    const reply = doc({ ok: 0, errmsg: error.message, code: int32(error.code), codeName: codeName(error.code) })
    for (const [name, value] of error.details ?? []) reply.set(name, value)
    if (error.labels.length > 0) reply.set('errorLabels', [...error.labels])
    return reply
  }
  const { message } = error as Error
  if (error instanceof BsonError)
    return doc({ ok: 0, errmsg: message, code: int32(error.code), codeName: codeName(error.code) })
  return doc({ ok: 0, errmsg: `internal error: ${message}`, code: int32(1), codeName: codeName(1) })
}

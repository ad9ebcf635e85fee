import type { ErrorRequestHandler } from 'express'
import multer from 'multer'
import type { ErrorBody } from '#engine/contract'
import { CauceError } from '../errors.ts'
import { formatFileSize } from '../files/index.ts'
import { isContended, isStoreGone } from '../persistence/index.ts'
import { requestContext } from './requestContext.ts'
import { MAX_UPLOAD } from './files.routes.ts'

/** Every error becomes `{code, message, issues?, requestId}`. What is not ours is logged and told as 500. */
export const answerError: ErrorRequestHandler = (error: unknown, req, res, next) => {
  const { ctx } = requestContext(res)
  const known = asCauceError(error)
  if (known.status >= 500)
    ctx.log.error({ requestId: ctx.requestId, method: req.method, path: req.path, err: error }, known.code)
  if (res.headersSent) {
    next(error)
    return
  }
  const body: ErrorBody = {
    code: known.code,
    message: known.findings ? (known.message.split('\n')[0] ?? known.message) : known.message,
    ...(known.issues ? { issues: known.issues } : {}),
    ...(known.findings ? { findings: known.findings } : {}),
    ...(known.details && known.status < 500 && known.code !== 'step.failed' ? { details: known.details } : {}),
    requestId: ctx.requestId,
  }
  res.status(known.status).json(body)
}

function asCauceError(error: unknown): CauceError {
  if (error instanceof CauceError) return error
  if (error instanceof multer.MulterError) {
    return error.code === 'LIMIT_FILE_SIZE'
      ? new CauceError('file.too-large', { max: formatFileSize(MAX_UPLOAD) })
      : new CauceError('request.invalid')
  }
  const given = error as { type?: string; status?: number; name?: string }
  if (given.type === 'entity.too.large') return new CauceError('request.too-large')
  if (
    given.type?.startsWith('entity.') ||
    given.type?.startsWith('encoding.') ||
    given.type === 'charset.unsupported' ||
    error instanceof URIError
  ) {
    return new CauceError('request.invalid')
  }
  if (typeof given.status === 'number' && given.status >= 400 && given.status < 500)
    return new CauceError('request.invalid')
  if (isStoreGone(error)) return new CauceError('store.unavailable', {}, { cause: error })
  if (isContended(error)) return new CauceError('busy', {}, { cause: error })
  return new CauceError('internal', {}, { cause: error })
}

import multer from 'multer'
import type { Request, RequestHandler, Response } from 'express'
import { pipeline } from 'node:stream/promises'
import { writeAudit } from '../audit/writeAudit.ts'
import { CauceError } from '../errors.ts'
import { formatFileSize, storeUpload } from '../files/index.ts'
import type { FileDoc } from '../persistence/index.ts'
import { fileInfoView, fileView, readFile, readThumbnail, visibleFile } from '../records/index.ts'
import type { Handlers } from './Handler.ts'

/** No upload is larger than this, whatever its field allows. */
export const MAX_UPLOAD = 25 * 1024 * 1024

/** What a multipart body has besides its file: names, boundaries (bytes). */
const ENVELOPE = 16 * 1024

/** Refuses by its announced length what is too large anyway, before a byte of it is read. */
export const refuseLargeUpload: RequestHandler = (req, res, next) => {
  if (Number(req.get('content-length') ?? 0) <= MAX_UPLOAD + ENVELOPE) {
    next()
    return
  }
  // The rest of the body is not waited for.
  res.setHeader('connection', 'close')
  next(new CauceError('file.too-large', { max: formatFileSize(MAX_UPLOAD) }))
}

/** Receives one file into memory (bounded), before the handler stores it. */
export const receiveFile: RequestHandler = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MAX_UPLOAD, files: 1, fields: 5, parts: 6 },
}).single('file')

/** What `receiveFile` received. 422 without a file. */
export function receivedFile({ file }: Request): { name: string; content: Buffer } {
  if (!file) throw new CauceError('file.missing')
  // multer reads names as latin1; browsers send UTF-8.
  return { name: Buffer.from(file.originalname, 'latin1').toString('utf8'), content: file.buffer }
}

export const fileHandlers: Handlers = {
  uploadFile: async ({ ctx, req }) => {
    const { name, content } = receivedFile(req)
    const stored = await storeUpload(ctx, { name, bytes: content, maxBytes: MAX_UPLOAD })
    await ctx.transaction((db) =>
      writeAudit(ctx, db, {
        action: 'file.uploaded',
        details: { file: stored._id, name: stored.name, sha256: stored.sha256 },
      }),
    )
    return fileView(stored)
  },
  downloadFile: async ({ ctx, param, query, req, res }) => {
    if (query('size') === 'thumb') {
      const { info, open } = await readThumbnail(ctx, param('id'))
      res.setHeader('content-type', 'image/jpeg')
      // A picture never changes, but who may see it does: the copy is kept, and asked about each time.
      res.setHeader('cache-control', 'private, no-cache')
      res.setHeader('etag', `"thumb-${info.sha256}"`)
      if (req.fresh) res.status(304).end()
      else await pipeline(await open(), res)
      return
    }
    const { info, stream } = await readFile(ctx, param('id'))
    sendFileHeaders(res, info)
    await pipeline(stream, res)
  },
  describeFile: async ({ ctx, param }) => fileInfoView(ctx, await visibleFile(ctx, param('id'))),
}

/** Always as a download, never shown inline: what people upload is not ours to run in a page of ours. */
function sendFileHeaders(res: Response, info: FileDoc): void {
  const ascii = info.name.replace(/[^\x20-\x7e]|["\\]/g, '_')
  res.setHeader('content-type', info.type)
  res.setHeader('content-length', info.size)
  res.setHeader(
    'content-disposition',
    `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(info.name)}`,
  )
  res.setHeader('cache-control', 'private, no-store')
}

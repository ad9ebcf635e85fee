import multer from 'multer'
import type { RequestHandler, Response } from 'express'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { writeAudit } from '../audit/writeAudit.ts'
import { CauceError } from '../errors.ts'
import { storeFile } from '../files/index.ts'
import type { FileDoc } from '../persistence/index.ts'
import { fileView, readFile, visibleFile } from '../records/index.ts'
import type { Handlers } from './Handler.ts'

/** No upload is larger than this, whatever its field allows. */
export const MAX_UPLOAD = 25 * 1024 * 1024

/** Receives one file into memory (bounded), before the handler stores it. */
export const receiveFile: RequestHandler = multer({
  storage: multer.memoryStorage(),
  limits: { fileSize: MAX_UPLOAD, files: 1, fields: 5, parts: 6 },
}).single('file')

export const fileHandlers: Handlers = {
  uploadFile: async ({ ctx, req }) => {
    const { file } = req
    if (!file) throw new CauceError('file.missing')
    // multer reads names as latin1; browsers send UTF-8.
    const name = Buffer.from(file.originalname, 'latin1').toString('utf8')
    const stored = await storeFile(ctx, { name, content: Readable.from([file.buffer]), maxBytes: MAX_UPLOAD })
    await ctx.transaction((db) =>
      writeAudit(ctx, db, {
        action: 'file.uploaded',
        details: { file: stored._id, name: stored.name, sha256: stored.sha256 },
      }),
    )
    return fileView(stored)
  },
  downloadFile: async ({ ctx, param, res }) => {
    const { info, stream } = await readFile(ctx, param('id'))
    sendFileHeaders(res, info)
    await pipeline(stream, res)
  },
  describeFile: async ({ ctx, param }) => fileView(await visibleFile(ctx, param('id'))),
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

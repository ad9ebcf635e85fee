import { randomUUID } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { FileDoc } from '../persistence/index.ts'
import { ContentMeter } from './ContentMeter.ts'
import { deleteBlob, readBlobRange } from './blobs.ts'
import { detectFileType } from './detectFileType.ts'
import { fileName } from './fileName.ts'
import { isOneOf, nameKinds } from '#engine/contract'

export interface StoreFileInput {
  /** As the client called it; made harmless before it is stored. */
  name: string
  content: Readable
  maxBytes: number
  /** Bytes that the person sent, where `content` is a smaller version of it. */
  received?: number
  /** Kinds to accept (`pdf`, `docx` …), by content; absent: any. */
  types?: string[]
}

/**
 * Stores a content and says what it is: size, SHA-256 and type come from the bytes that arrived. The file belongs to
 * nobody until `attachFiles`. Throws file.missing (empty), file.too-large, file.type; nothing stays behind then.
 *
 * The description is written before the content, as `receiving`, so that whatever a crash leaves is found by
 * `removeOrphanFiles`.
 */
export async function storeFile(ctx: Ctx, input: StoreFileInput): Promise<FileDoc> {
  const upload = ctx.store.files.openUploadStream(fileName(input.name), { metadata: { tenant: ctx.tenant } })
  const file: FileDoc = {
    _id: randomUUID(),
    name: fileName(input.name),
    type: 'application/octet-stream',
    size: 0,
    sha256: '',
    received: input.received ?? null,
    thumb: null,
    status: 'receiving',
    encrypted: false,
    blob: upload.id.toString(),
    uploadedBy: ctx.actor.id ?? 'system',
    uploadedAt: ctx.clock.now(),
    record: null,
  }
  await ctx.db.fileInfos.insert(file)
  const meter = new ContentMeter(input.maxBytes)
  try {
    await pipeline(input.content, meter, upload)
    if (meter.size === 0) throw new CauceError('file.missing')
    const type = await detectFileType(meter.head, meter.size, (start, end) => readBlobRange(ctx, file.blob, start, end))
    if (input.types && !isOneOf(type, input.types)) throw new CauceError('file.type', { types: nameKinds(input.types) })
    const known = {
      type,
      size: meter.size,
      sha256: meter.sha256,
      status: 'stored' as const,
      encrypted: type === 'application/pdf' && meter.encryptMark,
    }
    await ctx.db.fileInfos.updateOne({ _id: file._id }, { $set: known })
    return { ...file, ...known }
  } catch (error) {
    await deleteBlob(ctx, file.blob)
    await ctx.db.fileInfos.deleteOne({ _id: file._id })
    throw error
  }
}

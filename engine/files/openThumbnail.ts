import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { FileDoc } from '../persistence/index.ts'
import { deleteBlob, readBlob, readBlobRange } from './blobs.ts'
import { isPicture, thumbnailOf } from './cleanPicture.ts'

/**
 * The small picture (JPEG, ≤ 320 px) of a stored one, made the first time somebody asks and kept. The caller has
 * checked that the actor may read the file. Throws thing.not-found for what is no picture.
 */
export async function openThumbnail(ctx: Ctx, info: FileDoc): Promise<NodeJS.ReadableStream> {
  if (info.thumb) return readBlob(ctx, info.thumb)
  if (!isPicture(info.type)) throw new CauceError('thing.not-found')
  const small = await thumbnailOf(ctx, await readBlobRange(ctx, info.blob, 0, info.size))
  const upload = ctx.store.files.openUploadStream(`${info.name}.thumb.jpg`, { metadata: { tenant: ctx.tenant } })
  await new Promise<void>((done, fail) => {
    upload.once('finish', done).once('error', fail)
    upload.end(small)
  })
  const blob = upload.id.toString()
  const kept = await ctx.db.fileInfos.updateOne(
    { _id: info._id, thumb: null, status: 'stored' },
    { $set: { thumb: blob } },
  )
  if (kept > 0) return readBlob(ctx, blob)
  // Somebody else asked at the same moment: his stays.
  await deleteBlob(ctx, blob)
  const now = await ctx.db.fileInfos.get(info._id)
  if (!now?.thumb) throw new CauceError('thing.not-found')
  return readBlob(ctx, now.thumb)
}

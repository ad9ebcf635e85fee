import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'
import type { FileDoc } from '../persistence/index.ts'
import { readBlob } from './blobs.ts'

/**
 * What is known about a file. While no record holds it, only the person who uploaded it finds it; afterwards the
 * caller must check that the actor may read `record`. Throws thing.not-found.
 */
export async function describeFile(ctx: Ctx, id: string): Promise<FileDoc> {
  const info = await ctx.db.fileInfos.get(id)
  const isFound =
    info?.status === 'stored' && (info.record !== null || ctx.actor.id === null || info.uploadedBy === ctx.actor.id)
  if (!isFound) throw new CauceError('thing.not-found')
  return info
}

/** `describeFile` and the content, byte for byte as it came. */
export async function openFile(ctx: Ctx, id: string): Promise<{ info: FileDoc; stream: NodeJS.ReadableStream }> {
  const info = await describeFile(ctx, id)
  return { info, stream: readBlob(ctx, info.blob) }
}

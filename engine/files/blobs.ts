import { ObjectId } from 'bson'
import type { Writable } from 'node:stream'
import type { Ctx } from '../context.ts'

/** The content of a file, or bytes [start, end) of it. */
export function readBlob(ctx: Ctx, blob: string, range?: { start: number; end: number }): NodeJS.ReadableStream {
  return ctx.store.files.openDownloadStream(new ObjectId(blob), range)
}

export async function readBlobRange(ctx: Ctx, blob: string, start: number, end: number): Promise<Buffer> {
  if (end <= start) return Buffer.alloc(0)
  const parts: Buffer[] = []
  for await (const part of readBlob(ctx, blob, { start, end })) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** A new content, to be written; until its stream has ended nobody can read it. */
export function newBlob(ctx: Ctx, name: string): { blob: string; stream: Writable & { length: number } } {
  const stream = ctx.store.files.openUploadStream(name, { metadata: { tenant: ctx.tenant } })
  return { blob: stream.id.toString(), stream }
}

/** Removes a content; one that was never finished, or is gone already, is fine. */
export async function deleteBlob(ctx: Ctx, blob: string): Promise<void> {
  try {
    await ctx.store.files.delete(new ObjectId(blob))
  } catch (error) {
    // GridFS deletes the chunks first and then complains that the file itself is not there.
    if (!(error instanceof Error && /file not found/i.test(error.message))) throw error
  }
}

import type { Ctx } from '../context.ts'
import type { FileDoc } from '../persistence/index.ts'
import { readBlobRange } from './blobs.ts'
import { zipEntries } from './zipEntries.ts'

/** Bytes that a ZIP (also an office document) says it unpacks to; null for what is no ZIP. Nothing is unpacked. */
export async function unpackedSize(ctx: Ctx, file: FileDoc): Promise<number | null> {
  const entries = await zipEntries((start, end) => readBlobRange(ctx, file.blob, start, end), file.size)
  return entries && entries.reduce((sum, { size }) => sum + size, 0)
}

import { Readable } from 'node:stream'
import type { Ctx } from '../context.ts'
import type { FileDoc } from '../persistence/index.ts'
import { cleanPicture, isPicture, refusePicture } from './cleanPicture.ts'
import { detectFileType, headLength } from './detectFileType.ts'
import { storeFile } from './storeFile.ts'

/**
 * Stores what a person sent. A picture is drawn again first, so that no place, camera or hidden content is ever kept
 * with it; everything else is stored byte for byte. Throws what `storeFile` and `cleanPicture` throw, photo.heic.
 */
export async function storeUpload(
  ctx: Ctx,
  input: { name: string; bytes: Buffer; maxBytes: number },
): Promise<FileDoc> {
  const { bytes } = input
  const type = await detectFileType(bytes.subarray(0, headLength), bytes.length, (start, end) =>
    Promise.resolve(bytes.subarray(start, end)),
  )
  refusePicture(type)
  const content = isPicture(type) ? await cleanPicture(ctx, bytes, type) : bytes
  return storeFile(ctx, {
    name: input.name,
    content: Readable.from([content]),
    maxBytes: input.maxBytes,
    received: bytes.length,
  })
}

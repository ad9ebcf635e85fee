import type Sharp from 'sharp'
import type { ErrorCode } from '#engine/contract'
import type { Ctx } from '../context.ts'
import { CauceError } from '../errors.ts'

/** No side of a stored picture is longer (px): enough for a full screen and for print at the size of a hand. */
const LONGEST_SIDE = 2000
/** Longest side of the small one that lists and forms show (px). */
const THUMB_SIDE = 320
/** What a picture may unfold to, in pixels: today's telephones make 50 megapixels; a bomb claims far more. */
const MOST_PIXELS = 64_000_000
const QUALITY = 85

/** Pictures that are stored, by media type, and the format each is written in again. */
const formats = { 'image/jpeg': 'jpeg', 'image/png': 'png', 'image/webp': 'webp' } as const
const FORMATS_OF_PHONES = ['image/heic', 'image/heic-sequence', 'image/heif', 'image/heif-sequence', 'image/avif']

export const isPicture = (type: string): type is keyof typeof formats => Object.hasOwn(formats, type)

/** Refuses kinds of pictures that pages cannot show, in words that say what to do. */
export function refusePicture(type: string): void {
  if (FORMATS_OF_PHONES.includes(type)) throw new CauceError('photo.heic')
  if (type === 'image/apng' || type === 'image/gif') throw new CauceError('photo.animated')
}

/**
 * The picture drawn again: upright, no side above 2000 px, without anything that is not picture (place, camera, text,
 * a second file behind it). Throws photo.unreadable, photo.animated, photo.too-many-pixels, photo.unavailable.
 */
export async function cleanPicture(ctx: Ctx, bytes: Buffer, type: keyof typeof formats): Promise<Buffer> {
  return draw(ctx, bytes, LONGEST_SIDE, formats[type])
}

/** The small picture of a stored one, always a JPEG on white. */
export async function thumbnailOf(ctx: Ctx, bytes: Buffer): Promise<Buffer> {
  return draw(ctx, bytes, THUMB_SIDE, 'jpeg')
}

/** One picture at a time: each may take hundreds of megabytes while it is unfolded. */
let queue: Promise<unknown> = Promise.resolve()

function draw(ctx: Ctx, bytes: Buffer, side: number, format: 'jpeg' | 'png' | 'webp'): Promise<Buffer> {
  const turn = queue.then(() => drawNow(ctx, bytes, side, format))
  queue = turn.catch(() => undefined)
  return turn
}

async function drawNow(ctx: Ctx, bytes: Buffer, side: number, format: 'jpeg' | 'png' | 'webp'): Promise<Buffer> {
  const sharp = await loadSharp(ctx)
  // `limitInputPixels` is judged by ourselves, so that people are told which of the two it was.
  const options = { limitInputPixels: false, failOn: 'error', sequentialRead: true } as const
  const { width, height, pages = 1 } = await orRefuse('photo.unreadable', () => sharp(bytes, options).metadata())
  if (width * height > MOST_PIXELS) throw new CauceError('photo.too-many-pixels')
  if (pages > 1) throw new CauceError('photo.animated')
  const picture = sharp(bytes, { ...options, limitInputPixels: MOST_PIXELS })
    .rotate()
    .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
  const written =
    format === 'png'
      ? picture.png()
      : format === 'webp'
        ? picture.webp({ quality: QUALITY })
        : picture.flatten({ background: '#fff' }).jpeg({ quality: QUALITY })
  return orRefuse('photo.unreadable', () => written.toBuffer())
}

async function orRefuse<T>(code: ErrorCode, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new CauceError(code, {}, { cause: error })
  }
}

/**
 * sharp with its native library, loaded with the first picture: most processes never see one. Where the library is
 * missing, pictures are refused (503): stored unread, they could carry where a person lives.
 */
async function loadSharp(ctx: Ctx): Promise<typeof Sharp> {
  try {
    const { default: sharp } = await import('sharp')
    sharp.concurrency(1)
    sharp.cache(false)
    return sharp
  } catch (error) {
    ctx.log.error(
      { err: error },
      'pictures are refused: the native library of "sharp" is missing; run npm install here',
    )
    throw new CauceError('photo.unavailable', {}, { cause: error })
  }
}

import sharp from 'sharp'

/** A small picture; `bytes`: filled up to that size behind its end, as some cameras do. */
export async function pictureOf(kind: 'png' | 'jpg', bytes?: number): Promise<Buffer> {
  const plain = sharp({ create: { width: 8, height: 6, channels: 3, background: '#2a7f8f' } })
  const picture = await (kind === 'png' ? plain.png() : plain.jpeg()).toBuffer()
  return bytes === undefined ? picture : Buffer.concat([picture, Buffer.alloc(bytes - picture.length)])
}

import sharp from 'sharp'

/** A small picture; `bytes`: filled up to that size behind its end, as some cameras do. */
export async function pictureOf(kind: 'png' | 'jpg', bytes?: number): Promise<Buffer> {
  const plain = sharp({ create: { width: 8, height: 6, channels: 3, background: '#2a7f8f' } })
  const picture = await (kind === 'png' ? plain.png() : plain.jpeg()).toBuffer()
  return bytes === undefined ? picture : Buffer.concat([picture, Buffer.alloc(bytes - picture.length)])
}

/** A document of one empty page. */
export const onePage = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 72 72]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n') // prettier-ignore

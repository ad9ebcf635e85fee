import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { request as httpRequest } from 'node:http'
import sharp from 'sharp'
import type { Running } from '../../engine/main.ts'
import { depotPerson, startDepot } from './depot.ts'
import type { Visitor } from './harness.ts'

/** Photos as telephones and attackers send them, through the API. */
describe('photos', () => {
  let product: Running
  let owner: Visitor
  let worker: Visitor
  let tenant: Visitor

  beforeAll(async () => {
    product = await startDepot()
    ;[owner, worker, tenant] = await Promise.all([
      depotPerson(product.staffUrl, 'owner'),
      depotPerson(product.staffUrl, 'worker'),
      depotPerson(product.portalUrl, 'tenant'),
    ])
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const plain = (width: number, height: number) =>
    sharp({ create: { width, height, channels: 3, background: '#336699' } })
  /** As a telephone writes it: lying on its side, and saying where it was taken. */
  const fromPhone = () =>
    plain(3000, 1000)
      .jpeg()
      .withExif({
        IFD0: { Orientation: '6', Make: 'Phone' },
        IFD3: { GPSLatitudeRef: 'S', GPSLatitude: '12/1 2/1 3/1' },
      })
      .withMetadata({ orientation: 6 })
      .toBuffer()
  const create = (who: Visitor, data: object) =>
    who.post('/api/records/machine', { data: { name: 'Pump', kind: 'pump', ...data } })

  it('are kept upright, no side above 2000 px, and without what the telephone wrote into them', async () => {
    const sent = await fromPhone()
    expect((await sharp(sent).metadata()).exif).toBeDefined()
    const stored = await worker.upload('IMG_1.jpg', sent, 'image/jpeg')
    expect(stored.status).toBe(201)
    const { body } = await worker.get(`/api/files/${stored.body.id}`)
    const kept = await sharp(body as Buffer).metadata()
    expect(kept).toMatchObject({ format: 'jpeg', width: 667, height: 2000 })
    expect([kept.exif, kept.orientation, kept.xmp, kept.iptc]).toEqual([undefined, undefined, undefined, undefined])
    expect((body as Buffer).includes('Phone')).toBe(false)
  })

  it('lose whatever was hidden behind the picture', async () => {
    const sent = Buffer.concat([await plain(10, 10).png().toBuffer(), Buffer.from('<script>alert(1)</script>')])
    const stored = await worker.upload('a.png', sent, 'image/png')
    expect(stored.status).toBe(201)
    expect(((await worker.get(`/api/files/${stored.body.id}`)).body as Buffer).includes('script')).toBe(false)
  })

  it('have a small picture, for those who may see the record and the field, and for nobody else', async () => {
    const [photo, receipt] = await Promise.all(
      ['p.jpg', 'r.jpg'].map(
        async (name) => (await owner.upload(name, await plain(900, 600).jpeg().toBuffer())).body.id,
      ),
    )
    const thumb = (id: string) => `/api/files/${id}?size=thumb`
    expect((await worker.get(thumb(photo))).status).toBe(404)
    expect((await create(owner, { photos: [photo], receipt })).status).toBe(201)
    const seen = await worker.get(thumb(photo))
    expect(seen.headers.get('content-type')).toBe('image/jpeg')
    expect(await sharp(seen.body as Buffer).metadata()).toMatchObject({ width: 320, height: 213 })
    const etag = seen.headers.get('etag') ?? ''
    expect(
      (await worker.get(thumb(photo), { headers: { 'if-none-match': etag, 'cache-control': 'max-age=0' } })).status,
    ).toBe(304)
    expect((await worker.get(thumb(receipt))).status).toBe(404)
    expect((await owner.get(thumb(receipt))).status).toBe(200)
    expect((await tenant.get(thumb(photo))).status).toBe(404)
    const fan = (await owner.upload('f.jpg', await plain(50, 50).jpeg().toBuffer())).body.id
    await create(owner, { kind: 'fan', photos: [fan] })
    expect((await worker.get(thumb(fan))).status).toBe(404)
    // Three askers at once get the same one.
    const many = await Promise.all([1, 2, 3].map(() => owner.get(thumb(fan))))
    expect(many.map(({ status }) => status)).toEqual([200, 200, 200])
  })

  it('say who sent them and when, to those who may have them', async () => {
    const photo = (await owner.upload('who.jpg', await plain(50, 50).jpeg().toBuffer())).body.id
    expect((await create(owner, { receipt: photo })).status).toBe(201)
    const { body } = await owner.get(`/api/files/${photo}/info`)
    const account = (await owner.get('/api/session')).body.user
    expect(body).toMatchObject({ name: 'who.jpg', type: 'image/jpeg', uploadedBy: account.name })
    expect(Math.abs(Date.parse(body.uploadedAt) - product.ctx.clock.now().getTime())).toBeLessThan(60_000)
    // The field that holds it is not for everybody.
    expect((await worker.get(`/api/files/${photo}/info`)).status).toBe(404)
  })

  it('may be a PDF where the field says so: it stays as it came and has no small picture', async () => {
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
    const stored = await owner.upload('certificate.pdf', pdf)
    expect((await create(owner, { photos: [stored.body.id] })).status).toBe(201)
    expect((await owner.get(`/api/files/${stored.body.id}`)).body).toEqual(pdf)
    expect((await owner.get(`/api/files/${stored.body.id}?size=thumb`)).status).toBe(404)
  })

  it('are refused in plain words when they are none, move, come as HEIC, or unfold to a bomb', async () => {
    const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(64)])
    const jpeg = await plain(400, 400).jpeg().toBuffer()
    const still = await plain(8, 8).png().toBuffer()
    const other = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#ff0000' } })
      .png()
      .toBuffer()
    const frames = await sharp([still, other], { join: { animated: true } })
      .webp({ loop: 0, delay: [100, 100] })
      .toBuffer()
    const codeOf = async (name: string, content: Buffer) => {
      const { status, body } = await worker.upload(name, content)
      return `${status} ${body.code ?? body.type}`
    }
    expect(await codeOf('cut.jpg', jpeg.subarray(0, 300))).toBe('422 photo.unreadable')
    const png = await plain(300, 300).png().toBuffer()
    expect(await codeOf('cut.png', Buffer.concat([png.subarray(0, 60), Buffer.alloc(500)]))).toBe(
      '422 photo.unreadable',
    )
    expect(await codeOf('IMG_2.HEIC', heic)).toBe('422 photo.heic')
    expect(await codeOf('dance.webp', frames)).toBe('422 photo.animated')
    const bomb = await plain(9000, 9000).png({ compressionLevel: 9 }).toBuffer()
    expect(bomb.length).toBeLessThan(1024 ** 2)
    expect(await codeOf('bomb.png', bomb)).toBe('422 photo.too-many-pixels')
    // A text that calls itself a picture is a text, and the field takes none.
    const text = await worker.upload('photo.jpg', Buffer.from('not a picture'), 'image/jpeg')
    const refused = await create(owner, { photos: [(await owner.upload('photo.jpg', 'not a picture')).body.id] })
    expect([text.body.type, refused.status]).toEqual(['text/plain', 422])
    expect(refused.body.issues[0]).toMatchObject({
      path: 'photos.0',
      message: 'Este tipo de archivo no se admite. Use PNG, JPG o PDF.',
    })
  })

  it('are measured as they were sent, against the limit of Configuración, and counted', async () => {
    const noise = await sharp({
      create: {
        width: 1200,
        height: 1200,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 60 },
      },
    })
      .png()
      .toBuffer()
    expect(noise.length).toBeGreaterThan(1024 ** 2)
    const large = (await owner.upload('large.png', noise)).body.id
    const refused = await create(owner, { photos: [large] })
    expect(refused.body.issues).toMatchObject([{ path: 'photos.0', message: 'El archivo supera el máximo de 1 MB.' }])
    const tabs = (await owner.get('/api/settings')).body
    const { revision } = tabs.find(({ tab }: { tab: string }) => tab === 'photos')
    const saved = await owner.put(
      '/api/settings/depot/photos',
      { data: { max: '20MB' } },
      { headers: { 'if-match': `${revision}` } },
    )
    expect(saved.status).toBe(200)
    expect((await create(owner, { photos: [large] })).status).toBe(201)
    const small = await plain(9, 9).png().toBuffer()
    const four = await Promise.all([1, 2, 3, 4].map(async () => (await owner.upload('s.png', small)).body.id))
    expect((await create(owner, { photos: four })).body.issues).toMatchObject([{ path: 'photos', rule: 'maxItems' }])
    expect((await create(owner, { photos: four.slice(1) })).status).toBe(201)
  })

  it('of 50 MB are refused before they are read', async () => {
    const { hostname, port } = new URL(product.staffUrl)
    const answer = await new Promise<{ status: number; sent: number }>((done, fail) => {
      const call = httpRequest({
        ...{ hostname, port, path: '/api/files', method: 'POST' },
        headers: {
          ...{ 'content-type': 'multipart/form-data; boundary=x', 'content-length': 50 * 1024 ** 2, 'x-cauce': '1' },
          ...{ origin: product.staffUrl, cookie: worker.cookie },
        },
      })
      call.on('response', (response) =>
        done({ status: response.statusCode ?? 0, sent: call.socket?.bytesWritten ?? 0 }),
      )
      call.on('error', fail)
      call.write('--x\r\n')
    })
    expect(answer.status).toBe(413)
    expect(answer.sent).toBeLessThan(4096)
  })
})

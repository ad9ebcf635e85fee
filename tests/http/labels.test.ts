import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import jsQrModule from 'jsqr'
import { inflateSync } from 'node:zlib'
import type { Running } from '../../engine/main.ts'
import { BASE_URL, depotPerson, startDepot } from './depot.ts'
import type { Visitor } from './harness.ts'

// A CommonJS package: its default export is one level further down in Node.
const jsQR = (jsQrModule as unknown as { default: typeof jsQrModule }).default

/** QR codes: printed, read again, followed; and what nobody may do with them. */
describe('QR codes', () => {
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

  const labels = async (who: Visitor, entity: string, query: string) =>
    who.get(`/api/records/${entity}/labels?${query}`)
  const idOf = async (who: Visitor, entity: string, q: string): Promise<string> =>
    (await who.get(`/api/records/${entity}?q=${q}`)).body.items[0].id

  it('are printed as a PDF whose code, read by a camera, leads to the record', async () => {
    const answer = await labels(owner, 'machine', `layout=roll&ids=${await idOf(owner, 'machine', 'blue')}`)
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    const address = new URL(readQr(answer.body as Buffer))
    expect([address.origin, address.pathname]).toEqual([BASE_URL, '/q/PUMP01'])
    // The page behind the address asks this.
    const hit = await worker.get(`/api${address.pathname.replace('/q/', '/qr/')}`)
    expect(hit.body).toMatchObject({ entity: 'machine', label: expect.stringContaining('Blue pump') })
    expect((await worker.get(`/api/records/${hit.body.entity}/${hit.body.id}`)).status).toBe(200)
  })

  it('lead to whatever carries the code, and are not found by those who may not read it', async () => {
    expect((await owner.get('/api/qr/LADDER01')).body).toMatchObject({ entity: 'kit', label: 'Ladder' })
    expect((await tenant.get('/api/qr/LADDER01')).body).toMatchObject({ entity: 'kit' })
    expect((await tenant.get('/api/qr/DRILL01')).status).toBe(404)
    expect((await tenant.get('/api/qr/PUMP01')).status).toBe(404)
    const made = { name: 'Hidden', kind: 'fan', qr: 'FAN01' }
    expect((await owner.post('/api/records/machine', { data: made })).status).toBe(201)
    expect((await worker.get('/api/qr/FAN01')).status).toBe(404)
    for (const code of ['NOTHING', '%20', 'x'.repeat(300), '%24ne', '..%2F..'])
      expect((await owner.get(`/api/qr/${code}`)).status).toBe(404)
    expect((await new (owner.constructor as typeof Visitor)(product.staffUrl).get('/api/qr/PUMP01')).status).toBe(401)
  })

  it('are printed for all of a list that has one, on sheets or on a roll', async () => {
    const many = Array.from({ length: 26 }, (_, index) => ({ name: `Box ${index}`, qr: `BOX${index}` }))
    for (const data of many) expect((await owner.post('/api/records/kit', { data })).status).toBe(201)
    const pagesOf = async (query: string) => {
      const { status, body } = await labels(owner, 'kit', query)
      expect(status).toBe(200)
      return (body as Buffer).toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length
    }
    expect(await pagesOf('layout=sheet&q=box')).toBe(2)
    expect(await pagesOf('layout=sheet&q=box&skip=23')).toBe(3)
    expect(await pagesOf('layout=roll&q=box')).toBe(26)
  })

  it('are printed by those with the right to print what they may read, and it is noted', async () => {
    const id = await idOf(owner, 'machine', 'blue')
    expect((await labels(worker, 'machine', `ids=${id}`)).body.code).toBe('access.denied')
    expect((await labels(tenant, 'kit', '')).status).toBe(404)
    expect((await labels(owner, 'machine', 'q=old')).body.code).toBe('labels.none')
    expect((await labels(owner, 'machine', 'layout=wall')).status).toBe(400)
    expect((await labels(owner, 'machine', 'skip=24')).status).toBe(400)
    expect((await labels(owner, 'nothing', '')).status).toBe(404)
    const rows = (await owner.get('/api/audit?filter.action=labels.printed')).body.items
    expect(rows[0]).toMatchObject({ action: 'labels.printed' })
  })
})

/** The page of a PDF as a camera sees it: its filled rectangles, drawn; and what the QR code among them says. */
function readQr(pdf: Buffer): string {
  const text = pdf.toString('latin1')
  const [, ...streams] = text.split(/stream\r?\n/)
  for (const stream of streams) {
    let content: string
    try {
      content = inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
    } catch {
      continue
    }
    const rectangles = [...content.matchAll(/([\d.-]+) ([\d.-]+) ([\d.]+) ([\d.-]+) re/g)].map((match) =>
      match.slice(1).map(Number),
    ) as [number, number, number, number][]
    if (rectangles.length < 50) continue
    const scale = 4
    const side = 150 * scale
    const pixels = new Uint8ClampedArray(side * side * 4).fill(255)
    for (const [x, y, width, height] of rectangles)
      for (let row = Math.round(y * scale); row < Math.round((y + height) * scale); row++)
        for (let column = Math.round(x * scale); column < Math.round((x + width) * scale); column++)
          pixels.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3)
    const found = jsQR(pixels, side, side)
    if (found) return found.data
  }
  throw new Error('no QR code on the page')
}

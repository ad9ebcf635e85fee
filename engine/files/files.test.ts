import { createHash, randomBytes } from 'node:crypto'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { deflateRawSync } from 'node:zlib'
import { openTestContext, person, type TestContext } from '../../tests/setup/testContext.ts'
import { as, type Ctx } from '../context.ts'
import { attachFiles, openFile, removeOrphanFiles, storeFile } from './index.ts'

let test: TestContext
let ana: Ctx
let rosa: Ctx
beforeAll(async () => {
  test = await openTestContext()
  ana = as(test.ctx, person('ana'))
  rosa = as(test.ctx, person('rosa'))
})
afterAll(() => test.close())

const MB = 1024 ** 2
const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
)

/** `content` in pieces of odd sizes, as a network brings it. */
const arriving = (content: Buffer, size = 999): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(content.length / size) }, (_, index) =>
      content.subarray(index * size, (index + 1) * size),
    ),
  )
const put = (ctx: Ctx, name: string, content: Buffer, types?: string[], maxBytes = 10 * MB) =>
  storeFile(ctx, { name, content: arriving(content), maxBytes, ...(types && { types }) })
const blobs = async (): Promise<number> => (await test.ctx.store.files.find({}).toArray()).length

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

/** A ZIP of these entries, written by hand (APPNOTE.TXT). */
function zip(entries: Record<string, string>): Buffer {
  const locals: Buffer[] = []
  const table: Buffer[] = []
  let at = 0
  for (const [name, text] of Object.entries(entries)) {
    const data = deflateRawSync(text)
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(data.length, 14)
    fields.writeUInt32LE(text.length, 18)
    fields.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, Buffer.from(name), data])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(at, 10)
    table.push(Buffer.concat([Buffer.from('PK\u0001\u0002'), Buffer.from([20, 0]), fields, rest, Buffer.from(name)]))
    locals.push(local)
    at += local.length
  }
  const directory = Buffer.concat(table)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(table.length, 4)
  end.writeUInt16LE(table.length, 6)
  end.writeUInt32LE(directory.length, 8)
  end.writeUInt32LE(at, 12)
  return Buffer.concat([...locals, directory, Buffer.from('PK\u0005\u0006'), end])
}
const docx = zip({ '[Content_Types].xml': '<Types/>', 'word/document.xml': '<w:document/>' })

describe('storeFile', () => {
  it('gives back byte for byte what came, with its size and SHA-256', async () => {
    const content = Buffer.concat([pdf, randomBytes(700_000)])
    const file = await put(ana, 'contrato firmado.pdf', content, ['pdf'])
    expect(file).toMatchObject({
      name: 'contrato firmado.pdf',
      type: 'application/pdf',
      size: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      encrypted: false,
      uploadedBy: 'ana',
      record: null,
    })
    const { info, stream } = await openFile(ana, file._id)
    expect(info.sha256).toBe(file.sha256)
    expect((await bytesOf(stream)).equals(content)).toBe(true)
  })

  it('tells the type by the content, whatever the name says', async () => {
    const type = async (name: string, content: Buffer): Promise<string> => (await put(ana, name, content)).type
    expect(await type('x.exe', docx)).toBe('application/vnd.openxmlformats-officedocument.wordprocessingml.document')
    expect(await type('x.docx', zip({ 'a.txt': 'a' }))).toBe('application/zip')
    expect(
      await type('x.docx', zip({ '[Content_Types].xml': '', 'word/document.xml': '', 'word/vbaProject.bin': '' })),
    ).toBe('application/zip')
    expect(await type('x.pdf', png)).toBe('image/png')
    expect(await type('x.png', Buffer.from('<svg onload="alert(1)">ñ</svg>'))).toBe('text/plain')
    expect(await type('x.pdf', Buffer.concat([Buffer.from('MZ'), randomBytes(500)]))).toMatch(/msdownload|octet-stream/)
    expect(await type('x.docx', Buffer.from('PK\u0003\u0004 nothing behind it'))).toBe('application/octet-stream')
  })

  it.each([
    ['a plain ZIP called .docx', 'x.docx', zip({ 'a.txt': 'a' })],
    ['a program called .pdf', 'x.pdf', Buffer.concat([Buffer.from('MZ\u0090\u0000'), Buffer.alloc(600, 7)])],
    ['a picture called .pdf', 'x.pdf', png],
    ['a page called .pdf', 'x.pdf', Buffer.from('<!doctype html><script>alert(1)</script>')],
  ])('refuses %s where only PDF and DOCX are taken, and keeps nothing of it', async (_, name, content) => {
    const before = await blobs()
    await expect(put(ana, name, content, ['pdf', 'docx'])).rejects.toMatchObject({
      code: 'file.type',
      message: 'Este tipo de archivo no se admite. Use PDF o Word (DOCX).',
    })
    expect(await blobs()).toBe(before)
    expect(await test.ctx.db.fileInfos.count({ name })).toBe(
      await test.ctx.db.fileInfos.count({ name, status: 'stored' }),
    )
  })

  it('stops at the limit while the content arrives, and takes exactly the limit', async () => {
    let sent = 0
    const endless = Readable.from(
      (function* () {
        for (; sent < 500; sent += 1) yield Buffer.alloc(64 * 1024, 1)
      })(),
    )
    await expect(storeFile(ana, { name: 'x', content: endless, maxBytes: MB })).rejects.toMatchObject({
      code: 'file.too-large',
      message: 'El archivo supera el máximo de 1 MB.',
    })
    expect(sent).toBeLessThan(100)
    const exact = await put(ana, 'x', Buffer.alloc(MB, 65), undefined, MB)
    expect(exact.size).toBe(MB)
  })

  it('asks for a file when nothing comes', async () => {
    await expect(put(ana, 'x.pdf', Buffer.alloc(0))).rejects.toMatchObject({ code: 'file.missing' })
  })

  it('sees that a PDF is encrypted, even where the mark falls between two pieces', async () => {
    const locked = Buffer.from('%PDF-1.7\ntrailer<</Root 1 0 R /Encrypt 5 0 R>>\n%%EOF')
    for (const size of [1, 7, 30, 999]) {
      const file = await storeFile(ana, { name: 'x.pdf', content: arriving(locked, size), maxBytes: MB })
      expect(file.encrypted).toBe(true)
    }
    expect((await put(ana, 'x.pdf', Buffer.concat([pdf, Buffer.from('(about /Encryption)')]))).encrypted).toBe(false)
  })

  it('keeps nothing of an upload that breaks off', async () => {
    const before = await blobs()
    const broken = Readable.from(
      (function* () {
        yield pdf
        throw new Error('connection lost')
      })(),
    )
    await expect(storeFile(ana, { name: 'x.pdf', content: broken, maxBytes: MB })).rejects.toThrow('connection lost')
    expect(await blobs()).toBe(before)
  })
})

describe('who may have a file', () => {
  const record = { entity: 'pedido', id: 'p1' }
  const attach = (ctx: Ctx, id: string, to = record) => ctx.transaction((db) => attachFiles(ctx, db, [id], to))

  it('before a record holds it: only the one who uploaded it', async () => {
    const { _id } = await put(ana, 'x.pdf', pdf)
    await expect(openFile(rosa, _id)).rejects.toMatchObject({ code: 'thing.not-found' })
    await expect(openFile(ana, 'no-such-file')).rejects.toMatchObject({ code: 'thing.not-found' })
    await expect(attach(rosa, _id)).rejects.toMatchObject({ code: 'file.missing' })
    await attach(ana, _id)
    expect((await openFile(rosa, _id)).info.record).toEqual(record)
  })

  it('a file of one record cannot be attached to another, and again to the same without harm', async () => {
    const { _id } = await put(ana, 'x.pdf', pdf)
    await attach(ana, _id)
    await attach(rosa, _id)
    await expect(attach(ana, _id, { entity: 'pedido', id: 'p2' })).rejects.toMatchObject({ code: 'file.missing' })
  })

  it('an attachment is undone with its transaction', async () => {
    const { _id } = await put(ana, 'x.pdf', pdf)
    await expect(
      ana.transaction(async (db) => {
        await attachFiles(ana, db, [_id], record)
        throw new Error('the save failed')
      }),
    ).rejects.toThrow('the save failed')
    await expect(openFile(rosa, _id)).rejects.toMatchObject({ code: 'thing.not-found' })
  })
})

describe('removeOrphanFiles', () => {
  it('removes what no record holds after a while, and nothing else', async () => {
    const kept = await put(ana, 'kept.pdf', pdf)
    await ana.transaction((db) => attachFiles(ana, db, [kept._id], { entity: 'pedido', id: 'p3' }))
    const orphan = await put(ana, 'orphan.pdf', pdf)
    // What a crash in the middle of an upload leaves: a description whose content never became a file.
    await test.ctx.db.fileInfos.insert({
      ...orphan,
      _id: 'cut-off',
      status: 'receiving',
      blob: '65f000000000000000000001',
    })
    const now = test.clock.now().getTime()
    expect(await removeOrphanFiles(test.ctx, new Date(now - 1))).toBe(0)
    expect(await removeOrphanFiles(test.ctx, new Date(now + 1))).toBeGreaterThanOrEqual(2)
    await expect(openFile(ana, orphan._id)).rejects.toMatchObject({ code: 'thing.not-found' })
    expect(await test.ctx.db.fileInfos.get('cut-off')).toBeNull()
    expect((await bytesOf((await openFile(ana, kept._id)).stream)).equals(pdf)).toBe(true)
  })
})

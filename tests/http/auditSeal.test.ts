import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { deserialize, serialize, type Document } from 'bson'
import { exportStore } from '../../engine/persistence/embedded/tools/exportStore.ts'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, Visitor } from './harness.ts'

/** Runs the program that proves a copy. */
async function verify(...args: string[]): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'engine/audit/verify/verify.cli.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, text }
}

describe('the sealed audit', () => {
  let product: Running
  let folder: string
  let copy: string
  let anchorFile: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cauce-seal-'))
    anchorFile = join(folder, 'anchors.jsonl')
    copy = join(folder, 'copy')
    product = await startProduct({
      environment: {
        MONGODB_URI: '',
        DATA_DIR: join(folder, 'data'),
        AUDIT_ANCHOR_FILE: anchorFile,
        AUDIT_ANCHOR_MAIL: 'auditor@demo.pe',
      },
    })
    const admin = await signIn(product.staffUrl, 'superadmin')
    for (let round = 0; round < 3; round++) {
      await new Visitor(product.staffUrl).post('/api/session', { email: 'nobody@demo.pe', password: 'wrong' })
      await product.jobs.sealAudit()
    }
    await admin.delete('/api/session')
    await product.jobs.sealAudit()
    // The mail with the head is a row too.
    await product.jobs.wake()
    await product.jobs.sealAudit()
    await exportStore(join(folder, 'data', 'store'), copy)
  }, 120_000)
  afterAll(async () => {
    await (product as Running | undefined)?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  /** A copy whose documents of one collection somebody worked on. */
  function tampered(name: string, change: (documents: Document[]) => Document[], collection = 'audit'): string {
    const to = join(folder, name)
    cpSync(copy, to, { recursive: true })
    const path = join(to, 'cauce', `${collection}.bson`)
    const bytes = readFileSync(path)
    const documents: Document[] = []
    for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
      documents.push(deserialize(bytes.subarray(at, at + bytes.readInt32LE(at)), { promoteValues: false }))
    documents.sort((a, b) => Number(a.sequence ?? a.number) - Number(b.sequence ?? b.number))
    writeFileSync(path, Buffer.concat(change(documents).map((document) => Buffer.from(serialize(document)))))
    return to
  }

  it('holds as it was written, in a copy and in the data directory, with the head that was told outside', async () => {
    const plain = await verify('--from', copy, '--anchor', anchorFile)
    expect(plain).toMatchObject({ code: 0, text: expect.stringMatching(/0 not sealed yet, 1 heads compared/) })
    expect(await verify('--data', join(folder, 'data'))).toMatchObject({ code: 0 })
    const [line] = readFileSync(anchorFile, 'utf8').split('\n')
    const head = JSON.parse(line ?? '') as { number: number; hash: string; total: number }
    expect(await verify('--from', copy, '--head', `${head.number}:${head.hash}`)).toMatchObject({ code: 0 })
  })

  it('is told to the configured address once a day', async () => {
    await product.jobs.wake()
    const mails = product.devMail?.messages().filter((mail) => mail.to.includes('auditor@demo.pe')) ?? []
    expect(mails).toHaveLength(1)
    const { hash } = JSON.parse(readFileSync(anchorFile, 'utf8').split('\n')[0] ?? '') as { hash: string }
    expect(JSON.stringify(mails[0])).toContain(hash)
  })

  it('shows a changed row', async () => {
    const to = tampered('changed', (rows) => {
      rows[2]!.details = { ...(rows[2]!.details as object), email: 'somebody.else@demo.pe' }
      return rows
    })
    const { code, text } = await verify('--from', to)
    expect(code).toBe(1)
    expect(text).toMatch(/row-changed: row [0-9a-f-]{36} \(/)
  })

  it('shows a removed row', async () => {
    let removed = ''
    const to = tampered('removed', (rows) => {
      removed = String(rows[1]!._id)
      return rows.filter((_, index) => index !== 1)
    })
    const { code, text } = await verify('--from', to)
    expect(code).toBe(1)
    expect(text).toContain(`row-removed: row ${removed}, number 2, seal 1`)
  })

  it('shows an inserted row', async () => {
    const to = tampered('inserted', (rows) => [
      ...rows,
      { ...rows[0], _id: 'made-up', sequence: Number(rows[0]!.sequence) - 200_000_000 },
    ])
    const { code, text } = await verify('--from', to)
    expect(code).toBe(1)
    expect(text).toMatch(/row-inserted: row made-up/)
  })

  it('shows rows that changed places', async () => {
    const to = tampered('reordered', (rows) => {
      const [first, second] = [rows[0]!.sequence as unknown, rows[1]!.sequence as unknown]
      rows[0]!.sequence = second
      rows[1]!.sequence = first
      return rows
    })
    const { code, text } = await verify('--from', to)
    expect(code).toBe(1)
    expect(text).toMatch(/row-changed/)
    expect(text).toMatch(/rows-reordered: the rows of seal 1/)
  })

  it('shows a changed and a removed seal', async () => {
    const changed = tampered('seal', (seals) => {
      seals[1]!.count = 0
      return seals
    }, 'audit_seals') // prettier-ignore
    expect(await verify('--from', changed)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/seal-changed: seal 2/),
    })
    const removed = tampered('sealGone', (seals) => seals.filter((_, index) => index !== 1), 'audit_seals')
    expect(await verify('--from', removed)).toMatchObject({
      code: 1,
      text: expect.stringMatching(/seal-removed: seals 2 to 2 are missing/),
    })
  })

  it('shows rows and seals cut off together, by the head that was told outside', async () => {
    // The next day's head is the last seal's.
    product.clock?.advance(24 * 3600_000)
    await product.jobs.sealAudit()
    const lines = readFileSync(anchorFile, 'utf8').trim().split('\n')
    expect(lines).toHaveLength(2)
    const { number } = JSON.parse(lines[1] ?? '') as { number: number }
    let kept: string[] = []
    const to = tampered('cut', (seals) => {
      const rest = seals.filter((seal) => Number(seal.number) < number)
      kept = rest.flatMap((seal) => seal.ids as string[])
      return rest
    }, 'audit_seals') // prettier-ignore
    const path = join(to, 'cauce', 'audit.bson')
    const bytes = readFileSync(path)
    const rows: Buffer[] = []
    for (let at = 0; at < bytes.length; at += bytes.readInt32LE(at))
      rows.push(bytes.subarray(at, at + bytes.readInt32LE(at)))
    writeFileSync(path, Buffer.concat(rows.filter((row) => kept.includes(String(deserialize(row)._id)))))
    expect(await verify('--from', to)).toMatchObject({ code: 0 })
    const { code, text } = await verify('--from', to, '--anchor', anchorFile)
    expect(code).toBe(1)
    expect(text).toMatch(new RegExp(`cut-off: seal ${number} \\(told on .*\\) is missing`))
  })

  it('says what it cannot check', async () => {
    expect(await verify('--from', join(folder, 'nothing'))).toMatchObject({
      code: 2,
      text: expect.stringContaining('holds no copy of a database'),
    })
  })

  it('cannot be changed or removed by any operation of the product', async () => {
    const { audit } = product.ctx.db
    for (const attempt of [
      () => audit.updateOne(),
      () => audit.updateMany(),
      () => audit.findOneAndUpdate(),
      () => audit.deleteOne(),
      () => audit.deleteMany(),
      () => audit.aggregate([{ $out: 'audit' }]),
    ])
      await expect(attempt()).rejects.toThrow('this collection only grows')
  })

  it('seals a row that was committed late, and rows of a clock that was put back', async () => {
    const { ctx } = product
    const head = await ctx.db.auditSeals.findOne({}, { sort: { number: -1 } })
    const [row] = await ctx.db.audit.find({}, { limit: 1 })
    await ctx.db.audit.insert({ ...row!, _id: 'late', sequence: head!.to - 30_000_000 })
    product.clock?.advance(-30 * 24 * 3600_000)
    await new Visitor(product.staffUrl).post('/api/session', { email: 'nobody@demo.pe', password: 'wrong' })
    const [refused] = await ctx.db.audit.find({ action: 'session.refused' }, { sort: { at: 1 }, limit: 1 })
    expect(refused!.at.getTime()).toBeLessThan(row!.at.getTime())
    await product.jobs.sealAudit()
    const sealed = (await ctx.db.auditSeals.find({})).flatMap((seal) => seal.ids)
    expect(sealed.filter((id) => id === 'late' || id === refused!._id)).toHaveLength(2)
    product.clock?.reset()
  })
})

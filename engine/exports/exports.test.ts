import { describe, expect, it } from '@jest/globals'
import type { Readable } from 'node:stream'
import { inflateRawSync } from 'node:zlib'
import { writeSheet, type Cell, type ExportFormat, type Sheet } from './index.ts'

const dangerous = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']

async function* batches(rows: Cell[][]): AsyncGenerator<Cell[][]> {
  await Promise.resolve()
  for (let at = 0; at < rows.length; at += 100) yield rows.slice(at, at + 100)
}
const sheetOf = (rows: Cell[][], width = 20): Sheet => ({
  title: 'Lista',
  notes: ['Filtros: ninguno', 'Exportado por Ana'],
  columns: [
    { title: 'Código', width },
    { title: 'Monto', width: 10 },
  ],
  batches: batches(rows),
})
async function bytesOf(stream: Readable): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks)
}
const write = (format: ExportFormat, rows: Cell[][]): Promise<Buffer> => bytesOf(writeSheet(format, sheetOf(rows)))

describe('exports', () => {
  it('keep what looks like a formula a text, in CSV', async () => {
    const text = (await write('csv', [...dangerous.map((cell) => [cell, -1] as Cell[]), ['a "b", c', null]])).toString()
    expect(text.startsWith('\uFEFFCódigo,Monto\r\n')).toBe(true)
    for (const cell of dangerous.slice(0, 5)) expect(text).toContain(`\n'${cell},-1\r\n`)
    expect(text).toContain(`"'\r=1",-1`)
    expect(text).toContain('"a ""b"", c",\r\n')
  })

  it('keep what looks like a formula a text, in Excel, and numbers numbers', async () => {
    const xml = sheetXml(
      await write('xlsx', [...dangerous.slice(0, 4).map((cell) => [cell, 1.5] as Cell[]), ['<&>\u0000\ud800', null]]),
    )
    expect(xml).not.toContain('<f>')
    for (const cell of dangerous.slice(0, 4))
      expect(xml).toMatch(
        new RegExp(`s="3" t="inlineStr"><is><t xml:space="preserve">${cell.replace(/[+()]/g, '\\$&')}<`),
      )
    expect(xml).toContain('<v>1.5</v>')
    expect(xml).toContain('&lt;&amp;&gt;\ufffd<')
  })

  it('write many rows without holding them', async () => {
    let given = 0
    let most = 0
    async function* many(): AsyncGenerator<Cell[][]> {
      for (let batch = 0; batch < 200; batch++) {
        await Promise.resolve()
        given += 500
        yield Array.from({ length: 500 }, (_, row) => [`Fila ${batch * 500 + row}`.repeat(10), row])
      }
    }
    const before = process.memoryUsage().rss
    let size = 0
    for await (const chunk of writeSheet('xlsx', { ...sheetOf([]), batches: many() })) {
      size += (chunk as Buffer).length
      most = Math.max(most, process.memoryUsage().rss - before)
    }
    expect(given).toBe(100_000)
    expect(size).toBeGreaterThan(100_000)
    expect(most).toBeLessThan(150 * 1024 * 1024)
  }, 60_000)

  it('number the pages of a PDF and show its head on the first', async () => {
    const rows = Array.from({ length: 120 }, (_, row): Cell[] => [`Ñandú ${row} → €`, row])
    const pdf = await write('pdf', rows)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(2)
  })

  it.each(['csv', 'xlsx', 'pdf'] as const)('end with the error when the rows cannot be read: %s', async (format) => {
    async function* broken(): AsyncGenerator<Cell[][]> {
      yield [['a', 1]]
      await Promise.resolve()
      throw new Error('the store is gone')
    }
    await expect(bytesOf(writeSheet(format, { ...sheetOf([]), batches: broken() }))).rejects.toThrow(
      'the store is gone',
    )
  })
})

/** The sheet of a workbook: its last entry, found by name. */
function sheetXml(zip: Buffer): string {
  let end = zip.length - 22
  while (zip.readUInt32LE(end) !== 0x06054b50) end -= 1
  for (let at = zip.readUInt32LE(end + 16); ;) {
    const size = zip.readUInt32LE(at + 20)
    const nameLength = zip.readUInt16LE(at + 28)
    const local = zip.readUInt32LE(at + 42)
    if (zip.subarray(at + 46, at + 46 + nameLength).toString() === 'xl/worksheets/sheet1.xml') {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
      return inflateRawSync(zip.subarray(start, start + size)).toString('utf8')
    }
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
}

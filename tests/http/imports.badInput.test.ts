import { resolve } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ZipFile } from 'yazl'
import { toXlsx } from '../../engine/exports/toXlsx.ts'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, type Visitor } from './harness.ts'
import { SheetImport, uploadSheet } from './sheets.ts'

/** What people, and those who mean harm, send instead of a sheet; and what happens while an import goes on. */
describe('sheets that are none, and imports that meet', () => {
  let product: Running
  let keeper: Visitor

  beforeAll(async () => {
    product = await startProduct({ packs: ['goods'], packsDir: resolve('tests') })
    keeper = await signIn(product.staffUrl, 'keeper')
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const refused = async (content: Uint8Array | string, name: string): Promise<string> => {
    const { status, body } = await uploadSheet(keeper, 'article', content, name)
    return `${status} ${String(body.message)}`
  }
  const workbook = (rows: (string | number | null)[][]): Promise<Buffer> => {
    const [titles = [], ...rest] = rows
    const columns = titles.map((title) => ({ title: String(title), width: 10 }))
    async function* batches(): AsyncGenerator<(string | number | null)[][]> {
      yield await Promise.resolve(rest)
    }
    return buffer(toXlsx({ title: '', notes: [], columns, batches: batches() }))
  }
  const zip = (parts: Record<string, string>): Promise<Buffer> => {
    const file = new ZipFile()
    for (const [path, content] of Object.entries(parts)) file.addBuffer(Buffer.from(content), path)
    file.end()
    return buffer(file.outputStream)
  }

  it('are refused in plain words', async () => {
    expect(await refused(Buffer.alloc(50 * 1024 * 1024, 'a'), 'grande.csv')).toMatch(/^413 .*25 MB/)
    expect(await refused('', 'vacio.csv')).toMatch(/^422 Adjunte un archivo/)
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4096)])
    expect(await refused(old, 'viejo.xls')).toMatch(/^422 .*Excel antiguo \(.xls\) o pide contraseña/)
    expect(await refused('<html><body><table></table>', 'pagina.xls')).toMatch(/^422 .*página web/)
    expect(await refused(Buffer.from('89504e470d0a1a0a0000000d', 'hex'), 'foto.xlsx')).toMatch(/^422 .*no es un Excel/)
    const macros = await zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<w/>', 'xl/vbaProject.bin': 'x' })
    expect(await refused(macros, 'macros.xlsm')).toMatch(/^422 .*lleva macros/)
    expect((await keeper.post('/api/imports/article')).status).toBe(422)
    expect(await product.ctx.db.imports.count({})).toBe(0)
  })

  it('do not unpack what would fill the memory, whether they say so or not', async () => {
    const honest = await workbook([['SKU'], ['a']])
    // The size in the table of contents, which a program that unpacks goes by (APPNOTE 4.3.12).
    const at = honest.indexOf(Buffer.from('504b0102', 'hex'))
    honest.writeUInt32LE(0xf0000000, at + 24)
    expect(await refused(honest, 'bomba.xlsx')).toMatch(/^422 .*demasiado grande al abrirlo/)

    const damaged = await zip({ '[Content_Types].xml': '<Types/>', 'xl/workbook.xml': '<nothing', 'xl/x.xml': '' })
    const sheet = await SheetImport.begin(product, keeper, 'article', damaged, 'roto.xlsx')
    expect(await sheet.view()).toMatchObject({ status: 'failed', problem: expect.stringContaining('dañado') })
  })

  it('read Windows-1252, tabs, quoted lines, numbers and days of Excel', async () => {
    const latin = Buffer.from('SKU\tNombre\tTipo\nL-1\t"Caña\nlarga"\tpart\n', 'latin1')
    const text = await SheetImport.begin(product, keeper, 'article', latin, 'excel.csv')
    const { preview } = await text.check()
    expect(preview[0].texts.Nombre).toContain('Caña')
    const rows = [
      ['Lista de artículos', null, null, null, null],
      ['SKU', 'Nombre', 'Tipo', 'Comprado', 'Precio'],
      ['L-2', 12345678901, 'Repuesto', 46231, 0.1],
    ]
    const typed = await SheetImport.begin(product, keeper, 'article', await workbook(rows), 'excel.xlsx')
    const checked = await typed.check()
    expect(checked.errors).toEqual([])
    expect(checked.preview[0].texts).toMatchObject({ Nombre: '12345678901', Comprado: '28/07/2026', Precio: '0.10' })
  })

  it('two at once about the same records: each record is there once, and the second is told', async () => {
    const content = `SKU;Nombre;Tipo\n${Array.from({ length: 60 }, (_, row) => `T-${row};Uno;part`).join('\n')}`
    const [one, two] = [
      await SheetImport.begin(product, keeper, 'article', content),
      await SheetImport.begin(product, keeper, 'article', content.replaceAll('Uno', 'Dos')),
    ]
    await one.check()
    expect((await two.check()).counts).toMatchObject({ new: 60 })
    await Promise.all([one.send('apply', { mode: 'valid' }), two.send('apply', { mode: 'valid' })])
    const [first, second] = [await one.view(), await two.view()]
    expect([first.status, second.status]).toEqual(['done', 'done'])
    const told = [first, second].map(({ counts }) => counts as { applied: number; errors: number })
    expect(told.reduce((sum, { applied, errors }) => sum + applied + errors, 0)).toBe(120)
    const { total } = (await keeper.get('/api/records/article?q=T-&size=1')).body
    expect(total).toBe(60)
  })

  it('all or nothing leaves nothing when one row is refused after all', async () => {
    const content = 'SKU;Nombre;Tipo;Fabricante\nU-1;Uno;part;\nU-2;Dos;part;Stanley\n'
    const sheet = await SheetImport.begin(product, keeper, 'article', content)
    expect((await sheet.check()).counts).toMatchObject({ new: 2, errors: 0 })
    const makers = product.ctx.db.records('maker')
    await makers.updateOne({ 'data.name': 'Stanley' }, { $set: { deletedAt: new Date() } })
    const stopped = await sheet.apply('all')
    await makers.updateOne({ 'data.name': 'Stanley' }, { $set: { deletedAt: null } })
    expect(stopped).toMatchObject({ status: 'stopped', counts: { applied: 0, errors: 1 } })
    expect(stopped.problem).toContain('La fila 3 ya no se puede importar')
    expect((await keeper.get('/api/records/article?q=U-')).body.total).toBe(0)
  })

  it('goes on with the rights its owner has now, and writes nothing once it is cancelled', async () => {
    const content = 'SKU;Nombre;Tipo\nV-1;Uno;part\nV-2;Dos;part\n'
    const sheet = await SheetImport.begin(product, keeper, 'article', content)
    const { id } = await sheet.check()
    // He lost the right between the check and the writing.
    await product.ctx.db.users.updateOne({ email: 'keeper@demo.pe' }, { $set: { roles: ['guest'] } })
    await product.ctx.db.imports.updateOne({ _id: id }, { $set: { status: 'applying', mode: 'all' } })
    await product.jobs.workOffImports()
    await product.ctx.db.users.updateOne({ email: 'keeper@demo.pe' }, { $set: { roles: ['keeper'] } })
    expect(await sheet.view()).toMatchObject({ status: 'failed', counts: { applied: 0 } })

    const other = await SheetImport.begin(product, keeper, 'article', content)
    await other.check()
    expect((await other.cancel()).body.status).toBe('cancelled')
    expect((await other.send('apply', { mode: 'all' })).body.code).toBe('import.moved')
    expect((await keeper.get('/api/records/article?q=V-')).body.total).toBe(0)
  })
})

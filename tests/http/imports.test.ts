import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { signIn, startProduct, Visitor } from './harness.ts'
import { rowsOfWorkbook, SheetImport, uploadSheet } from './sheets.ts'

/** Sheets that become records, over HTTP, on a pack of its own: who may, what is understood, what is told. */
describe('importing a sheet', () => {
  let product: Running
  let keeper: Visitor
  let clerk: Visitor

  beforeAll(async () => {
    product = await startProduct({ packs: ['goods'], packsDir: resolve('tests') })
    keeper = await signIn(product.staffUrl, 'keeper')
    clerk = await signIn(product.staffUrl, 'clerk')
  }, 60_000)
  afterAll(() => (product as Running | undefined)?.stop())

  const begin = (content: Uint8Array | string, who = keeper, name?: string): Promise<SheetImport> =>
    SheetImport.begin(product, who, 'article', content, name)
  const articles = async (q = ''): Promise<{ id: string; data: Record<string, unknown> }[]> =>
    (await keeper.get(`/api/records/article?size=100&q=${q}`)).body.items
  const bySku = async (sku: string): Promise<Record<string, unknown> | undefined> =>
    (await articles()).find(({ data }) => data.sku === sku)?.data

  it('guesses the columns by their titles, and understands what people write', async () => {
    const sheet = await begin(
      [
        'sku *;NOMBRE;tipo;Region;Ciudad;Zona;Fabricante;Moneda;Precio;Margen;Comprado;Activo;Minimo;Etiquetas;Otra',
        'ab-1; Taladro  ;herramienta electrica;ancash;san luis;Sur;Bosch;usd;"US$ 1,234.50";18%;28/07/2026;Sí;1,000;fragil; nada',
        'ab-2;Broca;part;Lima;San Luis;;M-002;;12,5;7;2026-01-31;no;;Frágil;',
      ].join('\r\n'),
    )
    const view = await sheet.view()
    expect(view.status).toBe('ready')
    expect(view.columns.map(({ target }: { target: string }) => target)).toEqual(
      'sku name kind region town area maker currency price margin bought active minimum tags'
        .split(' ')
        .concat([null!]),
    )
    const checked = await sheet.check()
    expect(checked.errors).toEqual([])
    expect(checked).toMatchObject({ status: 'checked', counts: { rows: 2, new: 2, changed: 0, same: 0, errors: 0 } })
    expect(checked.preview[0].texts).toMatchObject({
      SKU: 'AB-1',
      Ciudad: 'San Luis',
      Total: '2469.00',
      Margen: '18%',
      Fabricante: 'M-001 · Bosch',
    })
    expect(await articles()).toEqual([])
    expect(await sheet.apply('all')).toMatchObject({ status: 'done', counts: { applied: 2, errors: 0 } })
    expect(await bySku('AB-1')).toMatchObject({
      code: 'A-0001',
      name: 'Taladro',
      kind: 'tool',
      region: 'r2',
      town: 't2',
      area: 'south',
      currency: 'USD',
      price: '1234.50',
      margin: '0.1800',
      bought: '2026-07-28',
      active: true,
      minimum: 1000,
      tags: ['frágil'],
      total: '2469.00',
    })
    expect(await bySku('AB-2')).toMatchObject({
      code: 'A-0002',
      area: 'north',
      town: 't1',
      price: '12.50',
      margin: '0.0700',
    })
  })

  it('finds what is there by its key or its code, changes what the sheet says and leaves empty cells alone', async () => {
    const sheet = await begin('SKU;Nombre;Precio\nab-1;Taladro percutor;\nab-2;;12.50\n')
    expect((await sheet.check()).counts).toMatchObject({ new: 0, changed: 1, same: 1, errors: 0 })
    expect((await sheet.apply('all')).counts).toMatchObject({ applied: 1 })
    expect(await bySku('AB-1')).toMatchObject({ name: 'Taladro percutor', price: '1234.50' })

    const byCode = await begin('Código,Mínimo\nA-0002,7\nA-9999,1\n')
    const checked = await byCode.check()
    expect(checked.counts).toMatchObject({ changed: 1, errors: 1 })
    expect(checked.errors[0]).toMatchObject({
      number: 3,
      issues: ['Código: No existe ningún registro con el código A-9999'],
    })
    await byCode.apply('valid')
    expect(await bySku('AB-2')).toMatchObject({ minimum: 7 })

    const emptied = await begin('SKU,Mínimo\nab-2,(vacío)\n')
    await emptied.check()
    await emptied.apply('all')
    expect(await bySku('AB-2')).not.toHaveProperty('minimum', 7)
  })

  it('puts a sub-list together from several rows', async () => {
    const sheet = await begin(
      'SKU;Nombre;Tipo;Escalas: Desde;Escalas: Precio\nc-1;Cable;part;1;10\n;;;10;9\nc-1;;;100;8.50\nc-2;Cinta;part;1;x\n',
    )
    const checked = await sheet.check()
    expect(checked.counts).toMatchObject({ rows: 4, new: 1, errors: 1 })
    expect(checked.errors[0].issues[0]).toContain('Fila 5, Escalas: Precio')
    await sheet.apply('valid')
    expect((await bySku('C-1'))!.prices).toEqual([
      { from: 1, price: '10.00' },
      { from: 10, price: '9.00' },
      { from: 100, price: '8.50' },
    ])
  })

  it('tells every error by its row, and gives the rows back with what is wrong', async () => {
    const sheet = await begin(
      [
        'SKU;Nombre;Tipo;Ciudad;Región;Fabricante;Precio;Margen;Comprado;Activo',
        'e-1;Uno;part;;;;-5;;;',
        'e-2;Dos;otro;;;;;;31/02/2026;',
        'e-3;;part;Casma;Lima;Nadie;;;;quizás',
        'e-4;Cuatro;part;San Luis;;;;;;',
        'e-5;Cinco;part;;;;;1800;;',
        'e-6;Seis;part;;;;;;;',
        'E-6;Otra vez;part;;;;;;;',
      ].join('\n'),
    )
    const checked = await sheet.check()
    expect(checked.counts).toMatchObject({ new: 1, errors: 6 })
    const told = Object.fromEntries(
      (checked.errors as { number: number; issues: string[] }[]).map(({ number, issues }) => [
        number,
        issues.join(' | '),
      ]),
    )
    expect(told[2]).toContain('Precio')
    expect(told[3]).toContain('«otro» no está en la lista')
    expect(told[3]).toContain('«31/02/2026» no es una fecha')
    expect(told[4]).toContain('Casma')
    expect(told[4]).toContain('«Nadie»')
    expect(told[4]).toContain('Escriba Sí o No')
    expect(told[5]).toContain('Hay varios «San Luis»')
    expect(told[6]).toContain('Margen')
    expect(told[8]).toBe('Repite los datos de la fila 7')

    expect((await sheet.send('apply', { mode: 'all' })).body.code).toBe('import.errors')
    const rows = await rowsOfWorkbook((await sheet.errors('xlsx')).body)
    expect(rows[0]!.at(-1)).toBe('Errores')
    expect(rows).toHaveLength(7)
    expect(rows[1]!.slice(0, 3)).toEqual(['e-1', 'Uno', 'part'])
    expect(String(rows[6]!.at(-1))).toBe('Repite los datos de la fila 7')
    expect((await sheet.apply('valid')).counts).toMatchObject({ applied: 1, errors: 6 })
    expect(await bySku('E-6')).toMatchObject({ name: 'Seis' })
    expect(await bySku('E-1')).toBeUndefined()
  })

  it('tells warnings apart, leaves their rows out, and takes them when they are confirmed', async () => {
    const lines = 'SKU;Nombre;Tipo;Mínimo\nw-1;Uno;part;5\nw-2;Dos;part;60000\nw-3;Tres;part;70000\n'
    const sheet = await begin(lines)
    const checked = await sheet.check()
    expect(checked.counts).toMatchObject({ new: 3, errors: 0, warned: 2 })
    expect(checked.warnings).toMatchObject([
      { number: 3, warnings: ['Mínimo: El mínimo es muy alto; revise si es correcto'] },
      { number: 4 },
    ])
    const rows = await rowsOfWorkbook((await sheet.errors('xlsx', 'warnings')).body)
    expect(rows[0]!.at(-1)).toBe('Advertencias')
    expect(rows.slice(1).map(([sku]) => sku)).toEqual(['w-2', 'w-3'])
    expect((await sheet.send('apply', { mode: 'all' })).body.code).toBe('import.warnings')
    expect((await sheet.apply('valid')).counts).toMatchObject({ applied: 1, warned: 2, errors: 0 })
    expect(await bySku('W-2')).toBeUndefined()

    const again = await begin(lines)
    expect((await again.check()).counts).toMatchObject({ new: 2, same: 1, warned: 2 })
    expect((await again.apply('all', true)).counts).toMatchObject({ applied: 2 })
    expect(await bySku('W-3')).toMatchObject({ minimum: 70000 })
    // What was saved with its warning is not asked about again.
    const third = await begin(lines.replaceAll('part', 'tool'))
    expect((await third.check()).counts).toMatchObject({ changed: 3, warned: 0 })
  })

  it('takes fixed values for what no column gives, and refuses a mapping that makes no sense', async () => {
    const sheet = await begin('a,b\nf-1,Fijo\n')
    const view = await sheet.view()
    expect(view.columns.map(({ target }: { target: null }) => target)).toEqual([null, null])
    expect((await sheet.send('check', { mapping: ['sku', 'sku'] })).body).toMatchObject({ code: 'import.mapping' })
    expect((await sheet.send('check', { mapping: ['sku', 'notes'] })).body).toMatchObject({ code: 'import.mapping' })
    expect((await sheet.send('check', { mapping: ['sku'] })).body).toMatchObject({ code: 'import.mapping' })
    expect((await sheet.send('apply', { mode: 'all' })).body).toMatchObject({ code: 'import.moved' })
    expect((await sheet.check(['sku', 'name'], { kind: 'Repuesto' })).counts).toMatchObject({ new: 1 })
    await sheet.apply('all')
    expect(await bySku('F-1')).toMatchObject({ kind: 'part' })
  })

  it.each(['xlsx', 'csv'])('takes back what was exported for it (%s): nothing changed', async (format) => {
    const answer = await keeper.get(`/api/records/article/export?format=${format}&shape=import`)
    expect(answer.status).toBe(200)
    const sheet = await begin(answer.body, keeper, `todo.${format}`)
    const checked = await sheet.check()
    expect(checked.errors).toEqual([])
    const count = (await articles()).length
    expect(checked.counts).toMatchObject({ new: 0, changed: 0, same: count, errors: 0 })
    expect((await sheet.apply('all')).counts.applied).toBe(0)
  })

  it('gives a template that comes back as it is', async () => {
    const answer = await keeper.get('/api/imports/article/template')
    expect(answer.headers.get('content-disposition')).toContain('article-plantilla.xlsx')
    const [titles] = await rowsOfWorkbook(answer.body)
    expect(titles).toContain('Escalas: Desde')
    expect(titles).not.toContain('Notas')
    expect(titles).not.toContain('Total')
    const sheet = await begin(answer.body, keeper, 'plantilla.xlsx')
    expect(await sheet.view()).toMatchObject({ status: 'failed', problem: expect.stringContaining('no tiene filas') })
  })

  it('lets each person do what he may by hand, and no more', async () => {
    const guest = await signIn(product.staffUrl, 'guest')
    expect((await uploadSheet(guest, 'article', 'SKU\nx')).status).toBe(403)
    expect((await guest.get('/api/imports/article/template')).status).toBe(403)
    expect((await guest.get('/api/entities/article')).body.may.import).toBe(false)
    expect((await uploadSheet(clerk, 'maker', 'Maker name\nx')).status).toBe(403)
    expect((await uploadSheet(clerk, 'nothing', 'a\nb')).status).toBe(404)
    expect((await new Visitor(product.staffUrl).post('/api/imports/article')).status).toBe(401)

    // He may create in the north, sees no hidden maker, edits nothing and never sets a price.
    const sheet = await begin(
      'SKU;Nombre;Tipo;Zona;Fabricante;Precio\ng-1;Norte;part;Norte;Bosch;5\ng-2;Sur;part;Sur;;\ng-3;X;part;;Hidden;\nab-2;Cambio;;;;\n',
      clerk,
    )
    const view = await sheet.view()
    expect(view.targets.map(({ name }: { name: string }) => name)).not.toContain('price')
    expect(view.columns.at(-1).target).toBeNull()
    const checked = await sheet.check()
    expect(checked.counts).toMatchObject({ new: 1, errors: 3 })
    expect(checked.errors[1].issues.join()).toContain('No existe «Hidden»')
    expect((await sheet.send('check', { mapping: ['sku', 'name', 'kind', 'area', null, 'price'] })).status).toBe(422)

    // Another person's import is not there.
    const id = checked.id as string
    for (const path of [`/api/imports/article/${id}`, `/api/imports/article/${id}/errors?format=csv`])
      expect((await keeper.get(path)).status).toBe(404)
    expect((await keeper.post(`/api/imports/article/${id}/apply`, { mode: 'valid' })).status).toBe(404)
    expect((await keeper.delete(`/api/imports/article/${id}`)).status).toBe(404)
    expect((await keeper.get('/api/imports/article')).body.map(({ id }: { id: string }) => id)).not.toContain(id)
  })

  it('leaves one row in the audit for the whole and one for each record, and a notice', async () => {
    const sheet = await begin('SKU;Nombre;Tipo\nh-1;Hoja;part\nh-2;Hilo;part\n', keeper, 'hilos.csv')
    await sheet.check()
    const done = await sheet.apply('all')
    const audit = await product.ctx.db.audit.find({ request: done.id })
    expect(audit.map(({ action }) => action).sort()).toEqual(['record.created', 'record.created', 'record.imported'])
    const imported = audit.find(({ action }) => action === 'record.imported')!
    expect(imported).toMatchObject({ entity: 'article', details: { name: 'hilos.csv', mode: 'all', applied: 2 } })
    const { items } = (await keeper.get('/api/notifications')).body
    expect(items[0]).toMatchObject({
      subject: 'Importación terminada',
      link: `/registros/article/importar?id=${done.id}`,
    })
  })
})

import { readFile } from 'node:fs/promises'
import { expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import { toXlsx } from '../../engine/exports/toXlsx.ts'
import { validRuc } from '../http/sampleRecords.ts'
import { rowsOfWorkbook } from '../http/sheets.ts'
import { describeInBrowser, look, openPage, withProduct } from './harness.ts'

/** Clients out to Excel, changed there, and back. On the pack fm. */
describeInBrowser('clients as a sheet', () => {
  const stage = withProduct()
  const download = async (page: Page, press: () => Promise<void>): Promise<{ name: string; content: Buffer }> => {
    const [file] = await Promise.all([page.waitForEvent('download'), press()])
    return { name: file.suggestedFilename(), content: await readFile(await file.path()) }
  }
  type Row = (string | number | null)[]
  const read = async (content: Buffer): Promise<Row[]> =>
    (await rowsOfWorkbook(content)).map((row) =>
      row.map((cell) => (cell === null || typeof cell === 'number' ? cell : String(cell))),
    )
  /** The rows as Excel would save them, with a word of the person's own over one column. */
  const workbook = async ([head = [], ...rows]: Row[]): Promise<Buffer> => {
    const columns = head.map((title) => ({ title: String(title), width: 20 }))
    const batches = (async function* () {
      yield await Promise.resolve(rows)
    })()
    const parts: Buffer[] = []
    for await (const part of toXlsx({ title: '', notes: [], columns, batches })) parts.push(part as Buffer)
    return Buffer.concat(parts)
  }

  it.each(['wide', 'narrow'] as const)(
    'are downloaded, changed, added to, and taken back; a bad row stays out and is handed back (%s)',
    async (width) => {
      const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
        width,
        user: 'superadmin',
      })
      await page.goto('/registros/cliente')
      await page.getByRole('link', { name: 'Importar' }).click()
      const current = await download(page, () =>
        page.getByRole('button', { name: 'Descargar los registros actuales' }).click(),
      )
      expect(current.name).toMatch(/\.xlsx$/)
      const [head = [], ...rows] = await read(current.content)
      const at = (title: string) => head.findIndex((one) => String(one).startsWith(title))
      const [name, ruc, phone, address] = [at('Nombre Completo'), at('RUC'), at('Teléfono'), at('Domicilio Fiscal')]
      const changed = rows.findIndex((row) => String(row[name]).startsWith('Banco Cordillera'))
      const row = (changes: Record<number, string>): Row =>
        rows[changed]!.map((cell, column) => changes[column] ?? (String(head[column]).startsWith('Código') ? '' : cell))
      const [newRuc, newPhone] = width === 'wide' ? ['2055500001', '016110001'] : ['2055500002', '016110002']
      rows[changed]![phone] = newPhone
      rows.push(
        row({ [name]: `Textiles del Sur ${width} S.A.C.`, [ruc]: validRuc(newRuc) }),
        row({ [name]: 'Sin número S.A.C.', [ruc]: '123' }),
      )
      // Somebody called a column otherwise: it is told where it goes.
      head[address] = 'Dirección legal'

      const sheet = await workbook([head, ...rows])
      await page.locator('input[type=file]').setInputFiles({ name: 'clientes.xlsx', mimeType: '', buffer: sheet })
      await page.getByRole('heading', { name: 'Columnas' }).waitFor()
      const target = page.getByLabel('Dato para la columna Dirección legal')
      expect(await target.inputValue()).toBe('')
      await target.selectOption({ label: 'Domicilio Fiscal *' })
      await look(page, 'clients-import-columns')
      await page.getByRole('button', { name: 'Revisar las filas' }).click()
      await page.getByRole('heading', { name: 'Así quedarán las primeras filas' }).waitFor()
      await page
        .getByText(/11 dígitos/)
        .first()
        .waitFor()
      await look(page, 'clients-import-preview')
      const bad = await download(page, () =>
        page.getByRole('button', { name: 'Descargar las filas con errores' }).click(),
      )
      const told = (await read(bad.content)).map((cells) => cells.join(' | ')).join('\n')
      expect(told).toContain('Sin número S.A.C.')
      expect(told).toMatch(/11 dígitos/)
      expect(told).not.toContain('Textiles del Sur')
      await page.getByRole('button', { name: 'Importar 2 filas' }).click()
      await page.getByText('Importación terminada').first().waitFor()
      await look(page, 'clients-import-done')

      await page.getByRole('link', { name: /^Ver clientes/i }).click()
      await page.getByText(`Textiles del Sur ${width} S.A.C.`).first().waitFor()
      await page.getByText(newPhone).first().waitFor()
      expect(await page.getByText('Sin número S.A.C.').count()).toBe(0)
      await look(page, 'clients-import-list')

      // And out again, as people take a list with them: what came in is there.
      await page.getByRole('button', { name: 'Exportar' }).click()
      const list = await download(page, () => page.getByRole('menuitem', { name: 'Excel' }).click())
      const exported = (await read(list.content)).map((cells) => cells.join(' | ')).join('\n')
      for (const text of [`Textiles del Sur ${width} S.A.C.`, validRuc(newRuc), newPhone])
        expect(exported).toContain(text)
      expect(problems).toEqual([])
      await context.close()
    },
    150_000,
  )
})

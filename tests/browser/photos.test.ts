import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { onePage } from '../http/samplePictures.ts'
import { eventually } from '../setup/eventually.ts'
import { fillForm, type Sections } from './fillForm.ts'
import { describeInBrowser, look, openPage, openSection, withProduct } from './harness.ts'

interface Walked {
  ids: { preview: string; remove: string }
  entity: string
  create: RegExp
  /** What has to be typed before it can be saved; the first field of the first section is looked at again. */
  sections: Sections
  section: string
  typed: [string, string, string]
  kinds: string
  /** Where the price stands, and what is shown with it: IGV and total. */
  priced?: { section: string; amounts: string[] }
  qr?: string
}

const walked: Walked[] = [
  {
    ids: { preview: 'FM-5.1.3-5', remove: 'FM-5.1.3-6' },
    entity: 'inmueble',
    create: /^Crear inmueble/,
    sections: {
      'Información General': {
        'Nombre del Inmueble o Sede': 'Almacén Ñaña',
        Cliente: { pick: /Altamar/, typed: 'altamar' },
      },
      'Ubicación del Inmueble': {
        'Dirección del Inmueble o Sede': 'Carretera Central km 19',
        Departamento: { pick: 'Lima' },
        Provincia: { pick: 'Lima' },
      },
    },
    section: 'Fotos del Inmueble',
    typed: ['Ubicación del Inmueble', 'Dirección del Inmueble o Sede', 'Carretera Central km 19'],
    kinds: 'PNG, JPG',
  },
  {
    ids: { preview: 'FM-7.6.1-5', remove: 'FM-7.6.1-6' },
    entity: 'equipo',
    create: /^Crear equipo/,
    sections: {
      'Datos Generales del Equipo': {
        'Descripción del Equipo': 'Extractor del sótano 2',
        'Tipo de Equipo': { pick: 'Equipos Mayores' },
        'Marca del Equipo': 'Sodeca',
        'Modelo del Equipo': 'HCT-50',
      },
      'Categorización del Equipo': { Categoría: { pick: 'HVAC' }, Subcategoría: { pick: 'Ventiladores' } },
      'Ubicación del Equipo': { Departamento: { pick: 'Lima' } },
      'Información Administrativa': { 'Centro de Costo (CECO)': 'MTTO' },
      'Información Financiera': { 'Precio del Equipo': '18500.50' },
    },
    section: 'Fotografías del Equipo',
    typed: ['Datos Generales del Equipo', 'Descripción del Equipo', 'Extractor del sótano 2'],
    kinds: 'PNG, JPG',
    priced: { section: 'Información Financiera', amounts: ['3,330.09', '21,830.59'] },
    qr: 'Información Administrativa',
  },
  {
    ids: { preview: 'FM-8.7-5', remove: 'FM-8.7-6' },
    entity: 'herramienta',
    create: /^Crear herramienta/,
    sections: {
      'Datos Generales': {
        Descripción: 'Rotomartillo de 5 kg',
        'Tipo de Herramienta': { pick: 'Herramienta' },
        Marca: 'Bosch',
        Cantidad: '1',
      },
      Asignación: { 'Asignado a': { pick: 'Almacén' }, Almacén: { pick: /./ } },
      'Información Administrativa': { 'Fecha de Compra': '15/01/2026', 'Centro de Costo (CECO)': 'MTTO' },
      'Información Financiera': { 'Precio sin IGV': '899.90' },
    },
    section: 'Fotografías',
    typed: ['Datos Generales', 'Descripción', 'Rotomartillo de 5 kg'],
    kinds: 'PNG, JPG, PDF',
    priced: { section: 'Información Financiera', amounts: ['161.98', '1,061.88'] },
    qr: 'Información Administrativa',
  },
]

describeInBrowser('photos and labels of records', () => {
  const stage = withProduct()
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cauce-photos-'))
    await writeFile(join(folder, 'huge.jpg'), Buffer.alloc(50 * 1024 ** 2, 'x'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  // What one width left is not the other's: nothing unsent, and no property of the same name.
  beforeEach(async () => {
    const { formDrafts, records } = stage.product.ctx.db
    await formDrafts.deleteMany({})
    await records('inmueble').deleteMany({ 'data.nombre': 'Almacén Ñaña' })
  })

  const picture = (background: string, kind: 'png' | 'jpeg') =>
    sharp({ create: { width: 1600, height: 1200, channels: 3, background } })
      .toFormat(kind)
      .toBuffer()
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic\0\0\0\0mif1heic'), Buffer.alloc(64)])
  const chooser = (page: Page) => page.locator('input[type=file]').first()
  const upload = async (page: Page, name: string, buffer: Buffer) => {
    await chooser(page).setInputFiles({ name, mimeType: 'application/octet-stream', buffer })
    await page.getByRole('link', { name }).waitFor()
  }
  /** How many of the pictures shown have really been drawn. */
  const drawn = (page: Page) =>
    page
      .getByRole('main')
      .locator('img')
      .evaluateAll((all) => all.filter((one) => (one as HTMLImageElement).naturalWidth > 0).length)

  describe.each(walked)('of $entity', ({ ids, entity, create, sections, section, typed, kinds, priced, qr }) => {
    const takesPdf = kinds.includes('PDF')
    const priceIds = priced ? ' [FM-10.2.4-12] [FM-10.2.4-13]' : ''
    it.each(['wide', 'narrow'] as const)(
      `[${ids.preview}] [${ids.remove}]${priceIds} are seen in small, refused where they are none, and removed one by one (%s)`,
      async (width) => {
        const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, {
          width,
          user: 'superadmin',
        })
        await page.goto(`/registros/${entity}/nuevo`)
        await fillForm(page, sections)
        if (priced) {
          await openSection(page, priced.section)
          for (const amount of priced.amounts) await page.getByRole('main').getByText(amount).first().waitFor()
          await look(page, `photos-${entity}-price`)
        }
        if (qr) {
          await openSection(page, qr)
          await page.getByRole('button', { name: 'Código QR: Generar un código nuevo' }).click()
          await page.waitForFunction(() => document.querySelector<HTMLInputElement>('[id$=".codigoQr"]')?.value)
          await look(page, `photos-${entity}-qr`)
        }
        await openSection(page, section)
        await upload(page, 'frente.jpg', await picture('#b42318', 'jpeg'))
        await upload(page, 'placa.png', await picture('#1b5fab', 'png'))
        await eventually(async () => expect(await drawn(page)).toBe(2))
        await look(page, `photos-${entity}-form`)

        for (const [name, content, told] of [
          ['nota.txt', Buffer.from('hola'), `nota.txt no se admite. Use ${kinds}.`],
          ['IMG_0001.HEIC', heic, /^IMG_0001\.HEIC: .*Envíela como JPG/],
          ['movil.jpg', heic, /^movil\.jpg: .*HEIC/],
          ['disfraz.jpg', Buffer.from('no soy una foto'), `disfraz.jpg no se admite. Use ${kinds}.`],
          ['rota.png', (await picture('#000', 'png')).subarray(0, 300), /^rota\.png: No pudimos leer la imagen/],
        ] as const) {
          await chooser(page).setInputFiles({ name, mimeType: 'image/jpeg', buffer: content })
          await page.getByText(told).waitFor()
        }
        await look(page, `photos-${entity}-refused`)
        await chooser(page).setInputFiles(join(folder, 'huge.jpg'))
        await page.getByText('huge.jpg supera el máximo de 5 MB.').waitFor()
        expect(await page.getByRole('button', { name: /^Quitar (frente\.jpg|placa\.png)$/ }).count()).toBe(2)

        await page.getByRole('button', { name: 'Quitar frente.jpg' }).click()
        await page.getByRole('link', { name: 'frente.jpg' }).waitFor({ state: 'detached' })
        await eventually(async () => expect(await drawn(page)).toBe(1))
        if (takesPdf) {
          await upload(page, 'certificado.pdf', onePage)
          await look(page, `photos-${entity}-pdf`)
        }
        await openSection(page, typed[0])
        expect(await page.getByRole('main').getByLabel(typed[1]).first().inputValue()).toBe(typed[2])
        await page.getByRole('button', { name: create }).last().click()
        await page.waitForURL(new RegExp(`/registros/${entity}/[0-9a-f]{24}`))
        await page.getByRole('img', { name: 'Foto 1: placa.png' }).waitFor()
        expect(await page.getByRole('img', { name: /^Foto/ }).count()).toBe(1)
        if (takesPdf) await page.getByRole('link', { name: 'certificado.pdf', exact: true }).waitFor()
        for (const amount of priced?.amounts ?? []) await page.getByRole('main').getByText(amount).first().waitFor()
        await look(page, `photos-${entity}-record`)

        if (qr) {
          const path = new URL(page.url()).pathname
          const saved = await stage.product.ctx.db.records(entity).find({ _id: path.split('/').at(-1)! })
          await page.getByRole('button', { name: 'Etiqueta', exact: true }).click()
          await look(page, `photos-${entity}-label`)
          const [label] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name: 'Descargar PDF' }).click(),
          ])
          expect(label.suggestedFilename()).toBe(`etiquetas-${entity}.pdf`)
          await page.goto(`/q/${saved[0]?.data.codigoQr as string}`)
          await page.waitForURL((url) => url.pathname === path)
        }
        expect(problems).toEqual([])
        await context.close()
      },
      120_000,
    )
  })
})

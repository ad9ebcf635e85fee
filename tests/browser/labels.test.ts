import { expect, it } from '@jest/globals'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { chromium, type Locator } from 'playwright-core'
import sharp from 'sharp'
import { encode } from 'uqr'
import { chromiumPath } from '../setup/browserTools.mjs'
import { eventually } from '../setup/eventually.ts'
import { BASE_URL } from '../http/depot.ts'
import {
  describeInBrowser,
  expectAccessible,
  expectNoSidewaysScroll,
  look,
  openPage,
  takePicture,
  withProduct,
} from './harness.ts'

/** Labels, photos and catalogues as people use them, on the pack `depot`. */
describeInBrowser('labels and catalogues', () => {
  const stage = withProduct({
    packs: ['depot'],
    packsDir: resolve(import.meta.dirname, '..'),
    environment: { BASE_URL },
  })
  const open = (width: 'wide' | 'narrow', user = 'owner') =>
    openPage(stage.browser, stage.product.staffUrl, { width, user: `${user}@depot.example` })

  it.each(['wide', 'narrow'] as const)('generates a code in the form and prints its label (%s)', async (width) => {
    const { page, context, problems } = await open(width)
    await page.goto('/registros/kit/nuevo')
    await page.getByLabel('Name').fill(`Saw ${width}`)
    await page.getByRole('button', { name: 'QR code: Generar un código nuevo' }).click()
    expect(await filled(page.getByRole('textbox', { name: 'QR code' }))).toMatch(/^[2-9A-Z]{10}$/)
    await look(page, 'qr-form')
    await page
      .getByRole('button', { name: /^(Crear|Guardar)/ })
      .last()
      .click()
    await page.getByRole('button', { name: 'Etiqueta', exact: true }).click()
    await page.getByText('Rollo de impresora de etiquetas').click()
    await look(page, 'qr-labels')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Descargar PDF' }).click(),
    ])
    expect(file.suggestedFilename()).toBe('etiquetas-kit.pdf')
    expect(problems).toEqual([])
    await context.close()
  })

  it('opens what a label is on, after the sign-in, and says in plain words what it does not know', async () => {
    const { page, context, problems } = await openPage(stage.browser, stage.product.staffUrl, { width: 'narrow' })
    await page.goto('/q/PUMP01')
    await page.getByLabel('Correo').fill('worker@depot.example')
    await page.getByLabel('Contraseña', { exact: true }).fill('Demo-Cauce-2026')
    await page.getByRole('button', { name: 'Ingresar' }).click()
    await page.getByRole('heading', { name: /Blue pump/ }).waitFor()
    expect(new URL(page.url()).pathname).toMatch(/^\/registros\/machine\//)
    await page.goto('/q/UNKNOWN')
    await page.getByRole('heading', { name: 'Este código no está registrado' }).waitFor()
    await look(page, 'qr-unknown')
    await expectNoSidewaysScroll(page)
    expect(problems).toEqual([])
    await context.close()
  })

  it('scans a label with the camera and opens it; without a camera, reads a picture', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cauce-scan-'))
    const video = join(folder, 'label.mjpeg')
    const picture = await labelPicture(`${BASE_URL}/q/LADDER01`)
    await writeFile(video, picture)
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
        `--use-file-for-fake-video-capture=${video}`,
      ],
    })
    try {
      const { page, problems } = await openPage(browser, stage.product.staffUrl, { user: 'owner@depot.example' })
      await page.goto('/registros/kit')
      await page.getByRole('button', { name: 'Escanear código QR' }).click()
      await page.getByRole('heading', { name: 'Ladder' }).waitFor()
      expect(problems).toEqual([])
    } finally {
      await browser.close()
      await rm(folder, { recursive: true })
    }
    // Somebody else: what is typed stays behind as his draft.
    const { page, context, problems } = await open('narrow', 'worker')
    await page.goto('/registros/machine/nuevo')
    await page.getByRole('button', { name: 'QR code: Escanear código QR' }).click()
    await page.getByText(/no ofrece una cámara|No hay permiso/).waitFor()
    await look(page, 'qr-scan')
    const choose = page.getByRole('dialog').locator('input[type=file]')
    const blank = await sharp({ create: { width: 90, height: 90, channels: 3, background: '#fff' } })
      .png()
      .toBuffer()
    await choose.setInputFiles({ name: 'blank.png', mimeType: 'image/png', buffer: blank })
    await page.getByText('No vemos un código QR en esa imagen.').waitFor()
    await choose.setInputFiles({ name: 'label.jpg', mimeType: 'image/jpeg', buffer: picture })
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await filled(page.getByRole('textbox', { name: 'QR code' }))).toBe('LADDER01')
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)('takes photos, puts them in order and shows the cover (%s)', async (width) => {
    const { page, context, problems } = await open(width)
    await page.goto('/registros/machine/nuevo')
    await page.getByLabel('Name').first().fill(`Photographed ${width}`)
    await page.getByLabel(/^Kind/).first().click()
    await page.getByRole('option', { name: 'Fan' }).click()
    const coloured = (background: string) =>
      sharp({ create: { width: 2600, height: 1300, channels: 3, background } })
        .jpeg()
        .toBuffer()
    const chooser = page.locator('input[type=file]').first()
    for (const [name, colour] of Object.entries({ 'red.jpg': '#b42318', 'blue.jpg': '#1b5fab' })) {
      await chooser.setInputFiles({ name, mimeType: 'image/jpeg', buffer: await coloured(colour) })
      await page.getByRole('link', { name }).waitFor()
    }
    const pdf = Buffer.from('%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n')
    await chooser.setInputFiles({ name: 'certificate.pdf', mimeType: 'application/pdf', buffer: pdf })
    await page.getByRole('button', { name: 'Quitar certificate.pdf' }).waitFor()
    await page.getByRole('button', { name: 'Poner blue.jpg antes' }).click()
    await look(page, 'photos-form')
    await page.getByRole('button', { name: /^Crear machine/ }).click()
    await page.getByRole('img', { name: 'Foto 1: blue.jpg' }).waitFor()
    const files = page.getByRole('region', { name: 'Archivos' })
    await eventually(async () => expect(await files.getByRole('listitem').count()).toBe(3))
    const blue = files.getByRole('listitem').filter({ hasText: 'blue.jpg' })
    await blue.getByText(/JPG · \d/).waitFor()
    await blue.getByText(/\d\d\/\d\d\/\d{4}/).waitFor()
    await look(page, 'photos-record')
    await blue.getByRole('button', { name: 'Ver blue.jpg' }).click()
    const shown = page.getByRole('dialog').getByRole('img', { name: /blue\.jpg$/ })
    await page.waitForFunction(
      () => document.querySelector<HTMLImageElement>('[role=dialog] img')?.naturalWidth === 2000,
    )
    await expectAccessible(page)
    await takePicture(page, 'photos-preview')
    await shown.waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    const download = page.waitForEvent('download')
    await files.getByRole('link', { name: 'Descargar certificate.pdf' }).click()
    expect((await download).suggestedFilename()).toBe('certificate.pdf')
    await page.goto(`/registros/machine?q=photographed%20${width}`)
    await page.getByText(`Photographed ${width}`).waitFor()
    await look(page, 'photos-list')
    expect(problems).toEqual([])
    await context.close()
  })

  it.each(['wide', 'narrow'] as const)('keeps a catalogue (%s)', async (width) => {
    const { page, context, problems } = await open(width)
    await page.goto('/datos/catalogos')
    await page.getByRole('link', { name: /Kinds/ }).waitFor()
    await look(page, 'catalogs')
    await page.getByRole('link', { name: /Kinds/ }).click()
    await page.getByRole('button', { name: 'Agregar fila' }).click()
    const dialog = page.getByRole('dialog')
    const name = `Crane ${width}`
    await dialog.getByLabel('Name', { exact: false }).first().fill(name)
    await dialog.getByLabel('Short name').fill('PU')
    await look(page, 'catalog-row')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await dialog
      .getByText(/Ya existe otra fila con el mismo dato/)
      .first()
      .waitFor()
    await dialog.getByLabel('Short name').fill(width === 'wide' ? 'CW' : 'CN')
    await dialog.getByRole('button', { name: 'Guardar' }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.getByText(name).waitFor()
    await page.getByRole('button', { name: 'Acciones de Pump' }).click()
    await page.getByRole('menuitem', { name: 'Eliminar' }).click()
    await page.getByText(/La usan 2 registros: .*Machines \(Kind\): 1/).waitFor()
    await takePicture(page, 'catalog-used')
    await page.getByRole('button', { name: 'Cancelar' }).click()
    await page.getByRole('button', { name: `Acciones de ${name}` }).click()
    await page.getByRole('menuitem', { name: 'Inactivar' }).click()
    await page.getByRole('listitem').filter({ hasText: name }).getByText('Inactiva', { exact: true }).waitFor()
    await look(page, 'catalog')
    await expectNoSidewaysScroll(page)
    expect(problems).toEqual([])
    await context.close()
  })
})

/** What a field holds once something was put into it. */
async function filled(field: Locator): Promise<string> {
  return eventually(async () => {
    const value = await field.inputValue()
    expect(value).not.toBe('')
    return value
  })
}

/** A label as a camera sees it: a JPEG, and so also a film of one picture. */
async function labelPicture(text: string): Promise<Buffer> {
  const { size, data } = encode(text, { border: 4 })
  const pixels = Buffer.from(data.flat().map((dark) => (dark ? 0 : 255)))
  const code = await sharp(pixels, { raw: { width: size, height: size, channels: 1 } })
    .resize(400, 400, { kernel: 'nearest' })
    .png()
    .toBuffer()
  return sharp({ create: { width: 640, height: 480, channels: 3, background: '#fff' } })
    .composite([{ input: code, left: 120, top: 40 }])
    .jpeg()
    .toBuffer()
}

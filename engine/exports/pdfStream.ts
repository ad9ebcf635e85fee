import { PassThrough, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/**
 * A PDF that is written while it is read; an error of `write` destroys it. pdfkit comes with megabytes of tables of
 * fonts and is loaded with the first document.
 */
export function pdfStream(
  options: PDFKit.PDFDocumentOptions,
  write: (document: PDFKit.PDFDocument) => Promise<void>,
): Readable {
  const out = new PassThrough()
  const run = async (): Promise<void> => {
    const { default: PDFDocument } = await import('pdfkit')
    const document = new PDFDocument(options)
    await Promise.all([pipeline(document, out), write(document).then(() => document.end())])
  }
  run().catch((error: unknown) => out.destroy(error as Error))
  return out
}

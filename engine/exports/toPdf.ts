import type { Readable } from 'node:stream'
import { pdfStream } from './pdfStream.ts'
import { printable } from './printable.ts'
import { cellsOf, isTotal, type Cell, type Sheet, type SheetRow } from './Sheet.ts'

const MARGIN = 36
const PADDING = 4
const SIZE = { title: 14, note: 9, cell: 8 } as const

/** A landscape A4 report: title and notes first, the columns' titles on every page, page numbers at the foot. */
export function toPdf(sheet: Sheet): Readable {
  return pdfStream(
    { size: 'A4', layout: 'landscape', margin: MARGIN, bufferPages: true, info: { Title: sheet.title } },
    (document) => write(document, sheet),
  )
}

async function write(document: PDFKit.PDFDocument, sheet: Sheet): Promise<void> {
  document.font('Helvetica-Bold').fontSize(SIZE.title).text(printable(sheet.title))
  document.font('Helvetica').fontSize(SIZE.note).fillColor('#444444')
  for (const note of sheet.notes) document.text(printable(note))
  document.moveDown(0.8)
  const table = new PdfTable(document, sheet)
  table.header()
  for await (const batch of sheet.batches) {
    for (const row of batch) table.row(row)
    // Between batches others get their turn.
    await new Promise((resolve) => setImmediate(resolve))
  }
  numberPages(document)
}

class PdfTable {
  readonly #document: PDFKit.PDFDocument
  readonly #titles: string[]
  readonly #widths: number[]
  readonly #columns: Sheet['columns']

  constructor(document: PDFKit.PDFDocument, { columns }: Sheet) {
    this.#document = document
    this.#columns = columns
    this.#titles = columns.map((column) => printable(column.title))
    const total = columns.reduce((sum, { width }) => sum + width, 0)
    this.#widths = columns.map(({ width }) => ((document.page.width - 2 * MARGIN) * width) / total)
  }

  header(): void {
    this.#document.font('Helvetica-Bold').fontSize(SIZE.cell)
    const height = this.#heightOf(this.#titles)
    const { y } = this.#document
    this.#document.rect(MARGIN, y, this.#document.page.width - 2 * MARGIN, height).fill('#e7eaee')
    this.#draw(this.#titles, height)
    this.#document.font('Helvetica')
  }

  row(row: SheetRow): void {
    const texts = cellsOf(row).map((cell, index) => printable(textOf(cell, this.#columns[index]?.decimals)))
    const font = isTotal(row) ? 'Helvetica-Bold' : 'Helvetica'
    this.#document.font(font).fontSize(SIZE.cell)
    const available = this.#bottom() - MARGIN - 40
    const height = Math.min(this.#heightOf(texts), available)
    if (this.#document.y + height > this.#bottom()) {
      this.#document.addPage()
      this.header()
      this.#document.font(font)
    }
    if (isTotal(row))
      this.#document.rect(MARGIN, this.#document.y, this.#document.page.width - 2 * MARGIN, height).fill('#f4f6f8')
    this.#draw(texts, height)
  }

  #bottom(): number {
    return this.#document.page.height - MARGIN - 16
  }

  #heightOf(texts: string[]): number {
    const heights = texts.map((text, index) =>
      this.#document.heightOfString(text, { width: (this.#widths[index] ?? 0) - 2 * PADDING }),
    )
    return Math.max(...heights) + 2 * PADDING
  }

  #draw(texts: string[], height: number): void {
    const { y } = this.#document
    let x = MARGIN
    this.#document.fillColor('#1a1a1a')
    for (const [index, text] of texts.entries()) {
      const width = this.#widths[index] ?? 0
      this.#document.text(text, x + PADDING, y + PADDING, {
        width: width - 2 * PADDING,
        height: height - 2 * PADDING,
        ellipsis: true,
        align: this.#columns[index]?.decimals === undefined ? 'left' : 'right',
      })
      x += width
    }
    this.#document
      .moveTo(MARGIN, y + height)
      .lineTo(x, y + height)
      .lineWidth(0.5)
      .stroke('#c9ced6')
    this.#document.x = MARGIN
    this.#document.y = y + height
  }
}

/** Numbers of a column with decimals as people read them: 1,234.50. */
const textOf = (cell: Cell, decimals: number | undefined): string => {
  if (cell === null) return ''
  if (typeof cell !== 'number' || decimals === undefined) return String(cell)
  return cell.toLocaleString('es-PE', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

function numberPages(document: PDFKit.PDFDocument): void {
  const { start, count } = document.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    document.switchToPage(page)
    // Below the margin the writer would begin a page of its own.
    document.page.margins.bottom = 0
    document
      .font('Helvetica')
      .fontSize(SIZE.cell)
      .fillColor('#444444')
      .text(`Página ${page + 1} de ${count}`, MARGIN, document.page.height - MARGIN, {
        width: document.page.width - 2 * MARGIN,
        align: 'right',
        lineBreak: false,
      })
  }
}

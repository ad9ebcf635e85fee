import type { Readable } from 'node:stream'
import { encode } from 'uqr'
import { pdfStream } from './pdfStream.ts'
import { printable } from './printable.ts'

export interface Label {
  /** What the QR code says: an address. */
  address: string
  /** The code as people type it. */
  code: string
  /** What it is stuck on. */
  text: string
}

/** `sheet`: A4 with 3 × 8 labels of 70 × 37 mm. `roll`: one label of 50 × 25 mm per page, for label printers. */
export type LabelLayout = 'sheet' | 'roll'

const MM = 72 / 25.4
const A4 = { width: 210 * MM, height: 297 * MM }
const layouts = {
  sheet: { width: 70 * MM, height: 37 * MM, columns: 3, rows: 8, page: A4, padding: 4 * MM, code: 11, text: 8 },
  roll: {
    ...{ width: 50 * MM, height: 25 * MM, columns: 1, rows: 1, page: { width: 50 * MM, height: 25 * MM } },
    ...{ padding: 1.5 * MM, code: 8, text: 6.5 },
  },
} as const
export const LABELS_PER_SHEET = layouts.sheet.columns * layouts.sheet.rows

/** Labels as a PDF, the modules of each QR code as rectangles: sharp at any size. `skip`: places of the first sheet already used. */
export function toLabels(
  batches: AsyncIterable<Label[]>,
  options: { title: string; company: string; layout: LabelLayout; skip: number },
): Readable {
  const { page } = layouts[options.layout]
  return pdfStream(
    { size: [page.width, page.height], margin: 0, autoFirstPage: false, info: { Title: options.title } },
    (document) => write(document, batches, options),
  )
}

async function write(
  document: PDFKit.PDFDocument,
  batches: AsyncIterable<Label[]>,
  { layout, skip, company }: { layout: LabelLayout; skip: number; company: string },
): Promise<void> {
  const { columns, rows, width, height, page } = layouts[layout]
  const top = (page.height - rows * height) / 2
  let place = skip % (columns * rows)
  document.addPage()
  let written = 0
  for await (const batch of batches) {
    for (const label of batch) {
      if (place === columns * rows) {
        document.addPage()
        place = 0
      }
      drawLabel(document, label, company, layout, (place % columns) * width, top + Math.floor(place / columns) * height)
      place += 1
      written += 1
      // Between labels others get their turn.
      if (written % 20 === 0) await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

function drawLabel(
  document: PDFKit.PDFDocument,
  label: Label,
  company: string,
  layout: LabelLayout,
  x: number,
  y: number,
): void {
  const { width, height, padding, code, text } = layouts[layout]
  const side = height - 2 * padding
  drawQr(document, label.address, x + padding, y + padding, side)
  const left = x + padding + side + padding
  const room = width - (left - x) - padding
  const line = (content: string, at: number, size: number, font: string, lines: number): void => {
    document
      .font(font)
      .fontSize(size)
      .fillColor('#000')
      .text(printable(content), left, at, { width: room, height: lines * size * 1.2, ellipsis: true, lineGap: 0 })
  }
  line(label.code, y + padding, code, 'Courier-Bold', 2)
  line(label.text, y + padding + code * 2.5, text, 'Helvetica', 3)
  line(company, y + height - padding - text, text - 1, 'Helvetica', 1)
}

/** Level M: fifteen percent of the code may be scratched. The white around it is the label's own padding. */
function drawQr(document: PDFKit.PDFDocument, address: string, x: number, y: number, side: number): void {
  const { size, data } = encode(address, { ecc: 'M', border: 1 })
  const unit = side / size
  data.forEach((row, line) => {
    for (let from = 0; from < size; from++) {
      if (!row[from]) continue
      let to = from
      while (to < size && row[to]) to++
      document.rect(x + from * unit, y + line * unit, (to - from) * unit, unit)
      from = to
    }
  })
  document.fill('#000')
}

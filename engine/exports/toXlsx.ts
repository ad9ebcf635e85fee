import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { looksLikeFormula } from './formulaText.ts'
import { cellsOf, isTotal, type Cell, type Sheet } from './Sheet.ts'

/**
 * An Excel workbook of one sheet, written row by row: its memory does not grow with the rows, and the compression runs
 * beside this thread. Texts are stored as texts, so that none is ever a formula; those that look like one stay text also
 * when somebody edits the cell.
 *
 * No library that writes sheets as a stream has a chain of permissive licences; the format itself (ECMA-376) is small.
 */
export const toXlsx = (sheet: Sheet): Readable => toWorkbook([{ name: 'Datos', sheet }])

/** The same with several sheets, each behind a tab of its own. */
export function toWorkbook(tabs: { name: string; sheet: Sheet }[]): Readable {
  const zip = new ZipFile()
  for (const [path, content] of Object.entries({ ...fixedParts, ...partsOf(tabs.map(({ name }) => name)) }))
    zip.addBuffer(Buffer.from(content), path)
  const output = zip.outputStream as Readable
  for (const [index, { sheet }] of tabs.entries()) {
    const rows = Readable.from(sheetXml(sheet), { objectMode: false })
    rows.on('error', (error) => output.destroy(error))
    zip.addReadStream(rows, `xl/worksheets/sheet${index + 1}.xml`)
  }
  zip.end()
  return output
}

const STYLE = { plain: 0, title: 1, header: 2, quoted: 3, note: 4, total: 5 } as const

async function* sheetXml({ title, notes, columns, batches }: Sheet): AsyncGenerator<string> {
  const header = title === '' ? 1 : notes.length + 3
  yield (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    `<sheetViews><sheetView workbookViewId="0"><pane ySplit="${header}" topLeftCell="A${header + 1}" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>` +
    `<cols>${columns.map(({ width }, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`).join('')}</cols>` +
    '<sheetData>'
  )
  let number = 1
  const row = (cells: Cell[], style: number = STYLE.plain): string =>
    `<row r="${number}">${cells.map((cell, column) => cellXml(cell, column, number, style)).join('')}</row>`
  for (const [index, line] of (title === '' ? [] : [title, ...notes]).entries()) {
    number = index + 1
    yield row([line], index === 0 ? STYLE.title : STYLE.note)
  }
  number = header
  yield row(
    columns.map((column) => column.title),
    STYLE.header,
  )
  for await (const batch of batches) {
    let text = ''
    for (const next of batch) {
      number += 1
      text += row(cellsOf(next), isTotal(next) ? STYLE.total : STYLE.plain)
    }
    yield text
  }
  yield '</sheetData></worksheet>'
}

function cellXml(cell: Cell, column: number, row: number, style: number): string {
  if (cell === null || cell === '') return ''
  const at = `${columnName(column)}${row}`
  if (typeof cell === 'number' && Number.isFinite(cell)) return `<c r="${at}" s="${style}"><v>${cell}</v></c>`
  const text = String(cell)
  const shown = style === STYLE.plain && looksLikeFormula(text) ? STYLE.quoted : style
  return `<c r="${at}" s="${shown}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(text)}</t></is></c>`
}

/** 0 → A, 26 → AA. */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

/** Longest text of a cell that Excel opens. */
const MAX_TEXT = 32_767

function escapeXml(text: string): string {
  return (
    text
      .slice(0, MAX_TEXT)
      // Halves of a character, as the cut may leave one.
      .replace(/[\ud800-\udfff]/gu, '\ufffd')
      // Characters that XML 1.0 cannot hold at all.
      // eslint-disable-next-line no-control-regex -- exactly these
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
  )
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const fixedParts = {
  '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><fonts count="3"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="14"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7EAEE"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFF4F6F8"/></patternFill></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="6"><xf fontId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="1" applyFont="1"/><xf fontId="2" fillId="2" applyFont="1" applyFill="1"/><xf fontId="0" quotePrefix="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf fontId="0"/><xf fontId="2" fillId="3" applyFont="1" applyFill="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs></styleSheet>`,
}

function partsOf(names: string[]): Record<string, string> {
  const each = (make: (name: string, number: number) => string): string =>
    names.map((name, index) => make(escapeXml(name), index + 1)).join('')
  const content = each(
    (_, number) => `<Override PartName="/xl/worksheets/sheet${number}.xml" ContentType="${TYPE}.worksheet+xml"/>`,
  )
  const sheets = each((name, number) => `<sheet name="${name}" sheetId="${number}" r:id="rId${number}"/>`)
  const links = each(
    (_, number) =>
      `<Relationship Id="rId${number}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
  )
  return {
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${TYPE}.sheet.main+xml"/>${content}<Override PartName="/xl/styles.xml" ContentType="${TYPE}.styles+xml"/></Types>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${links}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets}</sheets></workbook>`,
  }
}

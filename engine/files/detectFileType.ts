import { fileTypeFromBuffer } from 'file-type'
import { zipEntries, type ReadRange } from './zipEntries.ts'

/** How much of the beginning is looked at: what file-type asks for (4100 bytes), rounded up. */
export const headLength = 8192

const office = 'application/vnd.openxmlformats-officedocument.'
const officeParts: [part: string, type: string][] = [
  ['word/document.xml', `${office}wordprocessingml.document`],
  ['xl/workbook.xml', `${office}spreadsheetml.sheet`],
  ['ppt/presentation.xml', `${office}presentationml.presentation`],
]
const macroPart = /^(word|xl|ppt)\/vbaProject\.bin$/

/**
 * The media type by content alone. A ZIP counts as an office document only if its table holds that document's main
 * part; with macros it stays a plain ZIP. Text is `text/plain` whatever it says it is (HTML and SVG included, so that
 * a browser never runs them); what nobody knows is `application/octet-stream`.
 */
export async function detectFileType(head: Buffer, size: number, read: ReadRange): Promise<string> {
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004', 'latin1')))
    return zipType((await zipEntries(read, size))?.map(({ name }) => name) ?? null)
  const found = await fileTypeFromBuffer(head)
  if (found && found.mime !== 'application/xml') return found.mime
  return isText(head, size) ? 'text/plain' : 'application/octet-stream'
}

function zipType(entries: string[] | null): string {
  if (!entries) return 'application/octet-stream'
  const isOffice = entries.includes('[Content_Types].xml') && !entries.some((entry) => macroPart.test(entry))
  const part = isOffice ? officeParts.find(([name]) => entries.includes(name)) : undefined
  return part ? part[1] : 'application/zip'
}

function isText(head: Buffer, size: number): boolean {
  if (head.length === 0) return false
  try {
    // A head that ends inside a character is still text: `stream` leaves the last, incomplete one out.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: size > head.length })
    // eslint-disable-next-line no-control-regex -- control characters are what is looked for
    return !/[\u0000-\u0008\u000e-\u001a\u001c-\u001f]/.test(text)
  } catch {
    return false
  }
}

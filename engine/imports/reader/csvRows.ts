import { parse } from 'csv-parse'
import { Readable } from 'node:stream'
import type { RawCell } from './SheetLine.ts'

const SEPARATORS = [';', ',', '\t', '|']
/** Longest line that is still a line of a table. */
const MAX_RECORD = 1_000_000

/**
 * The lines of a CSV. UTF-8 (with its mark or without), else Windows-1252, which is what Excel writes in Spanish; the
 * separator is the one that the first line has most of. A quoted field may hold line ends.
 */
export async function* csvRows(content: Buffer): AsyncGenerator<RawCell[]> {
  const text = decoded(content)
  const records = Readable.from(pieces(text)).pipe(
    parse({
      delimiter: separatorOf(text),
      relax_column_count: true,
      relax_quotes: true,
      max_record_size: MAX_RECORD,
    }),
  )
  for await (const record of records as AsyncIterable<string[]>) yield record.map(plainText)
}

function decoded(content: Buffer): string {
  if (content[0] === 0xff && content[1] === 0xfe) return new TextDecoder('utf-16le').decode(content)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content)
  } catch {
    return new TextDecoder('windows-1252').decode(content)
  }
}

function* pieces(text: string): Generator<string> {
  for (let at = 0; at < text.length; at += 65_536) yield text.slice(at, at + 65_536)
}

function separatorOf(text: string): string {
  const [line = ''] = text.split(/\r?\n/, 1)
  const bare = line.replace(/"[^"]*"/g, '')
  const counted = SEPARATORS.map((separator) => ({ separator, count: bare.split(separator).length }))
  return counted.reduce((best, one) => (one.count > best.count ? one : best)).separator
}

/** The apostrophe that an export puts before what looks like a formula says "this is text": it is no part of it. */
const plainText = (text: string): string => (/^'[=+\-@\t\r]/.test(text) ? text.slice(1) : text)

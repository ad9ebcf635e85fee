import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CauceError } from '../errors.ts'
import { exportTypes, type ExportFormat } from '../exports/index.ts'
import type { Call } from './Handler.ts'

/** Answers with a file to keep, made for this request. */
export async function sendFile(
  { res }: Call,
  { name, type, content }: { name: string; type: string; content: NodeJS.ReadableStream | string },
): Promise<void> {
  res.setHeader('content-type', type)
  res.setHeader('content-disposition', `attachment; filename="${name}"`)
  res.setHeader('cache-control', 'private, no-store')
  if (typeof content === 'string') res.send(content)
  else await pipeline(content, res)
}

/** The same for rows in the format that was asked for. 400 for a format that does not exist. */
export async function sendSheet(
  call: Call,
  write: (format: ExportFormat) => Promise<{ name: string; stream: Readable }>,
): Promise<void> {
  const format = formatOf(call)
  const { name, stream } = await write(format)
  await sendFile(call, { name, type: exportTypes[format], content: stream })
}

/** `format=`, a workbook where it is not said. 400 for a format that does not exist. */
export function formatOf({ query }: Call): ExportFormat {
  const format = query('format') ?? 'xlsx'
  if (!isFormat(format)) throw new CauceError('request.invalid')
  return format
}

const isFormat = (format: string): format is ExportFormat => Object.hasOwn(exportTypes, format)

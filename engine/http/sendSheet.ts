import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { CauceError } from '../errors.ts'
import { exportTypes, type ExportFormat } from '../exports/index.ts'
import type { Call } from './Handler.ts'

/** Answers with an export as a file to keep. 400 for a format that does not exist. */
export async function sendSheet(
  call: Call,
  write: (format: ExportFormat) => Promise<{ name: string; stream: Readable }>,
): Promise<void> {
  const { res, query } = call
  const format = query('format') ?? 'xlsx'
  if (!isFormat(format)) throw new CauceError('request.invalid')
  const { name, stream } = await write(format)
  res.setHeader('content-type', exportTypes[format])
  res.setHeader('content-disposition', `attachment; filename="${name}"`)
  res.setHeader('cache-control', 'private, no-store')
  await pipeline(stream, res)
}

const isFormat = (format: string): format is ExportFormat => Object.hasOwn(exportTypes, format)

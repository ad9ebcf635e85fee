/** Reads bytes [start, end) of a file. */
export type ReadRange = (start: number, end: number) => Promise<Buffer>

const endSignature = Buffer.from([0x50, 0x4b, 0x05, 0x06])
const entrySignature = 0x02014b50
/** The end record is 22 bytes plus a comment of at most 65535 (APPNOTE.TXT 4.3.16). */
const maxTail = 22 + 65_535
/** Enough for the table of any office document; a longer one is not read. */
const maxDirectory = 4 * 1024 * 1024

export interface ZipEntry {
  name: string
  /** Bytes when unpacked, as the table says. */
  size: number
}

/**
 * What is in a ZIP's central directory, which is what programs that open it go by. Nothing is unpacked, so a bomb
 * costs nothing. null: no ZIP that can be read (damaged, encrypted table, ZIP64).
 */
export async function zipEntries(read: ReadRange, size: number): Promise<ZipEntry[] | null> {
  const tail = await read(Math.max(0, size - maxTail), size)
  const end = tail.lastIndexOf(endSignature)
  if (end < 0 || end + 22 > tail.length) return null
  const count = tail.readUInt16LE(end + 10)
  const length = tail.readUInt32LE(end + 12)
  const start = tail.readUInt32LE(end + 16)
  if (length > maxDirectory || start + length > size) return null
  const directory = await read(start, start + length)
  const entries: ZipEntry[] = []
  let at = 0
  while (entries.length < count) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== entrySignature) return null
    const nameLength = directory.readUInt16LE(at + 28)
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameLength),
      size: directory.readUInt32LE(at + 24),
    })
    at += 46 + nameLength + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32)
  }
  return entries
}

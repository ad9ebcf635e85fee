import { decode } from '../bson/decode.ts'
import { encode } from '../bson/encode.ts'
import { RawDoc, type Doc } from '../bson/values.ts'
import { StoreError } from '../errors.ts'

const OP_REPLY = 1
const OP_QUERY = 2004
const OP_MSG = 2013
const CHECKSUM_PRESENT = 1
const MORE_TO_COME = 2
const EXHAUST_ALLOWED = 1 << 16

/** Longest message accepted and sent, in bytes; announced in `hello`. */
export const MAX_MESSAGE_BYTES = 48_000_000

export interface Request {
  id: number
  body: Doc
  /** Kind-1 sections ("documents", "updates" …) as they came. */
  sections: Map<string, RawDoc[]>
  /** The client waits for no reply. */
  silent: boolean
  /** Came as OP_QUERY and must be answered by OP_REPLY. */
  legacy: boolean
}

/** Reads one whole message, header included. @throws StoreError 17 for what is not understood */
export function parseFrame(frame: Buffer): Request {
  const id = frame.readInt32LE(4)
  const operation = frame.readInt32LE(12)
  if (operation === OP_MSG) return parseMessage(frame, id)
  if (operation === OP_QUERY) return parseQuery(frame, id)
  throw new StoreError(17, `unsupported wire operation ${operation}`)
}

function parseMessage(frame: Buffer, id: number): Request {
  const flags = frame.readUInt32LE(16)
  if (flags & 0xffff & ~(CHECKSUM_PRESENT | MORE_TO_COME))
    throw new StoreError(17, `unknown flag bits in message: ${flags}`)
  const end = flags & CHECKSUM_PRESENT ? frame.length - 4 : frame.length
  const sections = new Map<string, RawDoc[]>()
  let body: Doc | undefined
  let at = 20
  while (at < end) {
    const kind = frame[at++]
    const size = frame.readInt32LE(at)
    if (size < 5 || at + size > end) throw new StoreError(17, 'a message section runs past its end')
    if (kind === 0) {
      if (body) throw new StoreError(40430, 'a message has two bodies')
      body = decode(frame, at)
    } else if (kind === 1) {
      const nameEnd = frame.indexOf(0, at + 4)
      const documents: RawDoc[] = []
      let position = nameEnd + 1
      while (position < at + size) {
        const length = frame.readInt32LE(position)
        if (length < 5 || position + length > at + size) throw new StoreError(22, 'a document runs past its section')
        documents.push(new RawDoc(frame.subarray(position, position + length)))
        position += length
      }
      sections.set(frame.utf8Slice(at + 4, nameEnd), documents)
    } else throw new StoreError(40432, `unknown section kind ${kind}`)
    at += size
  }
  if (!body) throw new StoreError(40587, 'a message has no body')
  return { id, body, sections, silent: (flags & MORE_TO_COME) !== 0 && (flags & EXHAUST_ALLOWED) === 0, legacy: false }
}

function parseQuery(frame: Buffer, id: number): Request {
  const nameEnd = frame.indexOf(0, 20)
  const name = frame.utf8Slice(20, nameEnd)
  const body = decode(frame, nameEnd + 9)
  if (!name.endsWith('.$cmd')) throw new StoreError(17, 'OP_QUERY is only supported for the handshake')
  body.set('$db', name.slice(0, -'.$cmd'.length))
  return { id, body, sections: new Map(), silent: false, legacy: true }
}

/** The reply to a whole message whose documents are no BSON; undefined where the client waits for none. */
export function replyToDamaged(frame: Buffer, reply: Doc): Buffer | undefined {
  if (frame.readInt32LE(12) !== OP_MSG || (frame.readUInt32LE(16) & MORE_TO_COME) !== 0) return undefined
  return replyFrame({ id: frame.readInt32LE(4), legacy: false }, reply)
}

let lastId = 0

export function replyFrame(request: Pick<Request, 'id' | 'legacy'>, reply: Doc): Buffer {
  const body = encode(reply)
  const head = Buffer.alloc(request.legacy ? 36 : 21)
  head.writeInt32LE(head.length + body.length, 0)
  head.writeInt32LE((lastId = (lastId + 1) & 0x7fffffff), 4)
  head.writeInt32LE(request.id, 8)
  head.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12)
  if (request.legacy) {
    head.writeInt32LE(8, 16)
    head.writeInt32LE(1, 32)
  }
  return Buffer.concat([head, body])
}

import { createHash } from 'node:crypto'
import { Transform, type TransformCallback } from 'node:stream'
import { CauceError } from '../errors.ts'
import { formatFileSize } from './fileSize.ts'
import { headLength } from './detectFileType.ts'

/** ISO 32000-1, 7.6.1: a document is encrypted when its trailer has an Encrypt entry (a dictionary or a reference). */
const encryptEntry = /\/Encrypt\s*(?:<<|\d+\s+\d+\s+R)/
const overlap = 64

/**
 * Everything that must be known about a content, learnt while it passes by: bytes, SHA-256, beginning, and whether a
 * PDF is encrypted. Fails with `file.too-large` as soon as the limit is passed, not after.
 */
export class ContentMeter extends Transform {
  size = 0
  head = Buffer.alloc(0)
  encryptMark = false
  readonly #hash = createHash('sha256')
  readonly #maxBytes: number
  #rest = ''

  constructor(maxBytes: number) {
    super()
    this.#maxBytes = maxBytes
  }

  get sha256(): string {
    return this.#hash.copy().digest('hex')
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.size += chunk.length
    if (this.size > this.#maxBytes) {
      done(new CauceError('file.too-large', { max: formatFileSize(this.#maxBytes) }))
      return
    }
    this.#hash.update(chunk)
    if (this.head.length < headLength) {
      this.head = Buffer.concat([this.head, chunk.subarray(0, headLength - this.head.length)])
    }
    const text = this.#rest + chunk.toString('latin1')
    this.encryptMark ||= encryptEntry.test(text)
    this.#rest = text.slice(-overlap)
    done(null, chunk)
  }
}

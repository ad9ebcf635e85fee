import type { Socket } from 'node:net'
import { BsonError } from '../bson/decode.ts'
import type { Doc } from '../bson/values.ts'
import { errorReply } from '../errorReply.ts'
import type { Conversation } from '../scram.ts'
import { MAX_MESSAGE_BYTES, parseFrame, replyFrame, replyToDamaged, type Request } from './frame.ts'

/** Answers a request, or undefined to close the connection without a word. */
export type Handler = (request: Request, connection: Connection) => Promise<Doc | undefined>

/** One client. Requests are answered in the order in which they come. */
export class Connection {
  private chunks: Buffer[] = []
  private length = 0
  private queue: Promise<void> = Promise.resolve()
  /** What the client calls itself in its handshake. */
  appName: string | undefined
  authenticated = false
  conversation: Conversation | undefined

  constructor(
    private readonly socket: Socket,
    readonly id: number,
    private readonly handler: Handler,
  ) {
    socket.setNoDelay(true)
    socket.on('data', (chunk) => this.receive(chunk))
    // A client that goes away is no error of ours; 'close' follows.
    socket.on('error', () => socket.destroy())
  }

  private receive(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.length += chunk.length
    for (;;) {
      if (this.length < 16) return
      if (this.chunks[0]!.length < 4) this.join()
      const size = this.chunks[0]!.readInt32LE(0)
      if (size < 16 || size > MAX_MESSAGE_BYTES) return this.close()
      if (this.length < size) return
      if (this.chunks[0]!.length < size) this.join()
      const first = this.chunks[0]!
      const frame = first.subarray(0, size)
      if (first.length === size) this.chunks.shift()
      else this.chunks[0] = first.subarray(size)
      this.length -= size
      this.queue = this.queue.then(() => this.answer(frame))
    }
  }

  private join(): void {
    this.chunks = [Buffer.concat(this.chunks)]
  }

  private async answer(frame: Buffer): Promise<void> {
    if (this.socket.destroyed) return
    try {
      const request = parseFrame(frame)
      const reply = await this.handler(request, this)
      if (!reply) return this.close()
      if (!request.silent) this.socket.write(replyFrame(request, reply))
    } catch (error) {
      // A document that is none lies in a message that is one, and can be answered; anything else cannot.
      const reply = error instanceof BsonError ? replyToDamaged(frame, errorReply(error)) : undefined
      if (reply) this.socket.write(reply)
      else this.close()
    }
  }

  close(): void {
    this.socket.destroy()
  }
}

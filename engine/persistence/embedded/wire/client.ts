import { connect, type Socket } from 'node:net'
import { encode } from '../bson/encode.ts'
import type { Doc } from '../bson/values.ts'
import { parseFrame } from './frame.ts'
import { signIn } from './signIn.ts'
import { readStoreUri } from './storeUri.ts'

/** The least of clients: one command at a time, documents in and out untouched. For the store's own tools. */
export class WireClient {
  private chunks: Buffer[] = []
  private length = 0
  private waiting: { resolve: (reply: Doc) => void; reject: (error: Error) => void } | undefined

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.receive(chunk)
    })
    const fail = (error: Error): void => this.waiting?.reject(error)
    socket.on('error', fail)
    socket.on('close', () => {
      fail(new Error('the store closed the connection'))
    })
  }

  /** Connects, and signs in where the store asks for it. `uri`: a connection string the store has made. */
  static async connect(uri: string): Promise<WireClient> {
    const { target, credentials } = readStoreUri(uri)
    const socket = await new Promise<Socket>((resolve, reject) => {
      const opening = connect(target)
      opening.once('error', reject)
      opening.once('connect', () => {
        opening.off('error', reject)
        resolve(opening)
      })
    })
    const client = new WireClient(socket)
    if (credentials) await signIn((body) => client.command(body), credentials.user, credentials.secret)
    return client
  }

  private receive(chunk: Buffer): void {
    this.chunks.push(chunk)
    this.length += chunk.length
    if (this.chunks[0]!.length < 4) this.chunks = [Buffer.concat(this.chunks)]
    if (this.length < 4 || this.length < this.chunks[0]!.readInt32LE(0)) return
    const frame = this.chunks.length === 1 ? this.chunks[0]! : Buffer.concat(this.chunks)
    this.chunks = []
    this.length = 0
    this.waiting?.resolve(parseFrame(frame).body)
  }

  command(body: Doc): Promise<Doc> {
    const bytes = encode(body)
    const head = Buffer.alloc(21)
    head.writeInt32LE(head.length + bytes.length, 0)
    head.writeInt32LE(2013, 12)
    return new Promise((resolve, reject) => {
      this.waiting = { resolve, reject }
      this.socket.write(Buffer.concat([head, bytes]))
    })
  }

  close(): void {
    this.waiting = undefined
    this.socket.destroy()
  }
}

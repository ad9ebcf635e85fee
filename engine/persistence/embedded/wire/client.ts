import { connect, type Socket } from 'node:net'
import { encode } from '../bson/encode.ts'
import type { Doc } from '../bson/values.ts'
import { parseFrame } from './frame.ts'

/** The least of clients: one command at a time, documents in and out untouched. For the store's own tools. */
export class WireClient {
  private chunks = Buffer.alloc(0)
  private waiting: { resolve: (reply: Doc) => void; reject: (error: Error) => void } | undefined

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => {
      this.chunks = Buffer.concat([this.chunks, chunk])
      if (this.chunks.length < 4 || this.chunks.length < this.chunks.readInt32LE(0)) return
      const frame = this.chunks.subarray(0, this.chunks.readInt32LE(0))
      this.chunks = this.chunks.subarray(frame.length)
      this.waiting?.resolve(parseFrame(frame).body)
    })
    const fail = (error: Error): void => this.waiting?.reject(error)
    socket.on('error', fail)
    socket.on('close', () => {
      fail(new Error('the store closed the connection'))
    })
  }

  /** `host` as in a connection string of the store: the path of a socket, or `127.0.0.1:port`. */
  static connect(host: string): Promise<WireClient> {
    const target = host.startsWith('/') ? { path: host } : { host: '127.0.0.1', port: Number(host.split(':')[1]) }
    return new Promise((resolve, reject) => {
      const socket = connect(target)
      socket.once('error', reject)
      socket.once('connect', () => {
        socket.off('error', reject)
        resolve(new WireClient(socket))
      })
    })
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

import { createServer, type Server } from 'node:net'
import { Connection, type Handler } from './connection.ts'

/** Where to listen: a unix socket, or a TCP port of this machine only. */
export type Address = { path: string } | { port: number }

/** Accepts connections until it is closed. */
export class Listener {
  private readonly connections = new Set<Connection>()
  private readonly server: Server
  private nextId = 1

  constructor(handler: Handler) {
    this.server = createServer((socket) => {
      const connection = new Connection(socket, this.nextId++, handler)
      this.connections.add(connection)
      socket.on('close', () => this.connections.delete(connection))
    })
  }

  /** Resolves with the TCP port, or undefined for a socket. */
  listen(address: Address): Promise<number | undefined> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject)
      const ready = (): void => {
        const bound = this.server.address()
        resolve(bound && typeof bound === 'object' ? bound.port : undefined)
      }
      if ('path' in address) this.server.listen(address.path, ready)
      else this.server.listen(address.port, '127.0.0.1', ready)
    })
  }

  get size(): number {
    return this.connections.size
  }

  close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.server.close(() => resolve()))
    for (const connection of this.connections) connection.close()
    return closed
  }
}

import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import type { Doc } from '../../engine/persistence/embedded/bson/values.ts'
import { parseFrame } from '../../engine/persistence/embedded/wire/frame.ts'
import { readStoreUri } from '../../engine/persistence/embedded/wire/storeUri.ts'

/** Stands between a client and a store, passes every byte on and shows every command. */
export class CommandRelay {
  readonly #sockets = new Set<Socket>()

  private constructor(
    private readonly server: Server,
    readonly uri: string,
  ) {}

  /** `storeUri`: a store without a secret, for the relay is another address. Document sections are put into the command. */
  static async open(storeUri: string, see: (command: Doc) => void): Promise<CommandRelay> {
    const { target } = readStoreUri(storeUri)
    const server = createServer()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const relay = new CommandRelay(server, `mongodb://127.0.0.1:${port}/relayed?directConnection=true`)
    server.on('connection', (client) => {
      const store = connect(target)
      for (const socket of [client, store]) {
        relay.#sockets.add(socket)
        socket.on('close', () => {
          client.destroy()
          store.destroy()
        })
        socket.on('error', () => socket.destroy())
      }
      const frames = new Frames(see)
      client.on('data', (chunk: Buffer) => {
        frames.take(chunk)
      })
      client.pipe(store)
      store.pipe(client)
    })
    return relay
  }

  close(): void {
    this.server.close()
    for (const socket of this.#sockets) socket.destroy()
  }
}

class Frames {
  #rest: Buffer = Buffer.alloc(0)

  constructor(private readonly see: (command: Doc) => void) {}

  take(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk])
    while (this.#rest.length >= 4 && this.#rest.length >= this.#rest.readInt32LE(0)) {
      const { body, sections } = parseFrame(this.#rest.subarray(0, this.#rest.readInt32LE(0)))
      for (const [name, documents] of sections) body.set(name, documents)
      this.#rest = this.#rest.subarray(this.#rest.readInt32LE(0))
      this.see(body)
    }
  }
}

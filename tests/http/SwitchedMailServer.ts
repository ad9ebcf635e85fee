import { once } from 'node:events'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { SMTPServer } from 'smtp-server'

/**
 * A mail server that can be switched off: it hangs up then, also on who is connected already. It keeps its port all the
 * time, so that nobody else gets it.
 */
export class SwitchedMailServer {
  readonly received: { to: string[]; text: string }[] = []
  readonly #connected = new Set<Socket>()
  #isOn = false
  readonly #post = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    closeTimeout: 100,
    onData: (stream, session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const text = Buffer.concat(parts).toString()
        this.received.push({ to: session.envelope.rcptTo.map(({ address }) => address), text })
        done()
      })
    },
  })
  readonly #door: Server = createServer((socket) => {
    if (!this.#isOn) return socket.destroy()
    this.#connected.add(socket)
    socket.once('close', () => this.#connected.delete(socket))
    this.#post.server.emit('connection', socket)
  })

  /** Opens its door, switched off; resolves with its address. */
  async open(): Promise<string> {
    this.#door.listen(0, '127.0.0.1')
    await once(this.#door, 'listening')
    return `smtp://127.0.0.1:${(this.#door.address() as AddressInfo).port}`
  }

  on(): void {
    this.#isOn = true
  }

  off(): void {
    this.#isOn = false
    for (const socket of this.#connected) socket.destroy()
  }

  async close(): Promise<void> {
    this.off()
    this.#door.close()
    await once(this.#door, 'close')
  }
}

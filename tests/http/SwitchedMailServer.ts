import { once } from 'node:events'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail server that can be switched off: while off, it hangs up. It keeps its port all the time, so that nobody else gets it. */
export class SwitchedMailServer {
  readonly received: { to: string[]; text: string }[] = []
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
    if (this.#isOn) this.#post.server.emit('connection', socket)
    else socket.destroy()
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
  }

  async close(): Promise<void> {
    this.#door.close()
    await once(this.#door, 'close')
  }
}

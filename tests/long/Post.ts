import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'

/** A mail server that refuses a share of the mails, for the moment (451), and notes what it took. */
export class Post {
  /** Message-Id → how often it was taken. */
  readonly taken = new Map<string, number>()
  refused = 0
  share = 0
  readonly #random: () => number
  #server: SMTPServer | null = null
  url = ''

  constructor(random: () => number) {
    this.#random = random
  }

  async start(): Promise<void> {
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      disableReverseLookup: true,
      closeTimeout: 100,
      onData: (stream, _session, done) => {
        const parts: Buffer[] = []
        stream.on('data', (part: Buffer) => parts.push(part))
        stream.on('end', () => {
          if (this.#random() < this.share) {
            this.refused += 1
            done(Object.assign(new Error('try again later'), { responseCode: 451 }))
            return
          }
          const id = /^message-id:\s*<([^@>]+)@/im.exec(Buffer.concat(parts).toString('latin1'))?.[1] ?? '?'
          this.taken.set(id, (this.taken.get(id) ?? 0) + 1)
          done()
        })
      },
    })
    // A client that is killed in the middle of a mail is what this is for.
    server.on('error', () => undefined)
    server.listen(0, '127.0.0.1')
    await once(server.server, 'listening')
    this.#server = server
    this.url = `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`
  }

  stop(): void {
    this.#server?.close()
  }
}

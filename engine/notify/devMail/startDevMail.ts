import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Readable } from 'node:stream'
import PostalMime, { type Address } from 'postal-mime'
import { SMTPServer } from 'smtp-server'

/** A mail that arrived at the local sink. */
export interface DevMessage {
  id: string
  /** Addresses, comma list. */
  to: string
  from: string
  subject: string
  text: string
  html: string
  /** ISO 8601. */
  at: string
  attachments: { name: string; type: string; size: number }[]
}

export interface DevMail {
  /** For SMTP_URL. */
  url: string
  /** Newest first. `to`: only those with this address among their recipients. */
  messages(to?: string): DevMessage[]
  stop(): Promise<void>
}

const kept = 500
const maxBytes = 30 * 1024 * 1024

/** A mail server on this machine that delivers nothing and shows what came: for trying Cauce out, never in production. */
export async function startDevMail(): Promise<DevMail> {
  const messages: DevMessage[] = []
  const server = new SMTPServer({
    // Nothing leaves this machine: the connection needs neither a password nor encryption.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: maxBytes,
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      const recipients = session.envelope.rcptTo.map(({ address }) => address)
      read(stream, recipients).then(
        (message) => {
          messages.unshift(message)
          messages.length = Math.min(messages.length, kept)
          done()
        },
        (error: unknown) => {
          done(error instanceof Error ? error : new Error(String(error)))
        },
      )
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${port}`,
    messages: (to) => (to === undefined ? [...messages] : messages.filter((message) => hasRecipient(message, to))),
    stop: async () => {
      const closed = once(server, 'close')
      server.close()
      await closed
    },
  }
}

async function read(stream: Readable, recipients: string[]): Promise<DevMessage> {
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  const mail = await PostalMime.parse(Buffer.concat(parts))
  return {
    id: randomUUID(),
    to: recipients.join(', '),
    from: addressOf(mail.from),
    subject: mail.subject ?? '',
    text: mail.text?.trim() ?? '',
    html: mail.html ?? '',
    at: new Date().toISOString(),
    attachments: mail.attachments.map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      size: typeof content === 'string' ? content.length : content.byteLength,
    })),
  }
}

const addressOf = (from: Address | undefined): string => from?.address ?? from?.name ?? ''

const hasRecipient = (message: DevMessage, to: string): boolean =>
  message.to.toLowerCase().split(', ').includes(to.trim().toLowerCase())

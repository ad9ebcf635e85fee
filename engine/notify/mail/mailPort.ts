import { service } from '../../context.ts'

export interface Mail {
  /** Same on every try, so that a mail sent twice is seen as one. */
  id: string
  to: { name: string; address: string }
  subject: string
  text: string
  html: string
}

/** The one way mail leaves. A rehearsal puts one that only remembers. */
export interface MailPort {
  /** Resolves when the server has taken the mail; rejects with its answer. */
  send(mail: Mail): Promise<void>
  close(): void
}

const port = service<MailPort>('mail')
export const putMailPort = port.put
export const mailPortOf = port.of

import nodemailer from 'nodemailer'
import type { MailPort } from './mailPort.ts'

/** Mail over SMTP, with a few connections kept open. `from` as in RFC 5322: `Name <address>`. */
export function openMailPort(smtpUrl: string, from: string): MailPort {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 4,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // What a mail holds is text of ours: it can name neither files nor addresses to fetch.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  const domain = /@([\w.-]+)/.exec(from)?.[1] ?? 'localhost'
  return {
    send: async ({ id, to, subject, text, html }) => {
      await transport.sendMail({
        from,
        to,
        subject,
        text,
        html,
        messageId: `<${id}@${domain}>`,
        // RFC 3834: answering machines must not answer.
        headers: { 'Auto-Submitted': 'auto-generated' },
      })
    },
    close: () => {
      transport.close()
    },
  }
}

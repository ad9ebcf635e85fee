import type { HistoryEntry } from '#engine/contract'
import { joinMails } from './joinMails.ts'

const mail = (
  id: string,
  at: string,
  to: string,
  subject: string,
  status: 'sent' | 'failed' = 'sent',
): HistoryEntry => ({
  id,
  at,
  kind: 'mail',
  who: null,
  text: `Correo a ${to}: ${subject}`,
  mail: { to, subject, status, template: 't' },
})

describe('mails in the story of a record', () => {
  it('tells one event to many people in one line, with the worst state', () => {
    const joined = joinMails([
      mail('1', '2026-11-20T10:00:02Z', 'a@x.pe', 'Recibido'),
      mail('2', '2026-11-20T10:00:01Z', 'b@x.pe', 'Recibido', 'failed'),
      mail('3', '2026-11-20T10:00:00Z', 'c@x.pe', 'Otro'),
      mail('4', '2026-11-19T10:00:00Z', 'c@x.pe', 'Otro'),
    ])
    expect(joined.map((entry) => [entry.id, entry.mail!.to, entry.mail!.status])).toEqual([
      ['1', 'a@x.pe, b@x.pe', 'failed'],
      ['3', 'c@x.pe', 'sent'],
      ['4', 'c@x.pe', 'sent'],
    ])
  })
})

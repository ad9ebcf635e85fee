import { randomUUID } from 'node:crypto'

/** A record's id: 24 hex digits, growing with time, so that the newest sort last. */
export function newId(): string {
  const seconds = Math.floor(Date.now() / 1000)
  return seconds.toString(16).padStart(8, '0') + randomUUID().replaceAll('-', '').slice(0, 16)
}

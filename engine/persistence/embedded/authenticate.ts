import type { Doc } from './bson/values.ts'
import { doc } from './bson/values.ts'
import { StoreError } from './errors.ts'
import type { Conversation, Scram } from './scram.ts'

/** What authentication remembers of a connection. */
export interface Authentication {
  authenticated: boolean
  conversation: Conversation | undefined
}

const OPEN_TO_ALL = new Set(['hello', 'ismaster', 'isMaster', 'buildInfo', 'ping'])

/**
 * Runs the commands of the authentication exchange and lets nothing else but the handshake through before it is over.
 * undefined: go on with the command.
 * @throws StoreError 13 for a command that needs authentication, 18 when it fails
 */
export function authenticate(scram: Scram, name: string, body: Doc, connection: Authentication): Doc | undefined {
  if (name === 'saslStart') {
    const { reply, conversation } = scram.start(body)
    connection.conversation = conversation
    connection.authenticated = false
    return reply
  }
  if (name === 'saslContinue') {
    const reply = scram.continue(body, connection.conversation)
    connection.authenticated = connection.conversation?.verified === true
    return reply
  }
  if (name === 'logout') {
    connection.authenticated = false
    return doc({})
  }
  if (!connection.authenticated && !OPEN_TO_ALL.has(name))
    throw new StoreError(13, `Command ${name} requires authentication`)
  return undefined
}

import { createHash, createHmac, pbkdf2Sync, randomBytes, timingSafeEqual } from 'node:crypto'
import { wholeNumber } from './bson/numbers.ts'
import { BinaryValue, doc, int32, type Doc } from './bson/values.ts'
import { StoreError } from './errors.ts'

/** The least drivers accept. The secret is random and lives as long as the process: more rounds would add nothing. */
const ITERATIONS = 4096

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()
const hash = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest()
const failed = (): StoreError => new StoreError(18, 'Authentication failed.')

interface Conversation {
  id: number
  /** client-first-bare and server-first, the beginning of what is signed. */
  begun: string
  nonce: string
  verified: boolean
}

/** SCRAM-SHA-256 (RFC 5802, RFC 7677) for one user with a secret made at start: any local user can reach a TCP port. */
export class Scram {
  readonly user = 'cauce'
  readonly secret = randomBytes(24).toString('base64url')
  private readonly salt = randomBytes(28)
  private readonly storedKey: Buffer
  private readonly serverKey: Buffer

  constructor() {
    const salted = pbkdf2Sync(this.secret, this.salt, ITERATIONS, 32, 'sha256')
    this.storedKey = hash(hmac(salted, 'Client Key'))
    this.serverKey = hmac(salted, 'Server Key')
  }

  /** Step one: `saslStart`. @throws StoreError 18, 2 for another mechanism */
  start(body: Doc): { reply: Doc; conversation: Conversation } {
    if (body.get('mechanism') !== 'SCRAM-SHA-256') throw new StoreError(2, 'only SCRAM-SHA-256 is supported')
    const first = payloadOf(body)
    const parts = /^n,[^,]*,(n=([^,]*),r=([^,]+).*)$/.exec(first)
    if (!parts) throw failed()
    const [, bare, , clientNonce] = parts as unknown as [string, string, string, string]
    const nonce = clientNonce + randomBytes(18).toString('base64')
    const serverFirst = `r=${nonce},s=${this.salt.toString('base64')},i=${ITERATIONS}`
    // Another user name fails at the proof, and no sooner: names are not to be guessed either.
    const known = parts[2] === this.user
    const conversation: Conversation = {
      id: 1,
      begun: `${bare},${serverFirst}`,
      nonce: known ? nonce : '',
      verified: false,
    }
    return { reply: saslReply(1, false, serverFirst), conversation }
  }

  /** Step two, and the empty third some clients send: `saslContinue`. @throws StoreError 18 */
  continue(body: Doc, conversation: Conversation | undefined): Doc {
    if (!conversation || wholeNumber(body.get('conversationId')) !== conversation.id)
      throw new StoreError(17, 'No SASL session state found')
    if (conversation.verified) return saslReply(conversation.id, true, '')
    const final = payloadOf(body)
    const parts = /^(c=biws,r=([^,]+)),p=([^,]+)$/.exec(final)
    if (!parts || conversation.nonce === '' || parts[2] !== conversation.nonce) throw failed()
    const signed = `${conversation.begun},${parts[1]}`
    const proof = Buffer.from(parts[3]!, 'base64')
    const signature = hmac(this.storedKey, signed)
    if (proof.length !== signature.length) throw failed()
    const clientKey = Buffer.from(proof.map((byte, index) => byte ^ signature[index]!))
    if (!timingSafeEqual(hash(clientKey), this.storedKey)) throw failed()
    conversation.verified = true
    return saslReply(conversation.id, true, `v=${hmac(this.serverKey, signed).toString('base64')}`)
  }
}

export type { Conversation }

function payloadOf(body: Doc): string {
  const payload = body.get('payload')
  if (payload instanceof BinaryValue) return payload.bytes.toString('utf8')
  if (typeof payload === 'string') return Buffer.from(payload, 'base64').toString('utf8')
  throw new StoreError(14, "'payload' must be binary")
}

const saslReply = (id: number, done: boolean, text: string): Doc =>
  doc({ conversationId: int32(id), done, payload: new BinaryValue(Buffer.from(text), 0) })

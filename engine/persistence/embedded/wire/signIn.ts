import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto'
import { BinaryValue, doc, int32, type Doc, type Value } from '../bson/values.ts'

const hmac = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest()

/**
 * The client's part of SCRAM-SHA-256 (RFC 5802, RFC 7677).
 * @throws Error when the server refuses, or does not know the secret itself
 */
export async function signIn(command: (body: Doc) => Promise<Doc>, user: string, secret: string): Promise<void> {
  const clientNonce = randomBytes(18).toString('base64')
  const begun = `n=${user},r=${clientNonce}`
  const first = await command(message({ saslStart: int32(1), mechanism: 'SCRAM-SHA-256' }, `n,,${begun}`))
  const serverFirst = payloadOf(first)
  const [, nonce, salt, rounds] = /^r=([^,]+),s=([^,]+),i=(\d+)$/.exec(serverFirst) ?? []
  if (!nonce?.startsWith(clientNonce)) throw new Error('the store answered the sign-in with something else')
  const salted = pbkdf2Sync(secret, Buffer.from(salt!, 'base64'), Number(rounds), 32, 'sha256')
  const final = `c=biws,r=${nonce}`
  const signed = `${begun},${serverFirst},${final}`
  const clientKey = hmac(salted, 'Client Key')
  const signature = hmac(createHash('sha256').update(clientKey).digest(), signed)
  const proof = Buffer.from(clientKey.map((byte, index) => byte ^ signature[index]!)).toString('base64')
  const last = await command(
    message({ saslContinue: int32(1), conversationId: first.get('conversationId')! }, `${final},p=${proof}`),
  )
  if (payloadOf(last) !== `v=${hmac(hmac(salted, 'Server Key'), signed).toString('base64')}`)
    throw new Error('what answers is not the store that wrote store.json')
}

const message = (fields: Record<string, Value>, payload: string): Doc =>
  doc({ ...fields, payload: new BinaryValue(Buffer.from(payload), 0), $db: 'admin' })

function payloadOf(reply: Doc): string {
  const payload = reply.get('payload')
  if (!(payload instanceof BinaryValue)) throw new Error(String(reply.get('errmsg') ?? 'no answer from the store'))
  return payload.bytes.toString('utf8')
}

import { randomBytes } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { ContentInfo, SignedData } from '@peculiar/asn1-cms'
import {
  MessageImprint,
  PKIStatus,
  TimeStampReq,
  TimeStampResp,
  TimeStampReqVersion,
  TSTInfo,
} from '@peculiar/asn1-tsp'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'

const SHA256 = '2.16.840.1.101.3.4.2.1'
const TIMEOUT_MS = 10_000

/**
 * Has a SHA-256 hash (hex) stamped by a time-stamping authority (RFC 3161 over HTTP).
 * @returns the authority's answer, base64
 * @throws Error when it does not answer in ten seconds, refuses, or stamped something else
 */
export async function requestTimestamp(url: string, hash: string): Promise<string> {
  const nonce = randomBytes(8)
  // A positive INTEGER.
  nonce[0] = (nonce[0] ?? 0) & 0x7f || 1
  const query = new TimeStampReq({
    version: TimeStampReqVersion.v1,
    messageImprint: new MessageImprint({
      hashAlgorithm: new AlgorithmIdentifier({ algorithm: SHA256, parameters: null }),
      hashedMessage: new OctetString(Buffer.from(hash, 'hex')),
    }),
    nonce: toArrayBuffer(nonce),
    certReq: true,
  })
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/timestamp-query', accept: 'application/timestamp-reply' },
    body: AsnConvert.serialize(query),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  })
  if (!response.ok) throw new Error(`the time-stamping authority answered ${response.status}`)
  const answer = Buffer.from(await response.arrayBuffer())
  const stamped = readTimestamp(answer.toString('base64'))
  if (stamped.hash !== hash) throw new Error('the time-stamping authority stamped another hash')
  if (stamped.nonce !== nonce.toString('hex'))
    throw new Error('the answer of the time-stamping authority is an old one')
  return answer.toString('base64')
}

/**
 * What an authority's answer (base64) says: the hash it stamped and when. Its signature is checked with
 * `openssl ts -verify`, which knows the authority's certificate.
 * @throws Error when it is no granted time stamp
 */
export function readTimestamp(answer: string): { hash: string; at: Date; nonce: string | null } {
  const { status, timeStampToken } = AsnConvert.parse(Buffer.from(answer, 'base64'), TimeStampResp)
  if (status.status !== PKIStatus.granted && status.status !== PKIStatus.grantedWithMods)
    throw new Error(`the time-stamping authority refused (status ${status.status})`)
  if (!timeStampToken) throw new Error('the time-stamping authority sent no token')
  const token = AsnConvert.parse(AsnConvert.serialize(timeStampToken), ContentInfo)
  const signed = AsnConvert.parse(token.content, SignedData)
  const content = signed.encapContentInfo.eContent
  const bytes = content?.single ? content.single.buffer : content?.any
  if (!bytes) throw new Error('the token of the time-stamping authority is empty')
  const info = AsnConvert.parse(bytes, TSTInfo)
  return {
    hash: Buffer.from(info.messageImprint.hashedMessage.buffer).toString('hex'),
    at: info.genTime,
    nonce: info.nonce ? Buffer.from(info.nonce).toString('hex') : null,
  }
}

const toArrayBuffer = (bytes: Buffer): ArrayBuffer => Uint8Array.from(bytes).buffer

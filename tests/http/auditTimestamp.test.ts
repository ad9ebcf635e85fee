import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Running } from '../../engine/main.ts'
import { startProduct } from './harness.ts'

const openssl = (args: string[], cwd: string): string =>
  execFileSync('openssl', args, { cwd, stdio: 'pipe' }).toString()
const hasOpenssl = (() => {
  try {
    openssl(['version'], tmpdir())
    return true
  } catch {
    return false
  }
})()
const describeWithOpenssl = hasOpenssl ? describe : describe.skip

/** An authority of our own: openssl answers the queries. */
describeWithOpenssl('the time stamp of the day’s head (RFC 3161)', () => {
  let folder: string
  let authority: Server
  let product: Running
  let answer: 'stamp' | 'old' | 'refuse' = 'stamp'

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'cauce-tsa-'))
    writeFileSync(join(folder, 'serial'), '01\n')
    writeFileSync(join(folder, 'ts.cnf'), configuration)
    openssl('req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 3650 -subj /CN=TSA -config ts.cnf -extensions stamping'.split(' '), folder) // prettier-ignore
    authority = createServer((req, res) => {
      const chunks: Buffer[] = []
      req.on('data', (chunk: Buffer) => chunks.push(chunk))
      req.on('end', () => {
        if (answer === 'refuse') {
          res.writeHead(503).end()
          return
        }
        if (answer === 'stamp') {
          writeFileSync(join(folder, 'query.tsq'), Buffer.concat(chunks))
          openssl('ts -reply -queryfile query.tsq -config ts.cnf -out reply.tsr'.split(' '), folder)
        }
        res
          .writeHead(200, { 'content-type': 'application/timestamp-reply' })
          .end(readFileSync(join(folder, 'reply.tsr')))
      })
    }).listen(0, '127.0.0.1')
    await once(authority, 'listening')
    product = await startProduct({
      packs: ['toy'],
      packsDir: resolve('tests'),
      demo: 'none',
      environment: {
        AUDIT_ANCHOR_FILE: join(folder, 'anchors.jsonl'),
        AUDIT_TSA_URL: `http://127.0.0.1:${(authority.address() as AddressInfo).port}/`,
      },
    })
  }, 60_000)
  afterAll(async () => {
    await (product as Running | undefined)?.stop()
    ;(authority as Server | undefined)?.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const lastLine = (): { hash: string; timestamp: string | null } =>
    JSON.parse(readFileSync(join(folder, 'anchors.jsonl'), 'utf8').trim().split('\n').at(-1) ?? '{}') as never

  it('is kept with the head, and openssl confirms it', async () => {
    await product.jobs.sealAudit()
    const { hash, timestamp } = lastLine()
    expect(timestamp).not.toBeNull()
    writeFileSync(join(folder, 'kept.tsr'), Buffer.from(timestamp ?? '', 'base64'))
    const said = openssl(['ts', '-verify', '-digest', hash, '-in', 'kept.tsr', '-CAfile', 'cert.pem'], folder)
    expect(said).toMatch(/Verification: OK/)
  })

  it('is left out, not waited for, when the authority refuses or answers with an old stamp', async () => {
    for (const kind of ['refuse', 'old'] as const) {
      answer = kind
      product.clock?.advance(24 * 3600_000)
      await product.jobs.sealAudit()
      expect(lastLine()).toMatchObject({ hash: expect.stringMatching(/^[0-9a-f]{64}$/), timestamp: null })
    }
    expect(readFileSync(join(folder, 'anchors.jsonl'), 'utf8').trim().split('\n')).toHaveLength(3)
  })
})

const configuration = `
[req]
distinguished_name = dn
[dn]
[stamping]
extendedKeyUsage = critical,timeStamping
keyUsage = critical,digitalSignature,nonRepudiation
basicConstraints = critical,CA:TRUE
[tsa]
default_tsa = tsa1
[tsa1]
serial = ./serial
crypto_device = builtin
signer_cert = ./cert.pem
certs = ./cert.pem
signer_key = ./key.pem
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
`

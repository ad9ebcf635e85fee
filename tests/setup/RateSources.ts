import { once } from 'node:events'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

/**
 * A local server in the place of SUNAT's file (`/sunat.txt`) and of the central bank's series (`/bcrp/…`), which answers
 * what a test tells it to, and a copy of the packs whose settings point there.
 */
export class RateSources {
  sunat: { status: number; body: string } = { status: 503, body: '' }
  bcrp: { status: number; body: string } = { status: 503, body: '' }
  /** A paid service at `/comercial/<day>`, which wants `Bearer <key>`; status 0: it never answers. */
  commercial: { status: number; body: string; key: string } = { status: 503, body: '', key: '' }
  readonly asked: string[] = []
  base = ''
  #server: Server | null = null
  #packsDir = ''

  /** Resolves with the folder of the packs. */
  async start(): Promise<string> {
    this.#server = createServer((req, res) => {
      this.asked.push(req.url ?? '')
      const { status, body } = this.#answerTo(req)
      if (status === 0) return
      res.writeHead(status, { 'content-type': body.startsWith('<') ? 'text/html' : 'text/plain' }).end(body)
    })
    this.#server.listen(0, '127.0.0.1')
    await once(this.#server, 'listening')
    this.base = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
    await this.#copyPacks(this.base)
    return this.#packsDir
  }

  #answerTo({ url = '', headers }: IncomingMessage): { status: number; body: string } {
    if (url.startsWith('/sunat')) return this.sunat
    if (!url.startsWith('/comercial')) return this.bcrp
    const { key, ...answer } = this.commercial
    return headers.authorization === `Bearer ${key}` ? answer : { status: 401, body: '{"message":"Unauthorized"}' }
  }

  async #copyPacks(base: string): Promise<void> {
    this.#packsDir = await mkdtemp(join(tmpdir(), 'cauce-packs-'))
    const folder = join(this.#packsDir, 'fm')
    await cp(resolve(import.meta.dirname, '../../definitions/fm'), folder, { recursive: true })
    const manifest = join(folder, 'pack.json')
    const text = await readFile(manifest, 'utf8')
    const pointed = text
      .replace('https://www.sunat.gob.pe/a/txt/tipoCambio.txt', `${base}/sunat.txt`)
      .replace(/https:\/\/estadisticas\.bcrp[^"]+(?=\/\{desde\})/, `${base}/bcrp`)
      .replace('{hasta}/esp"', '{hasta}"')
    await writeFile(manifest, pointed)
  }

  async stop(): Promise<void> {
    this.#server?.closeAllConnections()
    this.#server?.close()
    await rm(this.#packsDir, { recursive: true, force: true })
  }

  /** SUNAT's line of a day; null: nobody answers. */
  says(line: string | null): void {
    this.sunat = line === null ? { status: 503, body: 'Service Unavailable' } : { status: 200, body: line }
  }
}

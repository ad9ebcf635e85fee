import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Visitor, demoPassword, type Answer } from '../http/Visitor.ts'
import type { Cluster } from './Cluster.ts'

const PATIENCE_MS = 180_000

/**
 * A person whose program sends a request again, to either server, until it is answered: with the same Idempotency-Key, so
 * that nothing happens twice. Only answers of the 500s, broken connections and ended sessions are sent again.
 */
export class PatientUser {
  static retries = 0
  /** Codes of the answers of the 500s. */
  static readonly failures = new Map<string, number>()
  readonly #cluster: Cluster
  readonly #name: string
  readonly #random: () => number
  readonly #visitors = new Map<number, Visitor>()

  constructor(cluster: Cluster, name: string, random: () => number) {
    this.#cluster = cluster
    this.#name = name
    this.#random = random
  }

  get = (path: string): Promise<Answer> => this.#send((visitor) => visitor.get(path))
  upload = (name: string, content: Uint8Array): Promise<Answer> =>
    this.#send((visitor) => visitor.upload(name, content))
  post(path: string, body: unknown): Promise<Answer> {
    const headers = { 'idempotency-key': randomUUID() }
    return this.#send((visitor) => visitor.post(path, body, { headers }))
  }

  async #send(request: (visitor: Visitor) => Promise<Answer>): Promise<Answer> {
    let last: unknown = null
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(150)) {
      const server = Math.floor(this.#random() * this.#cluster.sites.length)
      if (!this.#cluster.servers[server]?.isUp) continue
      try {
        const visitor = this.#visitors.get(server) ?? (await this.#signIn(server))
        const answer = await request(visitor)
        if (answer.status < 500 && answer.status !== 401) return answer
        if (answer.status === 401) this.#visitors.delete(server)
        else this.#failed(answer)
        last = answer.body
      } catch (error) {
        last = error
      }
      PatientUser.retries += 1
    }
    throw new Error(`no answer for ${this.#name}`, { cause: last })
  }

  #failed({ body }: Answer): void {
    const code = String(body.code)
    PatientUser.failures.set(code, (PatientUser.failures.get(code) ?? 0) + 1)
  }

  async #signIn(server: number): Promise<Visitor> {
    const site = this.#cluster.sites[server]
    const visitor = new Visitor((['cliente', 'proveedor'].includes(this.#name) ? site?.portal : site?.staff) ?? '')
    const { status, body } = await visitor.post('/api/session', {
      email: `${this.#name}@demo.pe`,
      password: demoPassword,
    })
    if (status !== 201) throw new Error(`sign-in of ${this.#name}: ${status} ${String(body.code)}`)
    this.#visitors.set(server, visitor)
    return visitor
  }
}

import { signIn, type Answer, type RequestOptions, type Visitor } from './harness.ts'

/** Somebody who signs in again when the moved clock ended the session. */
export class ReturningVisitor {
  #visitor: Visitor | null = null
  readonly #base: string
  readonly #email: string

  constructor(base: string, email: string) {
    this.#base = base
    this.#email = email
  }

  get = (path: string) => this.#send('GET', path)
  post = (path: string, body?: unknown) => this.#send('POST', path, { body })
  patch = (path: string, body: unknown, options: RequestOptions) => this.#send('PATCH', path, { ...options, body })
  send = (method: string, path: string, options?: RequestOptions) => this.#send(method, path, options)

  async #send(method: string, path: string, options?: RequestOptions): Promise<Answer> {
    this.#visitor ??= await signIn(this.#base, this.#email)
    const answer = await this.#visitor.send(method, path, options)
    if (answer.status !== 401) return answer
    this.#visitor = await signIn(this.#base, this.#email)
    return this.#visitor.send(method, path, options)
  }
}

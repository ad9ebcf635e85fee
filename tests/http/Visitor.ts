export const demoPassword = 'Demo-Cauce-2026'

export interface Answer {
  status: number
  headers: Headers
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what came over the wire; the assertions check it
  body: any
}
export interface RequestOptions {
  /** Sent as JSON; a FormData as multipart. */
  body?: unknown
  headers?: Record<string, string>
}

/** Somebody with a browser: keeps cookies, and sends what a page of ours sends. */
export class Visitor {
  readonly #cookies = new Map<string, string>()
  readonly base: string

  constructor(base: string) {
    this.base = base.replace(/\/$/, '')
  }

  /** What the browser sends as `cookie`. */
  get cookie(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ')
  }

  get = (path: string, options?: RequestOptions) => this.send('GET', path, options)
  post = (path: string, body?: unknown, options?: RequestOptions) => this.send('POST', path, { ...options, body })
  put = (path: string, body?: unknown, options?: RequestOptions) => this.send('PUT', path, { ...options, body })
  patch = (path: string, body?: unknown, options?: RequestOptions) => this.send('PATCH', path, { ...options, body })
  delete = (path: string, body?: unknown, options?: RequestOptions) => this.send('DELETE', path, { ...options, body })

  /** Uploads a file; the answer is the file's description. */
  upload(name: string, content: Uint8Array | string, type = 'application/octet-stream'): Promise<Answer> {
    const form = new FormData()
    form.append('file', new Blob([typeof content === 'string' ? content : new Uint8Array(content)], { type }), name)
    return this.post('/api/files', form)
  }

  async send(method: string, path: string, { body, headers = {} }: RequestOptions = {}): Promise<Answer> {
    const isForm = body instanceof FormData
    const response = await fetch(this.base + path, {
      method,
      redirect: 'manual',
      headers: {
        accept: 'application/json',
        ...(method === 'GET' ? {} : { origin: this.base, 'x-cauce': '1' }),
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
        ...(this.#cookies.size > 0 && { cookie: this.cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    })
    this.#remember(response.headers)
    const bytes = Buffer.from(await response.arrayBuffer())
    const isJson = response.headers.get('content-type')?.includes('json') ?? false
    return {
      status: response.status,
      headers: response.headers,
      body: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : bytes,
    }
  }

  #remember(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(';').map((part) => part.trim())
      const name = pair.slice(0, pair.indexOf('='))
      const isGone = attributes.some(
        (attribute) => /^max-age=0$/i.test(attribute) || /^expires=.*1970/i.test(attribute),
      )
      if (isGone) this.#cookies.delete(name)
      else this.#cookies.set(name, pair.slice(name.length + 1))
    }
  }
}

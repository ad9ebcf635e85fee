import { HttpFailure, type HttpAnswer, type HttpPort } from '#plugins/contract'
import type { Config } from '../config.ts'

const MOST_BYTES = 1024 * 1024

/**
 * The way out for plugins: reads addresses, and nothing else. Each answer has 10 seconds, or what the configuration
 * says, and 1 MB; redirections are not followed, so that an address leads nowhere but where it was set to. In production
 * only https, unless plain http is allowed. Throws HttpFailure.
 */
export function openHttpPort(config: Config): HttpPort {
  return {
    async get(address, { headers = {} } = {}) {
      const url = checked(config, address)
      const signal = AbortSignal.timeout(config.outgoingHttpTimeout * 1000)
      let answer: HttpAnswer
      try {
        const response = await fetch(url, { headers, signal, redirect: 'manual', credentials: 'omit' })
        answer = {
          status: response.status,
          contentType: response.headers.get('content-type') ?? '',
          text: await readText(response),
        }
      } catch (cause) {
        if (cause instanceof HttpFailure) throw cause
        const late = signal.aborted ? `no respondió en ${config.outgoingHttpTimeout} s` : 'no hay conexión'
        throw new HttpFailure(late, true, cause)
      }
      if (answer.status !== 200) throw new HttpFailure(`respondió con ${answer.status}`, answer.status >= 500)
      return answer
    },
  }
}

function checked(config: Config, address: string): URL {
  if (!config.outgoingHttp)
    throw new HttpFailure('las consultas a otros servidores están apagadas (OUTGOING_HTTP)', false)
  const url = URL.canParse(address) ? new URL(address) : null
  const plain = !config.production || config.allowHttp
  if (!url || !(url.protocol === 'https:' || (plain && url.protocol === 'http:')) || url.username || url.password) {
    throw new HttpFailure('la dirección no es válida', false)
  }
  return url
}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  if (!response.body) return text
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > MOST_BYTES) throw new HttpFailure('la respuesta es demasiado grande', false)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

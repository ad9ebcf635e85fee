import { routes, type ErrorBody, type RouteName } from '#engine/contract'
import { ApiError } from './ApiError.ts'
import type { AnswerOf } from './answers.ts'
import { askForPassword } from './passwordPrompt.ts'

export interface RequestInput {
  /** Fills `:name` of the path. */
  params?: Record<string, string>
  query?: Record<string, string | number | boolean | null | undefined> | URLSearchParams
  body?: unknown
  /** Revision for routes that save over something (`If-Match`). */
  ifMatch?: number
  /** The server does the thing once, however often the network repeats it. */
  idempotencyKey?: string
  signal?: AbortSignal
}

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE'])

/** Path of a route with its parameters filled in; throws when one is missing. */
export function pathOf(name: RouteName, params: Record<string, string> = {}, query?: RequestInput['query']): string {
  const path = routes[name].path.replace(/:(\w+)/g, (_, key: string) => {
    const value = params[key]
    if (value === undefined) throw new Error(`Route ${name} needs ${key}`)
    return encodeURIComponent(value)
  })
  const search = query instanceof URLSearchParams ? query : new URLSearchParams()
  if (query && !(query instanceof URLSearchParams))
    for (const [key, value] of Object.entries(query))
      if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/** The one way the pages speak to the server. Throws ApiError; the answer's type follows from the route. */
export async function request<N extends RouteName>(name: N, input: RequestInput = {}): Promise<AnswerOf<N>> {
  const { method } = routes[name]
  const headers: Record<string, string> = { accept: 'application/json' }
  if (unsafe.has(method)) headers['x-cauce'] = '1'
  if (input.body !== undefined) headers['content-type'] = 'application/json'
  if (input.ifMatch !== undefined) headers['if-match'] = String(input.ifMatch)
  if (input.idempotencyKey) headers['idempotency-key'] = input.idempotencyKey
  let response: Response
  try {
    response = await fetch(pathOf(name, input.params, input.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(input.body === undefined ? {} : { body: JSON.stringify(input.body) }),
      ...(input.signal ? { signal: input.signal } : {}),
    })
  } catch (cause) {
    if (input.signal?.aborted) throw cause
    throw new ApiError(0, 'network', 'No hay conexión con el servidor.')
  }
  if (!response.ok) {
    const error = await refusal(response)
    // A risky act: the person gives the password once more, and the same request goes out again.
    if (error.code === 'session.confirm-password' && (await askForPassword())) return request(name, input)
    throw error
  }
  if (response.status === 204) return undefined as AnswerOf<N>
  return (await response.json()) as AnswerOf<N>
}

/** Reads the server's error; an answer that is not ours (a proxy's page) becomes `internal`. */
export async function refusal(response: Response): Promise<ApiError> {
  try {
    const body = (await response.json()) as ErrorBody
    if (typeof body.code === 'string')
      return new ApiError(response.status, body.code as ApiError['code'], body.message, body)
  } catch {
    // Not JSON: fall through.
  }
  return new ApiError(response.status, response.status === 503 ? 'store.unavailable' : 'internal', response.statusText)
}

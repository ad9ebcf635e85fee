import type { RouteName } from '#engine/contract'
import { pathOf, refusal, type RequestInput } from './request.ts'

/** Fetches a file and hands it to the browser to keep; a refusal is an ApiError as everywhere, not a file. */
export async function download(name: RouteName, input: Pick<RequestInput, 'params' | 'query'> = {}): Promise<void> {
  const response = await fetch(pathOf(name, input.params, input.query), { credentials: 'same-origin' })
  if (!response.ok) throw await refusal(response)
  const given = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const url = URL.createObjectURL(await response.blob())
  const link = document.createElement('a')
  link.href = url
  link.download = given ?? 'archivo'
  link.click()
  // Freed once the browser has begun to save it.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

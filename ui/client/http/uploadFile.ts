import { routes, type ErrorBody, type FileView } from '#engine/contract'
import { ApiError } from './ApiError.ts'
import type { AnswerOf } from './answers.ts'
import { pathOf } from './request.ts'

/**
 * Sends one file and tells how far it is (0…1). XMLHttpRequest, because fetch does not report upload progress.
 * Throws ApiError; `signal` stops it.
 */
export function uploadFile(file: File, onProgress: (share: number) => void, signal?: AbortSignal): Promise<FileView> {
  return uploadTo('uploadFile', {}, file, onProgress, signal)
}

/** The same to any route that takes a file. */
export function uploadTo<N extends 'uploadFile' | 'beginImport'>(
  name: N,
  params: Record<string, string>,
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<AnswerOf<N>> {
  return new Promise((resolve, reject) => {
    const call = new XMLHttpRequest()
    call.open(routes[name].method, pathOf(name, params))
    call.setRequestHeader('x-cauce', '1')
    call.responseType = 'json'
    call.upload.addEventListener('progress', (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    })
    call.addEventListener('error', () => reject(new ApiError(0, 'network', 'No hay conexión con el servidor.')))
    call.addEventListener('abort', () => reject(new DOMException('Cancelled', 'AbortError')))
    call.addEventListener('load', () => {
      if (call.status >= 200 && call.status < 300) return resolve(call.response as AnswerOf<N>)
      const body = call.response as ErrorBody | null
      reject(new ApiError(call.status, (body?.code ?? 'internal') as ApiError['code'], body?.message ?? '', body))
    })
    signal?.addEventListener('abort', () => call.abort())
    const body = new FormData()
    body.append('file', file)
    call.send(body)
  })
}

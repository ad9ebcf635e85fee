import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { DraftView, PackView } from '#engine/contract'
import { ApiError } from '../../client/http/ApiError.ts'
import { request } from '../../client/http/request.ts'

/** What the studio starts from. `installed` holds the texts of the files it works with; others are read when opened. */
export interface StudioPack {
  pack: PackView
  installed: Record<string, string>
  draft: DraftView
}

const loaded = /^(pack\.json|roles\.json|(entities|forms|processes|templates)\/)/

export const studioKeys = {
  packs: ['studio', 'packs'] as const,
  pack: (name: string) => ['studio', 'pack', name] as const,
  file: (name: string, path: string) => ['studio', 'pack', name, 'file', path] as const,
  versions: (name: string) => ['studio', 'pack', name, 'versions'] as const,
}

export function usePacks() {
  return useQuery({ queryKey: studioKeys.packs, queryFn: ({ signal }) => request('listPacks', { signal }) })
}

/** The pack and its draft, read once: from then on the studio holds what is edited. */
export function useStudioPack(name: string | undefined) {
  return useQuery({
    queryKey: studioKeys.pack(name ?? ''),
    enabled: !!name,
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
    queryFn: ({ signal }) => readStudioPack(name ?? '', signal),
  })
}

async function readStudioPack(name: string, signal: AbortSignal): Promise<StudioPack> {
  const [pack, draft] = await Promise.all([
    request('getPack', { params: { pack: name }, signal }),
    readDraft(name, signal),
  ])
  const texts = await Promise.all(
    pack.files
      .filter((file) => loaded.test(file.path))
      .map((file) => request('getPackFile', { params: { pack: name }, query: { path: file.path }, signal })),
  )
  return { pack, draft, installed: Object.fromEntries(texts.map((file) => [file.path, file.text])) }
}

/** The draft as the server has it; a pack nobody has touched has none yet. */
export async function readDraft(name: string, signal?: AbortSignal): Promise<DraftView> {
  try {
    return await request('getDraft', { params: { pack: name }, ...(signal ? { signal } : {}) })
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'thing.not-found') throw error
    return { id: '', pack: name, base: 0, files: {}, revision: 0, updatedAt: '', updatedBy: '' }
  }
}

/** A file the studio does not hold from the start (a catalogue, a story). */
export function useInstalledFile(name: string, path: string | null) {
  return useQuery({
    queryKey: studioKeys.file(name, path ?? ''),
    enabled: path !== null,
    staleTime: Infinity,
    queryFn: ({ signal }) => request('getPackFile', { params: { pack: name }, query: { path: path ?? '' }, signal }),
  })
}

export function useVersions(name: string, enabled: boolean) {
  return useQuery({
    queryKey: studioKeys.versions(name),
    enabled,
    queryFn: ({ signal }) => request('listVersions', { params: { pack: name }, signal }),
  })
}

/** Everything the studio knows of the pack is read again: after publishing, or throwing the draft away. */
export function useReloadPack(name: string) {
  const client = useQueryClient()
  return () => client.resetQueries({ queryKey: studioKeys.pack(name) })
}

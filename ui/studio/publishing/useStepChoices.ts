import { useQuery } from '@tanstack/react-query'
import { outlineProcess, parseBpmn } from '#definitions'
import { request } from '../../client/http/request.ts'
import { studioKeys } from '../pack/useStudioPack.ts'

/** The steps of an installed process, as choices; empty until it is read. */
export function useStepChoices(pack: string, process: string): { value: string; label: string }[] {
  const path = `processes/${process}.bpmn`
  const { data } = useQuery({
    queryKey: [...studioKeys.file(pack, path), 'steps'],
    queryFn: async ({ signal }) => {
      const { text } = await request('getPackFile', { params: { pack }, query: { path }, signal })
      const reading = await parseBpmn(text)
      if ('findings' in reading) return []
      return outlineProcess(reading.parsed.rootElement as never).map(({ id, name, kind }) => ({
        value: id,
        label: `${name} (${kind})`,
      }))
    },
  })
  return data ?? []
}

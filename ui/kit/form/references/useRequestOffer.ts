import { useContext } from 'react'
import type { JsonObject } from '#forms'
import { useProcesses } from '../../../client/cases/useProcess.ts'
import { RequestInPlace } from './RequestInPlace.ts'
import { useFormScope } from '../FormScope.ts'

/** `x-ref.request` of a field, in its object form. */
interface RequestRule {
  process: string
  name?: string
  set?: JsonObject
}

/**
 * The process by which this person may ask for a record that a reference does not find, with what its form opens with
 * once something was typed; null where there is none, or he may not start it.
 */
export function useRequestOffer(
  rule: Record<string, unknown>,
): { process: string; proposed: (typed: string) => JsonObject } | null {
  const { depth } = useFormScope()
  const said = rule.request
  const request: RequestRule | null =
    typeof said === 'string' ? { process: said } : said && typeof said === 'object' ? (said as RequestRule) : null
  const usable = useContext(RequestInPlace) !== null && request !== null && depth < 2
  const { data: processes } = useProcesses(usable)
  if (!request || !usable || !processes?.some(({ key }) => key === request.process)) return null
  return {
    process: request.process,
    proposed: (typed) => ({ ...request.set, ...(request.name && typed ? { [request.name]: typed } : {}) }),
  }
}

import type { CheckInput } from '../CheckInput.ts'
import type { Expect } from '../finding.ts'
import { fieldOfUse } from '../namesIn.ts'

/** `x-ref.request`: a process, or with what its start form is filled in. */
export type RequestWords = string | { process: string; name?: string; set?: Record<string, unknown> } | undefined

/** The process that asks for a record exists, and its start form has the fields that are filled in. */
export function checkRequest(input: CheckInput, at: string, request: RequestWords, expect: Expect): void {
  if (request === undefined) return
  if (typeof request === 'string') return expect(at, 'el proceso', request, input.names.processes)
  expect(`${at}/process`, 'el proceso', request.process, input.names.processes)
  const fields = startFields(input, request.process)
  if (!fields) return
  if (request.name) expect(`${at}/name`, 'el campo del formulario de inicio', request.name, fields)
  for (const name of Object.keys(request.set ?? {}))
    expect(`${at}/set/${name}`, 'el campo del formulario de inicio', name, fields)
}

/** What the form that starts a process asks for; null where there is none to look at. */
function startFields({ pack, processes }: CheckInput, process: string): string[] | null {
  const start = processes[process]?.nodes.find(({ type, parent }) => type === 'StartEvent' && parent === null)
  const key = start?.form
  const form = key ? pack.forms[key] : undefined
  if (!form) return null
  return [...(form.sections ?? []).flatMap(({ fields }) => fields), ...(form.fields ?? [])].map(fieldOfUse)
}

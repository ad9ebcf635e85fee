import { executableProcesses, lintDefinitions, parseBpmn, readProcess, type Finding } from '#definitions'
import type { FindingView } from '#engine/contract'
import type { PackModel } from '../pack/packModel.ts'

/**
 * What the browser can say of one file at once, with the same rules as the server; the server then looks at the draft
 * as a whole. Only processes are checked here: forms and entities mean nothing without the rest of the pack.
 */
export async function checkFile(path: string, text: string, pack: PackModel): Promise<FindingView[]> {
  if (!path.endsWith('.bpmn')) return []
  return (await lintFile(path, text, pack)).map((finding) => ({ ...finding, file: path, cure: finding.cure ?? null }))
}

async function lintFile(path: string, text: string, pack: PackModel): Promise<Finding[]> {
  const reading = await parseBpmn(text)
  if ('findings' in reading) return reading.findings
  const definitions = reading.parsed.rootElement
  const [process] = executableProcesses(definitions)
  const entity = process ? pack.entities[readProcess(definitions, process).entity ?? ''] : undefined
  return lintDefinitions(definitions, {
    file: path,
    forms: Object.keys(pack.forms),
    templates: pack.templates.map((template) => template.value),
    roles: pack.roles.map((role) => role.value),
    groups: pack.groups.map((group) => group.value),
    processes: pack.processes,
    entities: Object.keys(pack.entities),
    ...(entity ? { states: entity.states.map((state) => state.value) } : {}),
  })
}

import { lintProcess, type LintContext } from '../../bpmn/index.ts'
import type { Finding, FormDefinition, Pack } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { functionsInReach, scopeOfProcess } from '../expressionScope.ts'
import { errorAt, unknownName } from '../finding.ts'
import { fieldOfUse } from '../namesIn.ts'
import { optionsOf } from './checkStates.ts'

/** Processes: every rule of the BPMN lint, with this pack as the world around them. */
export async function checkProcesses(input: CheckInput): Promise<Finding[]> {
  const { pack, processes } = input
  const findings: Finding[] = []
  for (const [key, xml] of Object.entries(pack.processes)) {
    const file = `processes/${key}.bpmn`
    findings.push(...(await lintProcess(xml, contextOf(input, key, file))))
    const model = processes[key]
    if (model && model.id !== key) {
      const cure = `Llame al proceso «${key}», como su archivo`
      findings.push(errorAt('bpmn-process', file, model.id, `El proceso se llama «${model.id}»`, cure))
    }
    const entity = model?.entity
    if (entity && !input.names.entities.has(entity)) {
      findings.push(unknownName(file, key, 'la entidad', entity, input.names.entities))
    }
  }
  return findings
}

function contextOf(input: CheckInput, key: string, file: string): LintContext {
  const { pack, names, processes, options } = input
  const model = processes[key]
  const entity = pack.entities[model?.entity ?? '']
  const state = Object.values(entity?.properties ?? {}).find((property) => property['x-state'] === true)
  const functions = functionsInReach(input)
  const services = (pack.manifest.plugins ?? []).flatMap((plugin) =>
    (options.plugins?.[plugin]?.services ?? []).map((service) => `${plugin}.${service}`),
  )
  return {
    file,
    forms: names.forms,
    templates: names.templates,
    roles: Object.keys(pack.roles.roles),
    groups: [...Object.keys(pack.roles.groups ?? {}), 'staff', 'portal'],
    processes: names.processes,
    entities: names.entities,
    ...(state && { states: optionsOf(state) }),
    editable: Object.fromEntries(
      Object.entries(pack.forms).map(([form, definition]) => [form, editableFields(definition, pack)]),
    ),
    ...(model && {
      scope: scopeOfProcess(
        input,
        entity,
        model.variables.map((variable) => variable.name),
      ),
    }),
    ...(functions && { functions, pureServices: functions, services: [...functions, ...services] }),
  }
}

/** Fields of the record that a form lets people write. */
function editableFields(form: FormDefinition, pack: Pack): string[] {
  const properties = pack.entities[form.entity ?? '']?.properties ?? {}
  const uses = [...(form.sections ?? []).flatMap((section) => section.fields), ...(form.fields ?? [])]
  return uses.flatMap((use) => {
    const name = fieldOfUse(use)
    const isReadOnly = (typeof use !== 'string' && use.readOnly === true) || properties[name]?.readOnly === true
    return isReadOnly || properties[name] === undefined || name in (form.properties ?? {}) ? [] : [name]
  })
}

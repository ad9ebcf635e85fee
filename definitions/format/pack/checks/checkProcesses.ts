import { nearestName } from '../../bpmn/nearestName.ts'
import type { ModelCandidate } from '../../bpmn/index.ts'
import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, proposeName } from '../finding.ts'

/** Processes: forms, roles, groups, templates and services that are named and do not exist. */
export function checkProcesses(input: CheckInput): Finding[] {
  const { pack, names, processes } = input
  return Object.entries(processes).flatMap(([key, process]) => {
    const file = `processes/${key}.bpmn`
    const findings: Finding[] = []
    const expect = (at: string, kind: string, name: string, known: Iterable<string>) => {
      const list = [...known]
      if (list.includes(name)) return
      findings.push(
        errorAt('unresolved', file, at, `No existe ${kind} «${name}»`, proposeName(nearestName(name, list), list)),
      )
    }
    const roles = Object.keys(pack.roles.roles)
    const groups = [...Object.keys(pack.roles.groups ?? {}), 'staff', 'portal']
    const candidates = (at: string, list: ModelCandidate[]) => {
      for (const { role, group } of list) {
        if (role !== undefined && role !== '*') expect(at, 'el rol', role, roles)
        if (group !== undefined) expect(at, 'el grupo', group, groups)
      }
    }
    for (const node of process.nodes) {
      if (node.form !== null) expect(node.id, 'el formulario', node.form, names.forms)
      candidates(node.id, node.candidates)
      for (const { role, group } of node.escalations)
        candidates(node.id, [{ ...(role && { role }), ...(group && { group }) }])
      for (const effect of node.effects) {
        if (effect.kind !== 'notify') continue
        expect(node.id, 'la plantilla', effect.template, names.templates)
        for (const word of effect.to.split(',').map((part) => part.trim())) {
          const [kind, name = ''] = word.split(':')
          if (kind === 'role') expect(node.id, 'el rol', name, roles)
          if (kind === 'group') expect(node.id, 'el grupo', name, groups)
        }
      }
      if (node.call) expect(node.id, 'el proceso', node.call.process, names.processes)
    }
    for (const message of process.messages) {
      if (message.form !== null) expect(message.id, 'el formulario', message.form, names.forms)
      candidates(message.id, message.candidates)
    }
    return findings
  })
}

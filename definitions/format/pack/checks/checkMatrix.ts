import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { errorAt, warningAt } from '../finding.ts'

/** Rights that leave a door closed: nobody may read an entity or begin its process, a task for somebody who cannot see the record. */
export function checkMatrix(input: CheckInput): Finding[] {
  const { pack, processes } = input
  const findings: Finding[] = []
  const readers = (thing: string) => holders(input, thing, 'read')
  const created = new Set(
    Object.values(processes).flatMap((process) =>
      process.nodes.flatMap((node) =>
        node.service?.name === 'record.create' ? node.inputs.map((item) => item.source) : [],
      ),
    ),
  )
  for (const key of Object.keys(pack.entities)) {
    if (readers(key).size === 0) {
      findings.push(errorAt('matrix', 'roles.json', `/can/${key}`, `Nadie puede ver «${key}»`, 'Dé "read" a algún rol'))
    }
    const isMade =
      created.has(`"${key}"`) ||
      Object.values(pack.manifest.actions ?? {}).some((action) => action.entity === key) ||
      Object.values(processes).some((p) => p.entity === key && p.startOn === 'create')
    if (!isMade && holders(input, key, 'create').size === 0) {
      findings.push(
        warningAt('matrix', 'roles.json', `/can/${key}`, `Nadie puede crear «${key}»`, 'Dé "create" a algún rol'),
      )
    }
  }
  for (const [key, process] of Object.entries(processes)) {
    if (!process.entity || !pack.entities[process.entity]) continue
    const allowed = readers(process.entity)
    for (const node of process.nodes) {
      for (const role of node.candidates.flatMap((candidate) => rolesOf(input, candidate))) {
        if (allowed.has(role) || !pack.roles.roles[role]) continue
        const cure = `Dele "read" sobre «${process.entity}» en roles.json`
        findings.push(
          errorAt('matrix', `processes/${key}.bpmn`, node.id, `«${role}» no puede ver el registro de su tarea`, cure),
        )
      }
    }
  }
  return findings
}

/** Roles that may do an action on a thing, groups opened. */
function holders({ pack }: CheckInput, thing: string, action: string): Set<string> {
  const { roles, groups = {}, can } = pack.roles
  const found = new Set<string>()
  for (const [grantee, text] of Object.entries(can[thing] ?? {})) {
    if (!text.split(/\s+/).includes(action)) continue
    if (grantee === '@staff' || grantee === '@portal') {
      const front = grantee.slice(1)
      for (const [role, { front: own = 'staff' }] of Object.entries(roles)) if (own === front) found.add(role)
    } else if (grantee.startsWith('@')) groups[grantee.slice(1)]?.roles.forEach((role) => found.add(role))
    else found.add(grantee)
  }
  return found
}

function rolesOf({ pack }: CheckInput, candidate: { role?: string; group?: string }): string[] {
  const group = candidate.group ? (pack.roles.groups?.[candidate.group]?.roles ?? []) : []
  return candidate.role ? [candidate.role, ...group] : group
}

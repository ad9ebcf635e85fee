import type { Finding } from '../../types.ts'
import type { CheckInput } from '../CheckInput.ts'
import { expectIn } from '../finding.ts'
import { rightsOf, subjectsIn, thingsIn } from './rightsOf.ts'

/** roles.json: roles, groups, things, fields and actions that do not exist. */
export function checkRoles(input: CheckInput): Finding[] {
  const { pack, names, processes } = input
  const { roles, groups = {}, can, rows = {}, fields = {} } = pack.roles
  const findings: Finding[] = []
  const expect = expectIn(findings, 'roles.json')
  const grantees = subjectsIn(input)

  for (const [group, { roles: members }] of Object.entries(groups)) {
    members.forEach((role, index) => expect(`/groups/${group}/roles/${index}`, 'el rol', role, Object.keys(roles)))
  }
  const messages = Object.values(processes).flatMap((process) => process.messages.map((message) => message.id))
  for (const [thing, row] of Object.entries(can)) {
    expect(`/can/${thing}`, 'la entidad o el proceso', thing, thingsIn(input))
    for (const [grantee, text] of Object.entries(row)) {
      expect(`/can/${thing}/${grantee}`, 'el rol o grupo', grantee, grantees)
      const known = [...rightsOf(input, thing), ...messages]
      for (const action of text.split(/\s+/).filter(Boolean))
        expect(`/can/${thing}/${grantee}`, 'la acción', action, known)
    }
  }
  for (const [entity, row] of Object.entries(rows)) {
    expect(`/rows/${entity}`, 'la entidad', entity, [...names.entities, 'audit'])
    for (const grantee of Object.keys(row)) expect(`/rows/${entity}/${grantee}`, 'el rol o grupo', grantee, grantees)
  }
  for (const [entity, row] of Object.entries(fields)) {
    expect(`/fields/${entity}`, 'la entidad', entity, names.entities)
    const properties = pack.entities[entity]?.properties
    for (const [field, { read = [], edit = [] }] of Object.entries(row)) {
      if (properties) expect(`/fields/${entity}/${field}`, 'el campo', field, Object.keys(properties))
      read.forEach((grantee, index) =>
        expect(`/fields/${entity}/${field}/read/${index}`, 'el rol o grupo', grantee, grantees),
      )
      edit.forEach((grantee, index) =>
        expect(`/fields/${entity}/${field}/edit/${index}`, 'el rol o grupo', grantee, grantees),
      )
    }
  }
  return findings
}

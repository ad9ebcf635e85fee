import type { Finding } from '../../types.ts'
import { propertiesOf, referredEntity, userEntity, type CheckInput } from '../CheckInput.ts'
import { expectIn, type Expect } from '../finding.ts'

/** Demo data and initial records: entities, fields, roles, catalogue rows and names (`@acme`) that do not exist. */
export function checkDemo(input: CheckInput): Finding[] {
  const { pack, names } = input
  const findings: Finding[] = []
  const expect = (file: string, ...[at, kind, name, known]: Parameters<Expect>) =>
    expectIn(findings, file, 'demo')(at, kind, name, known)
  const { users = [], records = {}, play = [] } = pack.demo
  const rows = Object.values(records).flat()
  const named = new Set([...users.map((user) => user.$id ?? ''), ...rows.map((row) => row.$id ?? '')])
  users.forEach((user, index) => {
    user.roles.forEach((role, place) =>
      expect('demo', `/users/${index}/roles/${place}`, 'el rol', role, Object.keys(pack.roles.roles)),
    )
    for (const [scope, ids] of Object.entries(user.scope ?? {})) {
      ids.forEach((id, place) => expect('demo', `/users/${index}/scope/${scope}/${place}`, 'el registro', id, named))
    }
  })
  play.forEach((item, index) => expect('demo', `/play/${index}/story`, 'la historia', item.story, names.stories))

  const tables: [string, string, Record<string, unknown>[]][] = [
    ...Object.entries(records).map(([entity, list]): [string, string, Record<string, unknown>[]] => [
      'demo',
      entity,
      list,
    ]),
    ...Object.entries(pack.seeds).map(([entity, { records: list }]): [string, string, Record<string, unknown>[]] => [
      `seeds/${entity}.json`,
      entity,
      list,
    ]),
  ]
  for (const [file, entity, list] of tables) {
    expect(file, `/records/${entity}`, 'la entidad', entity, names.entities)
    const definition = pack.entities[entity]
    if (!definition) continue
    const places = new Map(propertiesOf(definition).map((place) => [place.path, place.schema]))
    list.forEach((row, index) => {
      for (const [field, value] of Object.entries(row)) {
        if (field === '$id') continue
        const at = `/records/${entity}/${index}/${field}`
        expect(file, at, 'el campo', field, Object.keys(definition.properties))
        const schema = places.get(field) ?? {}
        const target = referredEntity(schema)
        if (target !== null && target !== userEntity && typeof value === 'string')
          expect(file, at, 'el registro', value, named)
        const catalog = pack.catalogs[String(schema['x-catalog'] ?? '')]
        if (catalog && typeof value === 'string') {
          expect(
            file,
            at,
            `en «${catalog.title}»`,
            value,
            catalog.rows.map((item) => String(item[catalog.key])),
          )
        }
      }
    })
  }
  return findings
}

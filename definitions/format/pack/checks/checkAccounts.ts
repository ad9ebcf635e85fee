import type { EntityDefinition, Finding } from '../../types.ts'
import { ROLE_CATALOGS } from '../../roleCatalogs.ts'
import { referredEntity, type CheckInput } from '../CheckInput.ts'
import { errorAt, expectIn, unknownName } from '../finding.ts'
import { namesInPattern } from '../namesIn.ts'

/** Entities whose records are people who sign in: an e-mail, roles that exist, a scope that names records. */
export function checkAccounts(input: CheckInput): Finding[] {
  return Object.entries(input.pack.entities).flatMap(([key, entity]) => checkAccount(input, key, entity))
}

function checkAccount({ pack }: CheckInput, key: string, entity: EntityDefinition): Finding[] {
  const account = entity['x-account']
  if (!account) return []
  const file = `entities/${key}.json`
  const findings: Finding[] = []
  const own = Object.keys(entity.properties)
  const field = (at: string, name: string): boolean => {
    if (own.includes(name)) return true
    findings.push(unknownName(file, `/x-account/${at}`, 'el campo', name, own))
    return false
  }
  const wrong = (at: string, message: string, cure: string): void =>
    void findings.push(errorAt('account', file, `/x-account/${at}`, message, cure))

  if (field('email', account.email)) {
    const property = entity.properties[account.email]
    if (property?.format !== 'email') wrong('email', `«${account.email}» no es un correo`, 'Dele "format": "email"')
    const normal = (property?.['x-normalize'] as string[] | undefined) ?? []
    if (!normal.includes('lower'))
      wrong('email', `«${account.email}» distingue mayúsculas`, 'Dele "x-normalize": ["trim", "lower"]')
    if (!(entity.required ?? []).includes(account.email))
      wrong('email', 'Quien ingresa al sistema necesita un correo', `Añada «${account.email}» a "required"`)
  }
  for (const name of namesInPattern(account.name ?? '')) field('name', name)

  if (typeof account.roles === 'string') {
    if (field('roles', account.roles)) {
      const property = entity.properties[account.roles]
      const catalog = property?.items?.['x-catalog']
      const isComputed = property?.['x-computed'] !== undefined
      if (property?.type !== 'array' || !(isComputed || ROLE_CATALOGS.includes(catalog as '$roles'))) {
        const cure = 'Una lista con "x-catalog": "$roles.staff" o "$roles.portal", o calculada'
        wrong('roles', `«${account.roles}» no es una lista de roles`, cure)
      }
    }
  } else {
    const known = Object.keys(pack.roles.roles)
    const expect = expectIn(findings, file)
    account.roles.forEach((role, index) => expect(`/x-account/roles/${index}`, 'el rol', role, known))
    const fronts = new Set(account.roles.map((role) => pack.roles.roles[role]?.front ?? 'staff'))
    if (fronts.size > 1)
      wrong('roles', 'Mezcla roles de los dos sitios', 'Una persona entra por uno: personal o portal')
  }
  for (const [scope, name] of Object.entries(account.scope ?? {})) {
    if (!field(`scope/${scope}`, name)) continue
    if (referredEntity(entity.properties[name] ?? {}) === null)
      wrong(`scope/${scope}`, `«${name}» no se refiere a ningún registro`, 'Use un campo con "x-ref"')
  }
  return findings
}

import type { MatrixChange } from '#engine/contract'
import { compileRule, ExpressionError, foldText } from '#forms'
import { CauceError } from '../../errors.ts'
import { scopeNames, type InstalledPack, type RolesOverlay } from '../../packs/index.ts'
import { actionsOf, thingsOf } from './actionsOf.ts'
import { subjectTitle, thingTitle } from './words.ts'

const words = (text: string | undefined): string[] => (text ?? '').split(/\s+/).filter(Boolean)

/**
 * Lays one change over the overlay, in place. `installed` is the version with the roles in force. Throws 422
 * `roles.invalid` for what does not exist or cannot become a query, 409 `roles.locked` for what the pack fixed: nothing is
 * saved then.
 */
export function applyChange(installed: InstalledPack, overlay: RolesOverlay, change: MatrixChange): void {
  switch (change.kind) {
    case 'cell':
      applyCell(installed, overlay, change)
      return
    case 'row':
      applyRow(installed, overlay, change)
      return
    case 'field':
      applyField(installed, overlay, change)
      return
    case 'role':
      applyRole(installed, overlay, change)
      return
    case 'retire':
      applyRetire(installed, overlay, change)
      return
    case 'group':
      applyGroup(installed, overlay, change)
  }
}

type Of<K extends MatrixChange['kind']> = Extract<MatrixChange, { kind: K }>

function applyCell(installed: InstalledPack, overlay: RolesOverlay, { thing, subject, actions }: Of<'cell'>): void {
  expectThing(installed, thing)
  expectSubject(installed, subject)
  const known = actionsOf(installed, thing)
  const unknown = actions.find((action) => !known.includes(action))
  if (unknown !== undefined) invalid(`la acción «${unknown}» no existe en ${thingTitle(installed, thing)}`)
  const { roles } = installed.pack
  const before = words(roles.can[thing]?.[subject])
  const moved = [...before.filter((a) => !actions.includes(a)), ...actions.filter((a) => !before.includes(a))]
  const rule = (roles.fixed ?? []).find(
    (fixed) => fixed.thing === thing && words(fixed.action).some((a) => moved.includes(a)),
  )
  if (rule) throw new CauceError('roles.locked', { because: rule.because })
  const seed = words(installed.seedRoles.can[thing]?.[subject])
  if (roles.roles[subject]?.protected && seed.some((action) => !actions.includes(action)))
    throw new CauceError('roles.locked', { because: protectedWords(installed, subject) })
  const row = (overlay.can[thing] ??= {})
  row[subject] = known.filter((action) => actions.includes(action)).join(' ')
}

function applyRow(installed: InstalledPack, overlay: RolesOverlay, { thing, subject, rule }: Of<'row'>): void {
  const entity = expectEntity(installed, thing)
  expectSubject(installed, subject)
  if (installed.pack.roles.roles[subject]?.protected)
    throw new CauceError('roles.locked', { because: protectedWords(installed, subject) })
  const text = rule?.trim() ?? ''
  if (text !== '') expectRule(installed, text, Object.keys(entity.properties))
  const row = (overlay.rows[thing] ??= {})
  row[subject] = text
}

/** The rule must become a query over fields that exist, and read nothing of the asker that accounts do not have. */
function expectRule(installed: InstalledPack, text: string, fields: string[]): void {
  let rule
  try {
    rule = compileRule(text)
  } catch (problem) {
    return invalid(
      `la regla «${text}» no se entiende: ${problem instanceof ExpressionError ? problem.reason : String(problem)}`,
    )
  }
  const field = rule.paths
    .map((path) => path.split('.')[0] ?? '')
    .find((name) => name !== 'id' && !fields.includes(name))
  if (field !== undefined) invalid(`la regla «${text}» nombra el dato «${field}», que no existe`)
  const inputs = [
    'actor.id',
    'actor.roles',
    'actor.front',
    ...scopeNames({ ...installed.pack, roles: installed.seedRoles }).map((name) => `actor.${name}`),
  ]
  const input = rule.inputs.find((path) => !inputs.includes(path))
  if (input !== undefined) invalid(`la regla «${text}» usa «${input}»; puede usar ${inputs.join(', ')}`)
}

function applyField(installed: InstalledPack, overlay: RolesOverlay, change: Of<'field'>): void {
  const entity = expectEntity(installed, change.thing)
  if (!Object.hasOwn(entity.properties, change.field)) invalid(`el dato «${change.field}» no existe`)
  for (const subject of [...(change.read ?? []), ...(change.edit ?? [])]) expectSubject(installed, subject)
  const row = (overlay.fields[change.thing] ??= {})
  row[change.field] =
    change.read === null && change.edit === null
      ? null
      : { ...(change.read ? { read: change.read } : {}), ...(change.edit ? { edit: change.edit } : {}) }
}

function applyRole(installed: InstalledPack, overlay: RolesOverlay, change: Of<'role'>): void {
  const title = change.title.trim()
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(change.role)) invalid('la clave del rol lleva minúsculas, cifras y guiones')
  if (title === '') invalid('falta el nombre del rol')
  const { roles } = installed.pack.roles
  const known = roles[change.role]
  if (known?.protected && title !== known.title)
    throw new CauceError('roles.locked', { because: protectedWords(installed, change.role) })
  const same = Object.entries(roles).find(
    ([key, role]) => key !== change.role && foldText(role.title.trim()) === foldText(title),
  )
  if (same) invalid(`ya hay un rol «${same[1].title}»`)
  if (known && change.front !== undefined && change.front !== (known.front ?? 'staff'))
    invalid('un rol no cambia de sitio: cree otro')
  overlay.roles[change.role] = {
    ...overlay.roles[change.role],
    title,
    ...(change.description === undefined ? {} : { description: change.description.trim() }),
    ...(known || change.front === undefined ? {} : { front: change.front }),
  }
}

function applyRetire(installed: InstalledPack, overlay: RolesOverlay, { role, retired }: Of<'retire'>): void {
  const known = installed.pack.roles.roles[role]
  if (!known) return invalid(`el rol «${role}» no existe`)
  if (known.protected) throw new CauceError('roles.locked', { because: protectedWords(installed, role) })
  overlay.roles[role] = { ...overlay.roles[role], retired }
}

function applyGroup(installed: InstalledPack, overlay: RolesOverlay, { group, roles }: Of<'group'>): void {
  const { pack } = installed
  if (!pack.roles.groups?.[group]) invalid(`el grupo «${group}» no existe`)
  const unknown = roles.find((role) => !pack.roles.roles[role] || pack.roles.roles[role].retired)
  if (unknown !== undefined) invalid(`el rol «${unknown}» no existe`)
  if (roles.length === 0) invalid('un grupo necesita al menos un rol')
  overlay.groups[group] = [...new Set(roles)]
}

function expectThing(installed: InstalledPack, thing: string): void {
  if (!thingsOf(installed).includes(thing)) invalid(`«${thing}» no existe`)
}

function expectEntity(installed: InstalledPack, thing: string) {
  const entity = Object.hasOwn(installed.pack.entities, thing) ? installed.pack.entities[thing] : undefined
  return entity ?? invalid(`«${thing}» no existe`)
}

function expectSubject({ pack }: InstalledPack, subject: string): void {
  const isGroup = subject.startsWith('@')
  const groups = ['staff', 'portal', ...Object.keys(pack.roles.groups ?? {})]
  const known = isGroup ? groups.includes(subject.slice(1)) : Object.hasOwn(pack.roles.roles, subject)
  if (!known) invalid(`el rol «${subject}» no existe`)
}

const protectedWords = (installed: InstalledPack, role: string): string =>
  `el rol ${subjectTitle(installed, role)} está protegido.`

function invalid(what: string): never {
  throw new CauceError('roles.invalid', { what })
}

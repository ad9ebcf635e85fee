import { foldText } from '#forms'
import type { MatrixChange, MatrixRole, MatrixView } from '#engine/contract'

/** The matrix with changes that are not saved yet laid over it, so that the page shows what will be. */
export function withChanges(matrix: MatrixView, changes: MatrixChange[]): MatrixView {
  const next = structuredClone(matrix)
  for (const change of changes) {
    if (change.kind === 'cell') (next.can[change.thing] ??= {})[change.subject] = change.actions
    else if (change.kind === 'row') setOrDrop((next.rows[change.thing] ??= {}), change.subject, change.rule || null)
    else if (change.kind === 'field')
      setOrDrop(
        (next.fields[change.thing] ??= {}),
        change.field,
        change.read || change.edit
          ? { ...(change.read ? { read: change.read } : {}), ...(change.edit ? { edit: change.edit } : {}) }
          : null,
      )
    else if (change.kind === 'group') {
      for (const group of next.groups) if (group.key === `@${change.group}`) group.roles = change.roles
    } else if (change.kind === 'retire') {
      for (const role of next.roles) if (role.key === change.role) role.retired = change.retired
    } else next.roles = withRole(next.roles, change)
  }
  return next
}

function setOrDrop<T>(row: Record<string, T>, key: string, value: T | null): void {
  if (value === null) Reflect.deleteProperty(row, key)
  else row[key] = value
}

function withRole(roles: MatrixRole[], change: Extract<MatrixChange, { kind: 'role' }>): MatrixRole[] {
  const { role: key, title } = change
  const known = roles.find((role) => role.key === key)
  const description = change.description ?? known?.description ?? null
  if (known) return roles.map((role) => (role === known ? { ...role, title, description } : role))
  const fresh = { protected: false, retired: false, own: true, holders: 0 }
  return [...roles, { key, title, description, front: change.front ?? 'staff', ...fresh }]
}

/** A change takes the place of an earlier one about the same place. */
export function addChange(changes: MatrixChange[], change: MatrixChange): MatrixChange[] {
  return [...changes.filter((other) => placeOf(other) !== placeOf(change)), change]
}

function placeOf(change: MatrixChange): string {
  if (change.kind === 'cell' || change.kind === 'row') return `${change.kind}/${change.thing}/${change.subject}`
  if (change.kind === 'field') return `field/${change.thing}/${change.field}`
  return change.kind === 'group' ? `group/${change.group}` : `${change.kind}/${change.role}`
}

/** What a role may do with a thing, and which of it comes from a group it is in. */
export function rightsOf(
  matrix: MatrixView,
  subject: string,
  thing: string,
): { actions: string[]; own: string[]; through: { group: string; actions: string[] }[] } {
  const row = matrix.can[thing] ?? {}
  const own = row[subject] ?? []
  const through = subject.startsWith('@')
    ? []
    : matrix.groups
        .filter((group) => group.roles.includes(subject) && (row[group.key] ?? []).length > 0)
        .map((group) => ({ group: group.title, actions: row[group.key] ?? [] }))
  return { actions: [...new Set([...own, ...through.flatMap(({ actions }) => actions)])], own, through }
}

/** Why an action of a cell cannot be switched; null when it can. */
export function lockOf(
  matrix: MatrixView,
  subject: string,
  thing: string,
  action: string,
): { because: string | null } | null {
  const fixed = matrix.fixed.find((rule) => rule.thing === thing && rule.action.split(/\s+/).includes(action))
  if (fixed) return { because: fixed.because }
  const role = matrix.roles.find(({ key }) => key === subject)
  return role?.protected && matrix.seed[thing]?.[subject]?.includes(action) ? { because: null } : null
}

/** A key for a new role, from its name. */
export function roleKey(title: string, taken: string[]): string {
  const base =
    foldText(title.trim())
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^[^a-z]+|-+$/g, '')
      .slice(0, 30) || 'rol'
  let key = base.length < 2 ? `${base}-rol` : base
  for (let count = 2; taken.includes(key); count += 1) key = `${base}-${count}`
  return key
}

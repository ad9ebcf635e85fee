import type { RoleDefinition, RolesFile } from '#definitions'

/**
 * What was changed in the browser over a pack's roles.json (the seed). Only what differs: a cell, rule or field that is
 * here stands for the seed's; an empty text or null takes it away. `fixed`, `separate` and `protected` are the pack's
 * alone.
 */
export interface RolesOverlay {
  /** New roles, other words for the pack's, and which are retired. */
  roles: Record<string, Partial<RoleDefinition>>
  /** Group → its roles. */
  groups: Record<string, string[]>
  /** Thing → role or @group → actions with blanks between; '': none. */
  can: Record<string, Record<string, string>>
  /** Entity → role or @group → row rule; '': all rows. */
  rows: Record<string, Record<string, string>>
  /** Entity → field → who may read and edit it; null: everybody who may read or edit the record. */
  fields: Record<string, Record<string, { read?: string[]; edit?: string[] } | null>>
}

export const emptyOverlay = (): RolesOverlay => ({ roles: {}, groups: {}, can: {}, rows: {}, fields: {} })

/** The roles in force: the seed with the overlay over it. A retired role grants nothing and is in no group. */
export function mergeRoles(seed: RolesFile, overlay: RolesOverlay): RolesFile {
  const roles: Record<string, RoleDefinition> = { ...seed.roles }
  for (const [key, change] of Object.entries(overlay.roles)) {
    const base = seed.roles[key]
    roles[key] = {
      title: key,
      ...base,
      ...change,
      ...(base?.protected ? { protected: true, retired: false } : {}),
    }
  }
  const isRetired = (subject: string): boolean => roles[subject]?.retired === true
  const groups = Object.fromEntries(
    Object.entries(seed.groups ?? {}).map(([key, group]) => [
      key,
      { ...group, roles: (overlay.groups[key] ?? group.roles).filter((role) => !isRetired(role)) },
    ]),
  )
  const cells = (
    base: Record<string, Record<string, string>>,
    over: Record<string, Record<string, string>>,
  ): Record<string, Record<string, string>> =>
    Object.fromEntries(
      [...new Set([...Object.keys(base), ...Object.keys(over)])].map((thing) => [
        thing,
        Object.fromEntries(
          Object.entries({ ...base[thing], ...over[thing] }).filter(
            ([subject, text]) => text.trim() !== '' && !isRetired(subject),
          ),
        ),
      ]),
    )
  return {
    ...seed,
    roles,
    groups,
    can: cells(seed.can, overlay.can),
    rows: cells(seed.rows ?? {}, overlay.rows),
    fields: mergeFields(seed.fields ?? {}, overlay.fields),
  }
}

function mergeFields(base: NonNullable<RolesFile['fields']>, over: RolesOverlay['fields']): RolesFile['fields'] {
  return Object.fromEntries(
    [...new Set([...Object.keys(base), ...Object.keys(over)])].map((entity) => [
      entity,
      Object.fromEntries(
        Object.entries({ ...base[entity], ...over[entity] }).flatMap(([field, rule]) => (rule ? [[field, rule]] : [])),
      ),
    ]),
  )
}

import type { CatalogDefinition, RolesFile } from './types.ts'

/** Catalogues that every pack has without a file: its roles, all of them and those of one front. */
export const ROLE_CATALOGS = ['$roles', '$roles.staff', '$roles.portal'] as const

/** The roles as catalogues, so that a field can hold them: `"x-catalog": "$roles.staff"`. Retired roles are inactive rows. */
export function roleCatalogs(file: RolesFile): Record<string, CatalogDefinition> {
  const rows = Object.entries(file.roles).map(([key, role]) => ({
    key,
    title: role.title,
    front: role.front ?? 'staff',
    ...(role.retired ? { inactive: true } : {}),
  }))
  const catalog = (front: string | null): CatalogDefinition => ({
    title: 'Roles',
    key: 'key',
    columns: { title: { title: 'Rol', type: 'string' }, front: { title: 'Sitio', type: 'string' } },
    rows: rows.filter((row) => front === null || row.front === front),
  })
  return { $roles: catalog(null), '$roles.staff': catalog('staff'), '$roles.portal': catalog('portal') }
}

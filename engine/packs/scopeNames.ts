import type { Pack } from '#definitions'

/**
 * What accounts of this pack may be limited to (`actor.<name>`): named by its row rules and by its entities of
 * people. Nobody has to list the names twice.
 */
export function scopeNames(pack: Pack): string[] {
  const rules = Object.values(pack.roles.rows ?? {}).flatMap((rows) => Object.values(rows))
  const inRules = rules.flatMap((rule) => [...rule.matchAll(/\bactor\.([A-Za-z_]\w*)/g)].map(([, name]) => name ?? ''))
  const declared = Object.values(pack.entities).flatMap((entity) => Object.keys(entity['x-account']?.scope ?? {}))
  return [...new Set([...inRules, ...declared])].filter((name) => !['id', 'roles', 'front'].includes(name))
}

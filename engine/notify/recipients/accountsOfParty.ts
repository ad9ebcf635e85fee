import type { Pack } from '#definitions'
import type { Db, UserDoc } from '../../persistence/index.ts'

/**
 * Active accounts limited to this record: those whose scope holds its id. `role`: `*` for any. Which scopes exist is
 * what the row rules of the pack ask for (`actor.<name>`), so that nobody has to name them twice.
 */
export async function accountsOfParty(db: Db, pack: Pack, record: string, role: string): Promise<UserDoc[]> {
  const names = scopeNames(pack)
  if (names.length === 0) return []
  return db.users.find({
    active: true,
    $or: names.map((name) => ({ [`scope.${name}`]: record })),
    ...(role === '*' ? {} : { roles: role }),
  })
}

function scopeNames(pack: Pack): string[] {
  const rules = Object.values(pack.roles.rows ?? {}).flatMap((rows) => Object.values(rows))
  const inRules = rules.flatMap((rule) => [...rule.matchAll(/\bactor\.([A-Za-z_]\w*)/g)].map(([, name]) => name ?? ''))
  const declared = Object.values(pack.entities).flatMap((entity) => Object.keys(entity['x-account']?.scope ?? {}))
  return [...new Set([...inRules, ...declared])].filter((name) => !['id', 'roles', 'front'].includes(name))
}

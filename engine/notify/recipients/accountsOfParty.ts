import type { Pack } from '#definitions'
import { scopeNames } from '../../packs/index.ts'
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

import type { AccountDefinition, Pack } from './types.ts'
import type { JsonObject } from '#forms'

/** Somebody the demo data lets sign in: an account of `users`, or a record of an entity whose records are accounts. */
export interface DemoAccount {
  /** In lower case. */
  email: string
  /** `@name` of the demo row, when it has one. */
  id: string | null
  roles: string[]
}

/** The demo accounts of a pack, those of `users` first. */
export function demoAccounts(pack: Pack): DemoAccount[] {
  const users = (pack.demo.users ?? []).map(({ $id, email, roles }) => ({
    email: email.toLowerCase(),
    id: $id ?? null,
    roles,
  }))
  const fromRecords = Object.entries(pack.demo.records ?? {}).flatMap(([key, rows]) => {
    const account = pack.entities[key]?.['x-account']
    return account ? rows.flatMap((row) => accountOf(account, row)) : []
  })
  return [...users, ...fromRecords]
}

function accountOf(account: AccountDefinition, row: JsonObject): DemoAccount[] {
  const email = row[account.email]
  if (typeof email !== 'string') return []
  const roles = typeof account.roles === 'string' ? row[account.roles] : account.roles
  return [
    {
      email: email.toLowerCase(),
      id: typeof row.$id === 'string' ? row.$id : null,
      roles: Array.isArray(roles) ? roles.map(String) : [],
    },
  ]
}

import { RECORD_ACTIONS } from '#definitions/pack'
import type { InstalledPack } from '../../packs/index.ts'

/** What the matrix can grant on a thing: a record's actions and the buttons of its processes; else what the pack names. */
export function actionsOf(installed: InstalledPack, thing: string): string[] {
  const { pack, processes, seedRoles } = installed
  const named = Object.values(seedRoles.can[thing] ?? {}).flatMap((text) => text.split(/\s+/).filter(Boolean))
  if (!pack.entities[thing]) return [...new Set(named)]
  const buttons = Object.values(processes)
    .filter(({ process }) => process.entity === thing)
    .flatMap(({ messages }) => Object.values(messages).map((message) => message.name))
  const never = pack.entities[thing]['x-delete'] === 'never' ? ['delete'] : []
  const all = [
    ...RECORD_ACTIONS.filter((action) => !never.includes(action)),
    ...(pack.entities[thing]['x-effective']?.cancel ? ['cancel'] : []),
    ...buttons.filter((name) => named.includes(name)),
  ]
  return [...new Set([...all, ...named])]
}

/** Everything rights are given on, the entities first. */
export function thingsOf({ pack, seedRoles }: InstalledPack): string[] {
  return [...new Set([...Object.keys(pack.entities), ...Object.keys(seedRoles.can)])]
}

import type { Ctx } from '../../context.ts'
import { packsOf, type InstalledPack } from '../../packs/index.ts'

/** The process that makes records of this entity, when one does. */
export async function startingProcess(ctx: Ctx, entityKey: string): Promise<string | null> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const found = Object.values(installed.processes).find(
      ({ process }) => process.entity === entityKey && process.startOn === 'create',
    )
    if (found) return found.key
  }
  return null
}

/** What the button says: the title of the start form («Nuevo pedido»), else the name of the process. */
export function startTitle({ pack, processes }: InstalledPack, key: string): string | undefined {
  const process = processes[key]
  const form = process?.process.start.form
  return (form ? pack.forms[form]?.title : undefined) ?? process?.name
}

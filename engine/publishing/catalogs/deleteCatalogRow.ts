import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { titleColumnOf } from '../../records/index.ts'
import { catalogUsage } from './catalogUsage.ts'
import { changeCatalog, onCatalog, replaceRow } from './changeCatalogs.ts'

/** Takes a row away that nothing holds. 409 `record.referenced` naming what does: such a row is set inactive instead. */
export async function deleteCatalogRow(
  ctx: Ctx,
  input: { catalog: string; key: string; revision: number | null },
): Promise<void> {
  await onCatalog(ctx, input.catalog, async (target) => {
    const { catalog, changes } = target
    const row = catalog.rows.find((candidate) => candidate[catalog.key] === input.key)
    if (!row) throw new CauceError('thing.not-found')
    const { uses } = await catalogUsage(ctx, input.catalog, input.key)
    if (uses.length > 0)
      throw new CauceError('record.referenced', { what: uses.map(({ kind, count }) => `${kind}: ${count}`).join(', ') })
    const title = String(row[titleColumnOf(catalog)] ?? input.key)
    const next = replaceRow(changes, input.revision, { key: input.key, data: {}, removed: true })
    await changeCatalog(ctx, target, { key: input.key, title, before: row, after: null }, next)
  })
}

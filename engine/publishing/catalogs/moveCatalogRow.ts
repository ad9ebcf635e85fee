import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { titleColumnOf } from '../../records/index.ts'
import { changeCatalog, onCatalog } from './changeCatalogs.ts'

/** Puts a row before another one, or last (`before` null), in every list that offers the catalogue. 403, 404. */
export async function moveCatalogRow(
  ctx: Ctx,
  input: { catalog: string; key: string; before: string | null },
): Promise<void> {
  await onCatalog(ctx, input.catalog, async (target) => {
    const { catalog, changes } = target
    const keys = catalog.rows.map((row) => String(row[catalog.key]))
    const row = catalog.rows[keys.indexOf(input.key)]
    if (!row || (input.before !== null && !keys.includes(input.before))) throw new CauceError('thing.not-found')
    if (input.before === input.key) return
    const order = keys.filter((key) => key !== input.key)
    order.splice(input.before === null ? order.length : order.indexOf(input.before), 0, input.key)
    const title = String(row[titleColumnOf(catalog)] ?? input.key)
    const placeIn = (list: string[]): { place: number } => ({ place: list.indexOf(input.key) + 1 })
    const moved = { key: input.key, title, before: placeIn(keys), after: placeIn(order) }
    await changeCatalog(ctx, target, moved, { ...changes, order })
  })
}

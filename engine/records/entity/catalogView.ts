import type { CatalogView } from '#engine/contract'
import type { JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import { packsOf } from '../../packs/index.ts'
import { catalogsRead } from '../schema/catalogsRead.ts'
import { rowsAbove, type RowAbove } from '../schema/rowsAbove.ts'
import { titleColumnOf } from '../words/catalogTitles.ts'

/** Rows of a catalogue, for choices on the page. */
export async function catalogView(ctx: Ctx, name: string): Promise<CatalogView> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const { pack } = installed
    const definition = Object.hasOwn(pack.catalogs, name) ? pack.catalogs[name] : undefined
    if (!definition) continue
    const titleColumn = titleColumnOf(definition)
    const isRead = catalogsRead(installed).has(name)
    const text = (row: JsonObject, column: string): string =>
      typeof row[column] === 'string' ? row[column] : String(row[column] ?? '')
    const titleOf = ({ catalog, row }: RowAbove): string | null => {
      const above = catalog === null ? undefined : pack.catalogs[catalog]
      return above && row ? text(row, titleColumnOf(above)) : null
    }
    return {
      key: name,
      title: definition.title,
      parent: definition.parent ?? null,
      columns: definition.columns,
      editable: ctx.actor.roles.some((role) => definition.editable?.includes(role)),
      rows: definition.rows.map((row) => {
        const above = definition.parent ? rowsAbove(pack.catalogs, name, row) : []
        const detail = definition.detail === undefined ? '' : text(row, definition.detail)
        return {
          key: text(row, definition.key),
          title: text(row, titleColumn),
          parent: definition.parent ? text(row, definition.parent) : null,
          ...(above.length > 1 ? { above: above.map(({ key }) => key), parentTitle: titleOf(above[0]!) } : {}),
          ...(detail ? { detail } : {}),
          inactive: row.inactive === true,
          ...(isRead ? { data: row } : {}),
        }
      }),
    }
  }
  throw new CauceError('thing.not-found')
}

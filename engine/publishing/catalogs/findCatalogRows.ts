import type { CatalogRowsView, CatalogRowView } from '#engine/contract'
import { foldText, type JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { catalogForm, catalogsInForce } from '../../packs/index.ts'
import { catalogOf, formView, titleColumnOf } from '../../records/index.ts'
import { editableCatalog, type EditableCatalog } from './catalogAccess.ts'

export interface FindCatalogRowsInput {
  catalog: string
  /** Words that must all occur in a column, accents and case apart. */
  q?: string
  /** `active` or `inactive`; absent: all. */
  status?: string
  page: number
  size: number
}

/** A page of a catalogue's rows, with the form that adds and changes them. 403, 404. */
export async function findCatalogRows(ctx: Ctx, input: FindCatalogRowsInput): Promise<CatalogRowsView> {
  const target = await editableCatalog(ctx, input.catalog)
  const { catalog, installed } = target
  const labels = await labelsOf(ctx, target)
  const words = foldText(input.q ?? '')
    .split(/\s+/)
    .filter(Boolean)
  const found = catalog.rows.filter((row) => {
    if (input.status && (row.inactive === true) !== (input.status === 'inactive')) return false
    if (words.length === 0) return true
    const text = foldText(
      Object.entries(row)
        .map(([column, value]) => `${String(value ?? '')} ${labels[column]?.[String(value)] ?? ''}`)
        .join(' '),
    )
    return words.every((word) => text.includes(word))
  })
  const size = Math.min(input.size, 200)
  const rows = found.slice((input.page - 1) * size, input.page * size)
  return {
    title: catalog.title,
    form: formView(catalogForm(installed, target.name)),
    environment: {
      ...{ record: null, ref: {}, facts: {}, settings: {} },
      actor: { id: ctx.actor.id, roles: ctx.actor.roles, front: ctx.actor.front },
      now: ctx.clock.now().toISOString(),
      timeZone: ctx.config.timeZone,
    },
    labels,
    items: rows.map(rowViews(target)),
    total: found.length,
    page: input.page,
    size,
  }
}

/** How rows of a catalogue are shown. */
export function rowViews({ catalog, changes, given }: EditableCatalog): (row: JsonObject) => CatalogRowView {
  const revisions = new Map(changes.rows.map((change) => [change.key, change.revision]))
  const ofPack = new Set(given.map((row) => String(row[catalog.key])))
  const titleColumn = titleColumnOf(catalog)
  return ({ inactive, ...data }) => {
    const key = String(data[catalog.key])
    return {
      ...{ key, data, inactive: inactive === true, own: !ofPack.has(key) },
      title: String(data[titleColumn] ?? key),
      revision: revisions.get(key) ?? 0,
    }
  }
}

/** Titles of the other catalogues that columns of this one point at. */
async function labelsOf(
  ctx: Ctx,
  { catalog, installed }: EditableCatalog,
): Promise<Record<string, Record<string, string>>> {
  const catalogs = await catalogsInForce(ctx, installed)
  return Object.fromEntries(
    Object.entries(catalog.columns).flatMap(([column, schema]) => {
      const other = catalogs[catalogOf(schema)?.catalog ?? '']
      if (!other) return []
      const title = titleColumnOf(other)
      return [[column, Object.fromEntries(other.rows.map((row) => [String(row[other.key]), String(row[title] ?? '')]))]]
    }),
  )
}

import type { CatalogSummary } from '#engine/contract'
import type { CatalogDefinition } from '#definitions'
import type { JsonObject } from '#forms'
import type { Ctx } from '../../context.ts'
import { CauceError } from '../../errors.ts'
import {
  catalogsId,
  mergeCatalogs,
  packsOf,
  type CatalogChanges,
  type CatalogsOverlay,
  type InstalledPack,
} from '../../packs/index.ts'

export interface EditableCatalog {
  name: string
  /** As it is in the store now. */
  catalog: CatalogDefinition
  installed: InstalledPack
  /** The rows of the pack's version. */
  given: JsonObject[]
  changes: CatalogChanges
  /** Of the changes of all catalogues of the pack. */
  revision: number
}

/** Roles named by the catalogue may change its rows; nobody else, and not from outside. */
const mayEdit = (ctx: Ctx, { editable }: CatalogDefinition): boolean =>
  editable !== undefined &&
  (ctx.actor.front === null || (ctx.actor.front === 'staff' && ctx.actor.roles.some((role) => editable.includes(role))))

/** The catalogues this person may change, by title. */
export async function listEditableCatalogs(ctx: Ctx): Promise<CatalogSummary[]> {
  const summaries: CatalogSummary[] = []
  for (const { pack } of await packsOf(ctx).all(ctx)) {
    for (const [key, catalog] of Object.entries(pack.catalogs)) {
      if (!mayEdit(ctx, catalog)) continue
      const inactive = catalog.rows.filter((row) => row.inactive === true).length
      summaries.push({ key, title: catalog.title, rows: catalog.rows.length, inactive })
    }
  }
  return summaries.sort((a, b) => a.title.localeCompare(b.title, 'es'))
}

/** A catalogue this person may change: 403 when it is there and not his to change, 404 when there is none. */
export async function editableCatalog(ctx: Ctx, name: string): Promise<EditableCatalog> {
  for (const installed of await packsOf(ctx).all(ctx)) {
    const { catalogs } = installed.pack
    const catalog = Object.hasOwn(catalogs, name) ? catalogs[name] : undefined
    if (!catalog) continue
    if (!mayEdit(ctx, catalog)) throw new CauceError('access.denied')
    return readNow(ctx, name, installed)
  }
  throw new CauceError('thing.not-found')
}

async function readNow(ctx: Ctx, name: string, installed: InstalledPack): Promise<EditableCatalog> {
  const seed = (await packsOf(ctx).version(ctx, installed.name, installed.number)).pack.catalogs
  const saved = await ctx.db.settings.get(catalogsId(ctx.tenant, installed.name))
  const overlay = (saved?.values ?? {}) as unknown as CatalogsOverlay
  const catalog = mergeCatalogs(seed, overlay)[name]
  if (!catalog) throw new CauceError('thing.not-found')
  const changes = Object.hasOwn(overlay, name) ? overlay[name] : undefined
  return {
    ...{ name, catalog, installed },
    given: seed[name]?.rows ?? [],
    changes: changes ?? { rows: [] },
    revision: saved?.revision ?? 0,
  }
}
